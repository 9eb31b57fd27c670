/// The version of docs/companion-protocol.md that this app speaks, at the beginning of every message.
public struct ProtocolVersion: Codable {
  static let current = ProtocolVersion(major: 1, minor: 0)

  let major: Int
  let minor: Int

  private init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    major = try fields.whole("major", least: 1)
    minor = try fields.whole("minor", least: 0)
  }
}
