import Foundation
import XCTest

@testable import PocketlensCore

#if canImport(ImageIO)
  import PocketlensPhotos
#endif

/// The files of companions/vectors.
enum Vectors {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../../../vectors").standardizedFileURL
  static let pushed = folder.appendingPathComponent("folder")

  static func file(_ name: String) -> URL {
    folder.appendingPathComponent(name)
  }

  static func json(_ file: URL) throws -> [String: Any] {
    try XCTUnwrap(JSONSerialization.jsonObject(with: Files.bytes(file)) as? [String: Any])
  }

  static func write(_ file: URL, _ json: [String: Any]) throws {
    try Files.write(file, JSONSerialization.data(withJSONObject: json))
  }

  /// A part of a message, read like the whole of one.
  static func part<Part: Decodable>(_ json: Any?) throws -> Part {
    let object = try XCTUnwrap(json as? [String: Any])
    return try JSONDecoder().decode(Part.self, from: JSONSerialization.data(withJSONObject: object))
  }

  static func upright(_ file: URL) throws -> Photo {
    let bytes = try Files.bytes(file)
    return try decoder().decode(bytes).upright(ExifOrientation.of(bytes))
  }

  #if canImport(ImageIO)
    static func decoder() throws -> PhotoDecoder {
      Bitmaps()
    }
  #else
    /// Foundation decodes no photos on Linux: `npm test` lays their pixels into a folder.
    static func decoder() throws -> PhotoDecoder {
      guard let folder = ProcessInfo.processInfo.environment["POCKETLENS_DECODED"] else {
        throw XCTSkip("POCKETLENS_DECODED is not set: npm run companion:ios-test does")
      }
      return DecodedPhotos(folder: URL(fileURLWithPath: folder))
    }
  #endif
}

#if !canImport(ImageIO)
  /// Photos that were decoded before, by the hash of their file: `<sha256>.rgba` holds width and height as
  /// little-endian 32-bit numbers and then red, green, blue and alpha in rows.
  private struct DecodedPhotos: PhotoDecoder {
    let folder: URL

    func decode(_ file: Data) throws -> Photo {
      let decoded = folder.appendingPathComponent("\(Files.sha256(file)).rgba")
      if !Files.exists(decoded) { throw Problem("This is no photo.") }
      let bytes = [UInt8](try Files.bytes(decoded))
      func number(_ at: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
      }
      let argb = stride(from: 8, to: bytes.count, by: 4).map { at in
        UInt32(bytes[at + 3]) << 24 | UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8
          | UInt32(bytes[at + 2])
      }
      return Photo(width: number(0), height: number(4), argb: argb)
    }
  }
#endif
