/// How a tensor stores real numbers: real = scale * (stored - zeroPoint); float32 has neither.
public struct TensorEncoding: Decodable {
  public enum Kind: String {
    case float32, uint8, int8
  }

  public let type: Kind
  public let scale: Double
  public let zeroPoint: Int

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    type = try fields.oneOf("type")
    if type == .float32 {
      scale = 1
      zeroPoint = 0
      return
    }
    scale = try fields.positive("scale", most: .greatestFiniteMagnitude)
    zeroPoint = try fields.whole("zeroPoint", least: -128)
    if zeroPoint > 255 { throw UnreadableMessage.broken("zeroPoint is above 255") }
  }

  public var bytesPerValue: Int { type == .float32 ? 4 : 1 }
}
