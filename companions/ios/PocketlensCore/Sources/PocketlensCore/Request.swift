import Foundation

/// `requests/<id>.json`: these photos with these models, please.
public struct Request: Decodable {
  public let id: String
  public let models: [String]
  public let photos: [AskedPhoto]

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    id = try fields.id("id")
    models = try fields.hashes("models")
    photos = try fields.objects("photos")
  }

  public static func read(_ text: Data) throws -> Request {
    try Fields.message(Request.self, text)
  }
}
