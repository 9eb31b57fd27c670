import Foundation

/// How a JPEG's pixels are to be turned, by the tag Orientation (0x0112) of its EXIF segment.
public enum ExifOrientation {
  private static let tag = 0x0112

  /// 1 to 8; 1 (as it is) where the file says nothing, or nothing sensible.
  public static func of(_ file: Data) -> Int {
    // Only the beginning is looked at, byte by byte: an array is quick, and begins at 0.
    let bytes = [UInt8](file.prefix(1 << 18))
    guard bytes.count >= 4, bytes[0] == 0xff, bytes[1] == 0xd8 else { return 1 }
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xff {
      let marker = bytes[at + 1]
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      // SOS: pixels from here on.
      if marker == 0xda || length < 2 { return 1 }
      let end = min(bytes.count, at + 2 + length)
      if marker == 0xe1 && isExif(bytes, at + 4, end) { return ofTiff(Array(bytes[at + 10..<end])) }
      at += 2 + length
    }
    return 1
  }

  private static func isExif(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
    let name = Array("Exif".utf8) + [0, 0]
    return at + name.count <= end && Array(bytes[at..<at + name.count]) == name
  }

  private static func ofTiff(_ tiff: [UInt8]) -> Int {
    if tiff.count < 10 { return 1 }
    let isBigEndian = tiff[0] == UInt8(ascii: "M")
    func number(_ at: Int, _ count: Int) -> Int {
      let bytes = tiff[at..<at + count]
      return (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
    let directory = number(4, 4)
    if directory < 8 || directory > tiff.count - 2 { return 1 }
    for i in 0..<number(directory, 2) {
      let entry = directory + 2 + 12 * i
      if entry > tiff.count - 12 { return 1 }
      if number(entry, 2) != tag { continue }
      let value = number(entry + 8, 2)
      return (1...8).contains(value) ? value : 1
    }
    return 1
  }
}
