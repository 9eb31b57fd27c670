import Foundation

/// A photo made into what a model takes, by its contract.
public enum ModelInput {
  /// Flattens an upright photo on the recipe's background, cuts its centered square and scales that to
  /// the model's size (Catmull-Rom, widened when shrinking). Gives RGB bytes in rows from the top left,
  /// width * height * 3 of them.
  public static func pixels(_ photo: Photo, _ recipe: Preprocessing.Recipe) -> [UInt8] {
    let square = Square(photo, recipe)
    let across = Taps(from: square.side, to: recipe.width)
    let down = Taps(from: square.side, to: recipe.height)
    let row = recipe.width * 3
    var narrow = [Float](repeating: 0, count: square.side * row)
    var rgb = [UInt8](repeating: 0, count: recipe.height * row)
    square.values.withUnsafeBufferPointer { values in
      narrow.withUnsafeMutableBufferPointer { narrow in
        for y in 0..<square.side {
          for i in 0..<row {
            let (x, channel) = i.quotientAndRemainder(dividingBy: 3)
            narrow[y * row + i] = across.sum(x, values, offset: y * square.side * 3 + channel, stride: 3)
          }
        }
      }
    }
    narrow.withUnsafeBufferPointer { narrow in
      for y in 0..<recipe.height {
        for i in 0..<row {
          // Halves upward, as the twin in Java rounds.
          let value = (down.sum(y, narrow, offset: i, stride: row) + 0.5).rounded(.down)
          rgb[y * row + i] = UInt8(max(0, min(255, value)))
        }
      }
    }
    return rgb
  }

  /// The centered square of a photo, flattened: red, green and blue in rows.
  private struct Square {
    let side: Int
    let values: [Float]

    init(_ photo: Photo, _ recipe: Preprocessing.Recipe) {
      let shortSide = min(photo.width, photo.height)
      let side = max(1, Int((recipe.cropFraction * Double(shortSide) + 0.5).rounded(.down)))
      let left = (photo.width - side) / 2
      let top = (photo.height - side) / 2
      let ground = recipe.background.map(Float.init)
      self.side = side
      values = [Float](unsafeUninitializedCapacity: side * side * 3) { values, count in
        photo.argb.withUnsafeBufferPointer { argb in
          var at = 0
          for y in 0..<side {
            for x in 0..<side {
              let pixel = argb[(top + y) * photo.width + left + x]
              let alpha = Float(pixel >> 24) / 255
              for channel in 0..<3 {
                let value = Float(pixel >> (16 - 8 * UInt32(channel)) & 0xff)
                values[at] = alpha * value + (1 - alpha) * ground[channel]
                at += 1
              }
            }
          }
        }
        count = side * side * 3
      }
    }
  }

  /// The weights with which a row of `from` values becomes one of `to`.
  private struct Taps {
    /// Of Keys' cubic (1981): Catmull-Rom.
    private static let a = -0.5

    private var first: [Int] = []
    private var weights: [[Float]] = []

    init(from: Int, to: Int) {
      let scale = Double(from) / Double(to)
      let widened = max(1, scale)
      for target in 0..<to {
        // Enlarging, the studio (libvips) looks half a pixel of the target further left and up.
        let center = scale < 1 ? Double(target) * scale : (Double(target) + 0.5) * scale
        let start = max(0, Int((center - 2 * widened).rounded(.down)))
        let end = min(from, Int((center + 2 * widened).rounded(.up)))
        let raw = (start..<end).map { Taps.cubic((Double($0) + 0.5 - center) / widened) }
        let total = raw.reduce(0, +)
        first.append(start)
        weights.append(raw.map { Float($0 / total) })
      }
    }

    func sum(_ target: Int, _ values: UnsafeBufferPointer<Float>, offset: Int, stride: Int) -> Float {
      var sum: Float = 0
      var at = offset + first[target] * stride
      for weight in weights[target] {
        sum += weight * values[at]
        at += stride
      }
      return sum
    }

    private static func cubic(_ distance: Double) -> Double {
      let x = abs(distance)
      if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
      return 0
    }
  }

  /// The input tensor: float32 little-endian, or one byte a value.
  public static func tensor(_ rgb: [UInt8], _ encoding: Preprocessing.Encoding) -> Data {
    let input = encoding.input
    if input.type == .float32 {
      let scales = encoding.std.map { 1 / $0 }
      var values = [UInt32](repeating: 0, count: rgb.count)
      for i in 0..<rgb.count {
        let centered = Double(rgb[i]) - encoding.mean[i % 3]
        values[i] = Float(centered * scales[i % 3]).bitPattern.littleEndian
      }
      return values.withUnsafeBytes { Data($0) }
    }
    let low: Double = input.type == .int8 ? -128 : 0
    // A byte has 256 values: each channel's are worked out once.
    let stored: [[UInt8]] = (0..<3).map { channel in
      (0..<256).map { byte in
        let centered = Double(byte) - encoding.mean[channel]
        // As TFLite rounds: halves away from zero.
        let rounded = (centered / encoding.std[channel] / input.scale).rounded(.toNearestOrAwayFromZero)
        let value = max(low, min(low + 255, rounded + Double(input.zeroPoint)))
        return UInt8(truncatingIfNeeded: Int(value))
      }
    }
    return Data(rgb.indices.map { stored[$0 % 3][Int(rgb[$0])] })
  }

  /// What an output tensor says, as probabilities between 0 and 1.
  static func probabilities(_ output: Data, _ encoding: TensorEncoding, labels: Int) -> [Float] {
    let bytes = [UInt8](output)
    return (0..<labels).map { i in
      let value: Double
      switch encoding.type {
      case .float32:
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 * i + $1]) << (8 * UInt32($1)) }
        value = Double(Float(bitPattern: bits))
      case .uint8:
        value = encoding.scale * Double(Int(bytes[i]) - encoding.zeroPoint)
      case .int8:
        value = encoding.scale * Double(Int(Int8(bitPattern: bytes[i])) - encoding.zeroPoint)
      }
      // float32 sums end a hair above 1.
      return Float(max(0, min(1, value)))
    }
  }
}
