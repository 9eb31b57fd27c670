/// Pixels in rows from the top left, in sRGB: alpha, red, green and blue of 8 bits each.
public struct Photo {
  public let width: Int
  public let height: Int
  /// Count width * height; not premultiplied.
  public let argb: [UInt32]

  public init(width: Int, height: Int, argb: [UInt32]) {
    precondition(width >= 1 && height >= 1 && argb.count == width * height)
    self.width = width
    self.height = height
    self.argb = argb
  }

  /// `orientation` 1 to 8, of EXIF: how the pixels are to be turned or mirrored.
  public func upright(_ orientation: Int) -> Photo {
    if orientation <= 1 || orientation > 8 { return self }
    let swapped = orientation >= 5
    let toWidth = swapped ? height : width
    let toHeight = swapped ? width : height
    let mirrorsX = [2, 3, 7, 8].contains(orientation)
    let mirrorsY = [3, 4, 6, 7].contains(orientation)
    var turned = [UInt32](repeating: 0, count: argb.count)
    argb.withUnsafeBufferPointer { from in
      for y in 0..<toHeight {
        for x in 0..<toWidth {
          var fromX = swapped ? y : x
          var fromY = swapped ? x : y
          if mirrorsX { fromX = width - 1 - fromX }
          if mirrorsY { fromY = height - 1 - fromY }
          turned[y * toWidth + x] = from[fromY * width + fromX]
        }
      }
    }
    return Photo(width: toWidth, height: toHeight, argb: turned)
  }
}
