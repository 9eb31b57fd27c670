import Foundation

/// The fields of a message, checked as they are read by the rules of docs/companion-protocol.md. Fields
/// that nobody asks for are ignored.
struct Fields {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private struct Header: Decodable {
    let version: ProtocolVersion

    init(from decoder: Decoder) throws {
      version = try Fields(decoder).object("protocol")
    }
  }

  private let values: KeyedDecodingContainer<Name>

  init(_ decoder: Decoder) throws {
    do {
      values = try decoder.container(keyedBy: Name.self)
    } catch is DecodingError {
      throw UnreadableMessage.broken("\(decoder.codingPath.last?.stringValue ?? "it") is no object")
    }
  }

  /// A whole message; also when its major version is a newer one this throws an UnreadableMessage.
  static func message<Message: Decodable>(_ type: Message.Type, _ text: Data) throws -> Message {
    do {
      let header = try JSONDecoder().decode(Header.self, from: text)
      if header.version.major > ProtocolVersion.current.major { throw UnreadableMessage.newer }
      return try JSONDecoder().decode(type, from: text)
    } catch is DecodingError {
      throw UnreadableMessage.broken("it is no JSON object")
    }
  }

  func has(_ name: String) -> Bool {
    values.contains(Name(name))
  }

  func text(_ name: String) throws -> String {
    try read(name, "is no text")
  }

  func oneOf<Known: RawRepresentable>(_ name: String) throws -> Known where Known.RawValue == String {
    let value = try text(name)
    guard let known = Known(rawValue: value) else {
      throw UnreadableMessage.broken("\(name) is \(value), which this app does not know")
    }
    return known
  }

  func require(_ name: String, _ known: String) throws {
    let value = try text(name)
    if value != known { throw UnreadableMessage.broken("\(name) is \(value), which this app does not know") }
  }

  func sha256(_ name: String) throws -> String {
    try Fields.requireSha256(name, text(name))
  }

  /// A file's name in the folder of models: relative, forward slashes, never upward.
  func file(_ name: String) throws -> String {
    let value = try text(name)
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    let isInside = !value.hasPrefix("/") && !parts.contains(".") && !parts.contains("..")
    if isInside && Fields.consists(value, of: "_./-") { return value }
    throw UnreadableMessage.broken("\(name) leads out of the folder")
  }

  /// Letters, digits, `_` and `-`: good as the name of a file.
  func id(_ name: String) throws -> String {
    let value = try text(name)
    if Fields.consists(value, of: "_-") { return value }
    throw UnreadableMessage.broken("\(name) is not of its form")
  }

  func whole(_ name: String, least: Int) throws -> Int {
    let value = try number(name)
    if value == value.rounded() && value >= Double(least) && value <= Double(Int32.max) {
      return Int(value)
    }
    throw UnreadableMessage.broken("\(name) is no whole number from \(least) on")
  }

  func number(_ name: String) throws -> Double {
    let value: Double = try read(name, "is no number")
    if value.isFinite { return value }
    throw UnreadableMessage.broken("\(name) is no number")
  }

  /// A number above 0 and at most `most`.
  func positive(_ name: String, most: Double) throws -> Double {
    let value = try number(name)
    if value > 0 && value <= most { return value }
    throw UnreadableMessage.broken("\(name) is not between 0 and \(most)")
  }

  /// `count` of its numbers; without it at least one.
  func numbers(_ name: String, count: Int? = nil) throws -> [Double] {
    let numbers: [Double] = try read(name, "is no list of numbers")
    let isRight = count == nil ? !numbers.isEmpty : numbers.count == count
    if isRight && numbers.allSatisfy({ $0.isFinite }) { return numbers }
    throw UnreadableMessage.broken("\(name) has \(numbers.count) numbers")
  }

  func texts(_ name: String) throws -> [String] {
    try read(name, "is no list of texts")
  }

  /// At least one hash.
  func hashes(_ name: String) throws -> [String] {
    let hashes = try texts(name)
    if hashes.isEmpty { throw UnreadableMessage.broken("\(name) is empty") }
    return try hashes.map { try Fields.requireSha256(name, $0) }
  }

  func object<Value: Decodable>(_ name: String) throws -> Value {
    try read(name, "is missing")
  }

  /// At least one object.
  func objects<Value: Decodable>(_ name: String) throws -> [Value] {
    let objects: [Value] = try read(name, "is no list of objects")
    if objects.isEmpty { throw UnreadableMessage.broken("\(name) is empty") }
    return objects
  }

  private func read<Value: Decodable>(_ name: String, _ complaint: String) throws -> Value {
    do {
      return try values.decode(Value.self, forKey: Name(name))
    } catch is DecodingError {
      throw UnreadableMessage.broken("\(name) \(complaint)")
    }
  }

  private static func requireSha256(_ name: String, _ value: String) throws -> String {
    let isHex = value.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    if value.utf8.count == 64 && isHex { return value }
    throw UnreadableMessage.broken("\(name) is no SHA-256")
  }

  /// Whether a text is not empty and has only letters and digits of ASCII and these others.
  private static func consists(_ value: String, of others: String) -> Bool {
    !value.isEmpty
      && value.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
          || others.unicodeScalars.contains(scalar)
      }
  }
}
