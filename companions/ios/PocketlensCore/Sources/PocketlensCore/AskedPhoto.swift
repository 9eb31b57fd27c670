/// A photo in the folder, and the hash its bytes must have.
public struct AskedPhoto: Codable {
  public let file: String
  public let sha256: String

  init(file: String, sha256: String) {
    self.file = file
    self.sha256 = sha256
  }

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    file = try fields.file("file")
    sha256 = try fields.sha256("sha256")
  }
}
