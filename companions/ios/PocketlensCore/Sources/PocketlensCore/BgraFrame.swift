/// A camera's frame made into a photo: blue, green, red and a byte that says nothing, as iPhones' cameras
/// give 32BGRA.
public enum BgraFrame {
  /// `degrees` clockwise, by which the frame is to be turned to stand upright: 0, 90, 180, 270.
  public static func upright(
    width: Int, height: Int, bytes: UnsafeRawPointer, bytesPerRow: Int, degrees: Int = 0
  ) -> Photo {
    let argb = [UInt32](unsafeUninitializedCapacity: width * height) { pixels, count in
      for y in 0..<height {
        var at = bytes + y * bytesPerRow
        for x in 0..<width {
          let stored = UInt32(littleEndian: at.loadUnaligned(as: UInt32.self))
          pixels[y * width + x] = stored | 0xff00_0000
          at += 4
        }
      }
      count = width * height
    }
    return Photo(width: width, height: height, argb: argb).upright(orientation(degrees))
  }

  private static func orientation(_ degrees: Int) -> Int {
    switch ((degrees % 360) + 360) % 360 {
    case 90: return 6
    case 180: return 3
    case 270: return 8
    default: return 1
    }
  }
}
