import Foundation
import XCTest

@testable import PocketlensCore

final class FilesTests: XCTestCase {
  /// Of FIPS 180-4 and NIST's collection.
  func testHashesAreThoseOfTheStandard() {
    let expected: [(Data, String)] = [
      (Data(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (Data("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        Data(repeating: 0x61, count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ]
    for (bytes, hash) in expected { XCTAssertEqual(Files.sha256(bytes), hash) }
  }

  func testHashesDoNotDependOnTheParts() {
    let bytes = Data((0..<300).map { UInt8($0 % 251) })
    for size in [1, 55, 63, 64, 65, 119, 128] {
      var digest = Sha256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.update(bytes[start..<min(bytes.count, start + size)])
      }
      XCTAssertEqual(digest.hex(), Files.sha256(bytes), "parts of \(size)")
    }
  }

  func testFilesAreReplacedWholeOrNotAtAll() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("deep/status.json")
    try Files.write(file, Data("first".utf8))
    try Files.write(file, Data("second".utf8))
    XCTAssertEqual(try Files.bytes(file), Data("second".utf8))
    XCTAssertEqual(try Files.sha256(file), Files.sha256(Data("second".utf8)))
    // A folder in the way: refused, and no part of it stays.
    let blocked = folder.appendingPathComponent("deep/blocked")
    try FileManager.default.createDirectory(
      at: blocked.appendingPathComponent("full"), withIntermediateDirectories: true)
    XCTAssertThrowsError(try Files.write(blocked, Data("x".utf8)))
    XCTAssertFalse(Files.exists(blocked))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: file.deletingLastPathComponent().path)
    XCTAssertEqual(left.sorted(), ["blocked", "status.json"])
  }
}
