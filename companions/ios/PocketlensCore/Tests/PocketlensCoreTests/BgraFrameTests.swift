import XCTest

@testable import PocketlensCore

final class BgraFrameTests: XCTestCase {
  func testColorsAreInTheirPlacesOpaqueAndRowsArePadded() {
    let bytes: [UInt8] = [
      1, 20, 30, 0, 2, 20, 30, 0, 99, 99, 99, 99,
      3, 20, 30, 7, 4, 20, 30, 255, 99, 99, 99, 99,
    ]
    let photo = bytes.withUnsafeBytes { bytes in
      BgraFrame.photo(width: 2, height: 2, bytes: bytes.baseAddress!, bytesPerRow: 12)
    }
    XCTAssertEqual(photo.argb, [0xff1e_1401, 0xff1e_1402, 0xff1e_1403, 0xff1e_1404])
  }
}
