import XCTest

@testable import PocketlensCore

final class BgraFrameTests: XCTestCase {
  /// Two by two pixels, blue 1 to 4; each row ends with a byte pixel that is not of the picture.
  private let bytes: [UInt8] = [
    1, 20, 30, 0, 2, 20, 30, 0, 99, 99, 99, 99,
    3, 20, 30, 0, 4, 20, 30, 0, 99, 99, 99, 99,
  ]

  private func frame(_ degrees: Int) -> Photo {
    bytes.withUnsafeBytes { bytes in
      BgraFrame.upright(
        width: 2, height: 2, bytes: bytes.baseAddress!, bytesPerRow: 12, degrees: degrees)
    }
  }

  func testColorsAreInTheirPlacesAndOpaque() {
    XCTAssertEqual(frame(0).argb.first, 0xff1e_1401)
  }

  func testFollowsRowsAndTurns() {
    let turned: [[UInt32]] = [[1, 2, 3, 4], [3, 1, 4, 2], [4, 3, 2, 1], [2, 4, 1, 3]]
    for quarter in 0..<4 {
      XCTAssertEqual(frame(90 * quarter).argb.map { $0 & 0xff }, turned[quarter])
    }
    XCTAssertEqual(frame(-90).argb, frame(270).argb)
  }
}
