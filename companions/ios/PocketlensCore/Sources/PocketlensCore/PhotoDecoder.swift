import Foundation

/// Decodes the bytes of a photo file to sRGB: a JPEG as it is stored, all else turned upright.
public protocol PhotoDecoder {
  /// Throws when they are no photo that this phone can read.
  func decode(_ file: Data) throws -> Photo
}
