import Foundation

public enum Precision: String {
  case float32, float16, int16x8, int8
  case int8Weights = "int8-weights"
  case dynamicRange = "dynamic-range"
}

/// `<sha256>.json`: all that an app needs to know about a model.
public struct Contract: Decodable {
  public let sha256: String
  public let name: String
  public let precision: Precision
  public let preprocessing: Preprocessing

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    sha256 = try fields.sha256("sha256")
    name = try fields.text("name")
    precision = try fields.oneOf("precision")
    preprocessing = try fields.object("preprocessing")
  }

  public static func read(_ text: Data) throws -> Contract {
    try Fields.message(Contract.self, text)
  }
}
