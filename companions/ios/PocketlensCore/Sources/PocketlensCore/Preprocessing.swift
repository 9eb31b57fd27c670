/// What to do to a photo before a model, and to the model's answer after it.
public struct Preprocessing: Decodable {
  /// Of a way that photos are cut and scaled: the part that decides a model input's pixels.
  public struct Recipe: Decodable {
    public let width: Int
    public let height: Int
    /// Side of the centered square, as a share of the photo's short side.
    public let cropFraction: Double
    /// Red, green and blue, 0 to 255, under what is transparent.
    public let background: [Int]

    public init(from decoder: Decoder) throws {
      let fields = try Fields(decoder)
      if try fields.whole("version", least: 1) != 1 {
        throw UnreadableMessage.broken("its preprocessing is newer than this app")
      }
      width = try fields.whole("width", least: 1)
      height = try fields.whole("height", least: 1)
      try fields.require("channelOrder", "RGB")
      try fields.require("resize", "bicubic-antialiased")
      cropFraction = try fields.positive("cropFraction", most: 1)
      background = try fields.numbers("background", count: 3).map { value in
        guard value == value.rounded(), (0...255).contains(value) else {
          throw UnreadableMessage.broken("background is no color")
        }
        return Int(value)
      }
    }
  }

  /// How bytes become a model's input tensor.
  public struct Encoding: Decodable {
    public let mean: [Double]
    public let std: [Double]
    public let input: TensorEncoding

    public init(from decoder: Decoder) throws {
      let fields = try Fields(decoder)
      mean = try fields.numbers("mean", count: 3)
      std = try fields.numbers("std", count: 3)
      if std.contains(where: { $0 <= 0 }) { throw UnreadableMessage.broken("std is not above 0") }
      input = try fields.object("input")
    }
  }

  public let recipe: Recipe
  public let encoding: Encoding
  public let output: TensorEncoding
  public let labels: [String]

  public init(from decoder: Decoder) throws {
    recipe = try Recipe(from: decoder)
    encoding = try Encoding(from: decoder)
    let fields = try Fields(decoder)
    output = try fields.object("output")
    labels = try fields.texts("labels")
  }
}
