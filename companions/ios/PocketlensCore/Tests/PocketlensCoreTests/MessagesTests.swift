import Foundation
import XCTest

@testable import PocketlensCore

final class MessagesTests: XCTestCase {
  private func reading(of kind: String, _ text: Data) throws -> String {
    do {
      switch kind {
      case "manifest": _ = try Manifest.read(text)
      case "contract": _ = try Contract.read(text)
      case "golden": _ = try Golden.read(text)
      case "request": _ = try Request.read(text)
      default: XCTFail("This app reads no \(kind)")
      }
      return "fine"
    } catch let problem as UnreadableMessage {
      return problem.reason.rawValue
    }
  }

  func testSaysOfEachMessageWhatTheStudioSays() throws {
    let vectors = try Vectors.json(Vectors.file("messages.json"))
    let messages = try XCTUnwrap(vectors["messages"] as? [[String: String]])
    XCTAssertGreaterThan(messages.count, 20)
    for message in messages {
      let kind = try XCTUnwrap(message["kind"])
      let text = Data(try XCTUnwrap(message["text"]).utf8)
      XCTAssertEqual(
        try reading(of: kind, text), message["reading"], "\(kind): \(message["change"] ?? "")")
    }
  }

  func testNamesTheFieldThatIsWrong() throws {
    let contract = try XCTUnwrap(
      FileManager.default.contentsOfDirectory(at: Vectors.pushed, includingPropertiesForKeys: nil)
        .first { $0.pathExtension == "json" && $0.lastPathComponent != "manifest.json" })
    let json = try Vectors.json(contract)
    let changes: [(String, Any, String)] = [
      ("width", 0, "width is no whole number from 1 on"),
      ("width", true, "width is no number"),
      ("width", NSNull(), "width is no number"),
      ("mean", [1, 2, "3"] as [Any], "mean is no list of numbers"),
      ("output", ["type": "float16"], "type is float16, which this app does not know"),
      ("input", [1], "input is no object"),
      ("labels", "cup", "labels is no list of texts"),
      ("background", [1, 2, 256], "background is no color"),
    ]
    for (field, value, sentence) in changes {
      var changed = json
      var preprocessing = try XCTUnwrap(json["preprocessing"] as? [String: Any])
      preprocessing[field] = value
      changed["preprocessing"] = preprocessing
      let text = try JSONSerialization.data(withJSONObject: changed)
      XCTAssertThrowsError(try Contract.read(text)) { error in
        XCTAssertEqual(error.localizedDescription, "A file from the studio is broken: \(sentence).")
      }
    }
  }
}
