import Foundation

#if canImport(CryptoKit)
  import CryptoKit
#endif

/// SHA-256 of bytes that come piece by piece: Apple's where it is, else by FIPS 180-4.
struct Sha256 {
  #if canImport(CryptoKit)
    private var digest = CryptoKit.SHA256()

    mutating func update(_ data: Data) {
      digest.update(data: data)
    }

    private mutating func finish() -> [UInt8] {
      Array(digest.finalize())
    }
  #else
    /// Of 64 bytes each, cut from the fractions of the cube roots of the first primes.
    private static let constants: [UInt32] = [
      0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
      0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
      0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
      0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
      0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
      0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
      0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
      0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
      0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
      0xc671_78f2,
    ]

    private var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
      0x5be0_cd19,
    ]
    private var waiting: [UInt8] = []
    private var length: UInt64 = 0

    mutating func update(_ data: Data) {
      length += UInt64(data.count)
      waiting.append(contentsOf: data)
      var at = 0
      var words = [UInt32](repeating: 0, count: 64)
      while at + 64 <= waiting.count {
        mix(waiting[at..<at + 64], &words)
        at += 64
      }
      waiting.removeFirst(at)
    }

    private mutating func finish() -> [UInt8] {
      let bits = length * 8
      let zeros = (119 - Int(length % 64)) % 64
      let end = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
      update(Data([0x80] + [UInt8](repeating: 0, count: zeros) + end))
      return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }

    private mutating func mix(_ block: ArraySlice<UInt8>, _ words: inout [UInt32]) {
      var byte = block.startIndex
      for i in 0..<16 {
        words[i] =
          UInt32(block[byte]) << 24 | UInt32(block[byte + 1]) << 16 | UInt32(block[byte + 2]) << 8
          | UInt32(block[byte + 3])
        byte += 4
      }
      for i in 16..<64 {
        let near = words[i - 15]
        let far = words[i - 2]
        let low = turned(near, 7) ^ turned(near, 18) ^ near >> 3
        let high = turned(far, 17) ^ turned(far, 19) ^ far >> 10
        words[i] = words[i - 16] &+ low &+ words[i - 7] &+ high
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      for i in 0..<64 {
        let chosen = (e & f) ^ (~e & g)
        let first =
          h &+ (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) &+ chosen &+ Sha256.constants[i]
          &+ words[i]
        let majority = (a & b) ^ (a & c) ^ (b & c)
        let second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) &+ majority
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ second)
      }
      for (i, word) in [a, b, c, d, e, f, g, h].enumerated() { state[i] = state[i] &+ word }
    }

    private func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
      word >> bits | word << (32 - bits)
    }
  #endif

  /// 64 lowercase hex digits, of all that came; nothing may come after.
  mutating func hex() -> String {
    finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
