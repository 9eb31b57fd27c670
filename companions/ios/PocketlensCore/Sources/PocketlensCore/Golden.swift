import Foundation

/// `golden/<model>.json`: what the desktop answered.
public struct Golden: Decodable {
  public struct Row: Decodable {
    public let photo: AskedPhoto
    /// The desktop's probabilities.
    public let expected: [Double]

    public init(from decoder: Decoder) throws {
      photo = try AskedPhoto(from: decoder)
      expected = try Fields(decoder).numbers("expected")
    }
  }

  public let sha256: String
  /// Largest difference of a probability that counts as the same answer.
  public let bound: Double
  public let photos: [Row]

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    sha256 = try fields.sha256("sha256")
    bound = try fields.positive("bound", most: 1)
    _ = try fields.text("runtime")
    photos = try fields.objects("photos")
  }

  public static func read(_ text: Data) throws -> Golden {
    try Fields.message(Golden.self, text)
  }
}
