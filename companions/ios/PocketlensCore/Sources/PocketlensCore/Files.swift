import Foundation

/// Files of the folder of models: read whole, hashed, and written so that nobody sees half of one.
enum Files {
  /// More than any photo or message of the protocol has.
  private static let limit = 64 << 20
  private static let part = 1 << 16

  static func exists(_ file: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  static func bytes(_ file: URL) throws -> Data {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    let bytes = try handle.read(upToCount: limit + 1) ?? Data()
    if bytes.count > limit { throw Problem("\(file.lastPathComponent) is too large.") }
    return bytes
  }

  /// SHA-256 in 64 lowercase hex digits.
  static func sha256(_ file: URL) throws -> String {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    var digest = Sha256()
    while let bytes = try handle.read(upToCount: part), !bytes.isEmpty { digest.update(bytes) }
    return digest.hex()
  }

  static func sha256(_ bytes: Data) -> String {
    var digest = Sha256()
    digest.update(bytes)
    return digest.hex()
  }

  /// Under another name first, which readers ignore, then renamed: whole or not at all.
  static func write(_ file: URL, _ bytes: Data) throws {
    let folder = file.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = folder.appendingPathComponent(".\(file.lastPathComponent).part")
    do {
      try bytes.write(to: part)
      let handle = try FileHandle(forWritingTo: part)
      try handle.synchronize()
      try handle.close()
      // FileManager would not put it over a file that is there.
      if rename(part.path, file.path) == 0 { return }
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw error
    }
    try? FileManager.default.removeItem(at: part)
    throw Problem("\(file.lastPathComponent) can’t be written.")
  }

  /// A message, in an order of fields that is always the same.
  static func write<Message: Encodable>(_ file: URL, message: Message) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try write(file, encoder.encode(message))
  }
}
