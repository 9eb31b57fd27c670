/// A camera's frame made into a photo: blue, green, red and a byte that says nothing, as iPhones' cameras
/// give 32BGRA, already turned upright.
public enum BgraFrame {
  public static func photo(
    width: Int, height: Int, bytes: UnsafeRawPointer, bytesPerRow: Int
  ) -> Photo {
    let argb = [UInt32](unsafeUninitializedCapacity: width * height) { pixels, count in
      for y in 0..<height {
        var at = bytes + y * bytesPerRow
        for x in 0..<width {
          pixels[y * width + x] = UInt32(littleEndian: at.loadUnaligned(as: UInt32.self)) | 0xff00_0000
          at += 4
        }
      }
      count = width * height
    }
    return Photo(width: width, height: height, argb: argb)
  }
}
