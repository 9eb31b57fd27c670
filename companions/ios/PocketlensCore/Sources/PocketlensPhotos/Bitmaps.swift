#if canImport(ImageIO)
  import CoreGraphics
  import Foundation
  import ImageIO
  import PocketlensCore

  /// Photos from and to Apple's bitmaps.
  public struct Bitmaps: PhotoDecoder {
    /// Longest side above which photos are halved while they are read: more than any model looks at, and
    /// less memory.
    private static let enough = 4096
    private static let unreadable = Problem("This phone can’t read the photo.")
    private static let quality = 0.95

    public init() {}

    public func decode(_ file: Data) throws -> Photo {
      guard let source = CGImageSourceCreateWithData(file as CFData, nil), let image = Bitmaps.image(of: source)
      else { throw Bitmaps.unreadable }
      let isGray = image.colorSpace?.model == .monochrome
      let photo = try isGray ? Bitmaps.gray(image) : Bitmaps.color(image)
      let isJpeg = CGImageSourceGetType(source) as String? == "public.jpeg"
      // A JPEG's is read by ExifOrientation.
      return isJpeg ? photo : photo.upright(Bitmaps.orientation(of: source))
    }

    private static func image(of source: CGImageSource) -> CGImage? {
      guard let image = CGImageSourceCreateImageAtIndex(source, 0, nil) else { return nil }
      if max(image.width, image.height) <= enough { return image }
      let options: [CFString: Any] = [
        kCGImageSourceCreateThumbnailFromImageAlways: true,
        kCGImageSourceCreateThumbnailWithTransform: false,
        kCGImageSourceThumbnailMaxPixelSize: enough,
      ]
      return CGImageSourceCreateThumbnailAtIndex(source, 0, options as CFDictionary)
    }

    private static func orientation(of source: CGImageSource) -> Int {
      let facts = CGImageSourceCopyPropertiesAtIndex(source, 0, nil) as? [CFString: Any]
      return facts?[kCGImagePropertyOrientation] as? Int ?? 1
    }

    private static func color(_ image: CGImage) throws -> Photo {
      let layout = CGImageAlphaInfo.premultipliedFirst.rawValue | CGBitmapInfo.byteOrder32Little.rawValue
      let stored: [UInt32] = try draw(image, CGColorSpace(name: CGColorSpace.sRGB), layout)
      return Photo(width: image.width, height: image.height, argb: stored.map(straight))
    }

    /// Its own numbers three times, as the studio takes them: drawn as a color, Apple would change its gamma.
    private static func gray(_ image: CGImage) throws -> Photo {
      // Gray with alpha is rare; it is drawn, and its gray may be a little off.
      let opaque: [CGImageAlphaInfo] = [.none, .noneSkipFirst, .noneSkipLast]
      if !opaque.contains(image.alphaInfo) { return try color(image) }
      let stored: [UInt8] = try draw(image, image.colorSpace, CGImageAlphaInfo.none.rawValue)
      let argb = stored.map { 0xff00_0000 | UInt32($0) * 0x01_0101 }
      return Photo(width: image.width, height: image.height, argb: argb)
    }

    /// One number a pixel, in rows.
    private static func draw<Pixel: FixedWidthInteger>(
      _ image: CGImage, _ space: CGColorSpace?, _ layout: UInt32
    ) throws -> [Pixel] {
      guard let space = space else { throw unreadable }
      let (width, height) = (image.width, image.height)
      var pixels = [Pixel](repeating: 0, count: width * height)
      let isDrawn = pixels.withUnsafeMutableBytes { bytes -> Bool in
        guard
          let context = CGContext(
            data: bytes.baseAddress, width: width, height: height, bitsPerComponent: 8,
            bytesPerRow: width * MemoryLayout<Pixel>.size, space: space, bitmapInfo: layout)
        else { return false }
        context.interpolationQuality = .none
        context.draw(image, in: CGRect(x: 0, y: 0, width: width, height: height))
        return true
      }
      if !isDrawn { throw unreadable }
      return pixels
    }

    /// Apple stores colors multiplied by alpha; photos of the core do not.
    private static func straight(_ pixel: UInt32) -> UInt32 {
      let alpha = pixel >> 24
      if alpha == 0xff || alpha == 0 { return pixel }
      return (0..<3).reduce(alpha << 24) { straight, i in
        let value = (pixel >> (8 * UInt32(i))) & 0xff
        return straight | min(255, (value * 255 + alpha / 2) / alpha) << (8 * UInt32(i))
      }
    }

    /// A photo as a JPEG file.
    public static func jpeg(_ photo: Photo) throws -> Data {
      let layout = CGImageAlphaInfo.noneSkipFirst.rawValue | CGBitmapInfo.byteOrder32Little.rawValue
      let bytes = photo.argb.withUnsafeBytes { Data($0) }
      guard let provider = CGDataProvider(data: bytes as CFData),
        let space = CGColorSpace(name: CGColorSpace.sRGB),
        let image = CGImage(
          width: photo.width, height: photo.height, bitsPerComponent: 8, bitsPerPixel: 32,
          bytesPerRow: photo.width * 4, space: space, bitmapInfo: CGBitmapInfo(rawValue: layout),
          provider: provider, decode: nil, shouldInterpolate: false, intent: .defaultIntent)
      else { throw Problem("The picture can’t be made into a photo.") }
      let file = NSMutableData()
      let options = [kCGImageDestinationLossyCompressionQuality: quality] as CFDictionary
      guard let destination = CGImageDestinationCreateWithData(
        file as CFMutableData, "public.jpeg" as CFString, 1, nil)
      else { throw Problem("The picture can’t be made into a photo.") }
      CGImageDestinationAddImage(destination, image, options)
      if !CGImageDestinationFinalize(destination) {
        throw Problem("The picture can’t be made into a photo.")
      }
      return file as Data
    }
  }
#endif
