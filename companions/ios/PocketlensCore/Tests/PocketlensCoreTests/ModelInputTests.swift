import Foundation
import XCTest

@testable import PocketlensCore

final class ModelInputTests: XCTestCase {
  private func photos(_ vectors: [String: Any]) throws -> [[String: Any]] {
    try XCTUnwrap(vectors["photos"] as? [[String: Any]])
  }

  private func pixels(of photo: [String: Any]) throws -> [UInt8] {
    let pixels = try XCTUnwrap(photo["pixels"] as? [String: Any])
    return [UInt8](try Files.bytes(Vectors.file(try XCTUnwrap(pixels["file"] as? String))))
  }

  func testPixelsAreThoseOfTheStudio() throws {
    let vectors = try Vectors.json(Vectors.file("preprocessing.json"))
    let recipe: Preprocessing.Recipe = try Vectors.part(vectors["recipe"])
    let tolerance = try XCTUnwrap(vectors["tolerance"] as? [String: Double])
    let photos = try photos(vectors)
    XCTAssertGreaterThanOrEqual(photos.count, 7)
    for photo in photos {
      let upright = try Vectors.upright(Vectors.file(try XCTUnwrap(photo["file"] as? String)))
      let found = ModelInput.pixels(upright, recipe)
      let expected = try pixels(of: photo)
      XCTAssertEqual(found.count, expected.count)
      let off = zip(found, expected).map { abs(Int($0) - Int($1)) }
      let mean = Double(off.reduce(0, +)) / Double(off.count)
      let said = "\(photo["name"] ?? ""): \(off.max() ?? 0), mean \(mean)"
      XCTAssertLessThanOrEqual(Double(off.max() ?? 256), try XCTUnwrap(tolerance["largest"]), said)
      XCTAssertLessThanOrEqual(mean, try XCTUnwrap(tolerance["mean"]), said)
    }
  }

  func testTensorsAreThoseOfTheStudioToTheBit() throws {
    let vectors = try Vectors.json(Vectors.file("preprocessing.json"))
    let encodings = try XCTUnwrap(vectors["encodings"] as? [[String: Any]])
    for photo in try photos(vectors) {
      let expected = try XCTUnwrap(photo["tensors"] as? [String])
      XCTAssertEqual(expected.count, encodings.count)
      for (i, encoding) in encodings.enumerated() {
        let tensor = ModelInput.tensor(try pixels(of: photo), try Vectors.part(encoding))
        XCTAssertEqual(Files.sha256(tensor), expected[i], "\(photo["name"] ?? ""), encoding \(i)")
      }
    }
  }

  func testRoundsHalvesAwayFromZeroAndKeepsWithinABytesRange() throws {
    let encoding: Preprocessing.Encoding = try Vectors.part(
      [
        "mean": [2, 0, 0], "std": [1, 1, 0.5],
        "input": ["type": "int8", "scale": 2, "zeroPoint": 0] as [String: Any],
      ] as [String: Any])
    // -0.5, 0.5 and 2.5, then what int8 can't hold.
    let stored = ModelInput.tensor([1, 1, 5, 255, 255, 255], encoding).map { Int8(bitPattern: $0) }
    XCTAssertEqual(stored, [-1, 1, 5, 127, 127, 127])
    let half = ModelInput.tensor([1, 5, 0, 3, 9, 0], encoding).map { Int8(bitPattern: $0) }
    XCTAssertEqual(half, [-1, 3, 0, 1, 5, 0])
  }

  func testTurnsAndMirrorsByExif() {
    let photo = Photo(width: 2, height: 3, argb: [1, 2, 3, 4, 5, 6])
    let upright: [[UInt32]] = [
      [1, 2, 3, 4, 5, 6],
      [2, 1, 4, 3, 6, 5],
      [6, 5, 4, 3, 2, 1],
      [5, 6, 3, 4, 1, 2],
      [1, 3, 5, 2, 4, 6],
      [5, 3, 1, 6, 4, 2],
      [6, 4, 2, 5, 3, 1],
      [2, 4, 6, 1, 3, 5],
    ]
    for orientation in 1...8 {
      let turned = photo.upright(orientation)
      XCTAssertEqual(turned.argb, upright[orientation - 1], "orientation \(orientation)")
      XCTAssertEqual(turned.width, orientation >= 5 ? 3 : 2)
    }
    XCTAssertEqual(photo.upright(9).argb, photo.argb)
  }

  func testDamagedExifSaysNothing() throws {
    let vectors = try Vectors.json(Vectors.file("preprocessing.json"))
    let turned = try XCTUnwrap(photos(vectors).first { $0["name"] as? String == "turned-right" })
    let file = try Files.bytes(Vectors.file(try XCTUnwrap(turned["file"] as? String)))
    XCTAssertEqual(ExifOrientation.of(file), 6)
    for length in 0..<200 {
      XCTAssertTrue([1, 6].contains(ExifOrientation.of(file.prefix(length))))
    }
    XCTAssertEqual(ExifOrientation.of(Data([0xff, 0xd8])), 1)
    XCTAssertEqual(ExifOrientation.of(file.dropFirst()), 1)
  }

  func testReadsIntegerOutputsByScaleAndZeroPoint() throws {
    let int8: TensorEncoding = try Vectors.part(
      ["type": "int8", "scale": 1 / 256.0, "zeroPoint": -128] as [String: Any])
    XCTAssertEqual(
      ModelInput.probabilities(Data([128, 0, 127]), int8, labels: 3), [0, 0.5, 0.99609375])
    let uint8: TensorEncoding = try Vectors.part(
      ["type": "uint8", "scale": 1 / 255.0, "zeroPoint": 0] as [String: Any])
    XCTAssertEqual(ModelInput.probabilities(Data([255]), uint8, labels: 1), [1])
  }
}
