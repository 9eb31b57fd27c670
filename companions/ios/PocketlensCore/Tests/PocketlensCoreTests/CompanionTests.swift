import Foundation
import XCTest

@testable import PocketlensCore

/// What goes on behind the screen, with a made-up engine and camera.
final class CompanionTests: XCTestCase {
  private final class Ear: CompanionListener {
    var states: [Companion.State] = []
    var answers: [[TopAnswers.Top]] = []
    var frozen: [Companion.Moment] = []
    var kept: [(label: String?, problem: String?)] = []
    var heard: () -> Void = {}

    func onState(_ state: Companion.State) {
      states.append(state)
      heard()
    }

    func onAnswers(_ best: [TopAnswers.Top], _ latency: Companion.Times) {
      XCTAssertLessThanOrEqual(latency.p50, latency.p95)
      answers.append(best)
      heard()
    }

    func onFrozen(_ moment: Companion.Moment) {
      frozen.append(moment)
      heard()
    }

    func onKept(_ label: String?, problem: String?) {
      kept.append((label, problem))
      heard()
    }
  }

  private struct NoDecoder: PhotoDecoder {
    func decode(_ file: Data) throws -> Photo {
      throw Problem("This phone can’t read the photo.")
    }
  }

  private let engine = FakeEngine()
  private let ear = Ear()
  private let frame = Photo(width: 2, height: 2, argb: [0xff00_0000, 0xff10_2030, 0xff99_9999, 0xffff_ffff])
  private var temporary: URL!
  private var folder: URL!
  private var companion: Companion!

  override func setUpWithError() throws {
    temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    folder = temporary.appendingPathComponent("models")
    let parts = Companion.Parts(
      engine: engine, decoder: NoDecoder(), encode: { Data("jpeg \($0.width)".utf8) },
      facts: { DeviceFacts(memoryBytes: nil, thermalState: nil) })
    companion = Companion(
      folder: folder, privateFolder: temporary.appendingPathComponent("own"), version: "0.1.0",
      parts: parts, main: .main, listener: ear)
  }

  override func tearDownWithError() throws {
    companion.stop()
    companion.worker.sync {}
    try? FileManager.default.removeItem(at: temporary)
  }

  /// The manifest last, as the studio does.
  private func push() throws {
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: Vectors.pushed.path) where name != "manifest.json" {
      try files.copyItem(at: Vectors.pushed.appendingPathComponent(name), to: file(name))
    }
    try Files.write(
      file("manifest.json"), Files.bytes(Vectors.pushed.appendingPathComponent("manifest.json")))
  }

  private func wait(_ what: String, until isThere: @escaping () -> Bool) {
    let heard = expectation(description: what)
    heard.assertForOverFulfill = false
    ear.heard = { if isThere() { heard.fulfill() } }
    ear.heard()
    wait(for: [heard], timeout: 20)
    ear.heard = {}
  }

  private func file(_ name: String) -> URL {
    folder.appendingPathComponent(name)
  }

  func testWaitsForAPushAndRunsItByItself() throws {
    companion.start()
    wait("no model yet") { self.ear.states.count == 1 }
    XCTAssertNil(ear.states[0].running)
    XCTAssertNil(ear.states[0].refusal)
    // The status is there before the first push: the folder, too.
    XCTAssertEqual(try Vectors.json(file("status.json"))["state"] as? String, "idle")
    try push()
    wait("the pushed model") { self.ear.states.last?.running != nil }
    let state = try XCTUnwrap(ear.states.last)
    XCTAssertEqual(state.models.count, 2)
    XCTAssertEqual(state.labels, ["red", "green", "blue", "gray"])
    companion.worker.sync {}
    XCTAssertEqual(
      try Vectors.json(file("status.json"))["running"] as? String, state.running?.sha256)
    XCTAssertTrue(Files.exists(file("results/vectors.json")))
  }

  func testAnswersFramesAndSwitches() throws {
    try push()
    companion.setThreshold(0.5)
    companion.start()
    wait("a model") { self.ear.states.last?.running != nil }
    companion.worker.sync { companion.onFrame(frame) }
    wait("an answer") { self.ear.answers.count == 1 }
    XCTAssertEqual(ear.answers[0].count, 1)
    XCTAssertEqual(ear.answers[0][0].probability, 1)
    let other = try XCTUnwrap(ear.states.last?.models[1].sha256)
    companion.switchTo(other)
    wait("the other model") { self.ear.states.last?.running?.sha256 == other }
    engine.broken = true
    companion.worker.sync { companion.onFrame(frame) }
    wait("a trouble") { self.ear.states.last?.trouble == "The engine is broken." }
    XCTAssertNil(ear.states.last?.refusal)
    engine.broken = false
    companion.worker.sync { companion.onFrame(frame) }
    wait("none") { self.ear.states.last?.trouble == nil }
  }

  func testKeepsCorrectionsAndCollects() throws {
    try push()
    companion.start()
    companion.freeze()
    wait("a refusal") { self.ear.kept.count == 1 }
    XCTAssertEqual(ear.kept[0].problem, "the camera has given no picture yet")
    wait("a model") { self.ear.states.last?.running != nil }
    companion.worker.sync { companion.onFrame(frame) }
    companion.freeze()
    wait("the question") { self.ear.frozen.count == 1 }
    // Whoever looks for the label in the list points the phone elsewhere.
    companion.worker.sync { companion.onFrame(Photo(width: 3, height: 3, argb: Array(repeating: 0xff00_0000, count: 9))) }
    companion.correct(ear.frozen[0], "hat")
    companion.collect("cup")
    wait("both") { self.ear.kept.count == 3 }
    XCTAssertNil(ear.kept[1].problem)
    XCTAssertNil(ear.kept[2].problem)
    let names = try FileManager.default.contentsOfDirectory(atPath: file("feedback").path)
    let messages = try names.filter { $0.hasSuffix(".json") }
      .map { try Vectors.json(file("feedback/\($0)")) }
    let correction = try XCTUnwrap(messages.first { $0["label"] as? String == "hat" })
    let answered = try XCTUnwrap(correction["answered"] as? String)
    XCTAssertTrue(["red", "green", "blue", "gray"].contains(answered))
    XCTAssertEqual(correction["model"] as? String, ear.states.last?.running?.sha256)
    XCTAssertEqual(try photo(of: correction), "jpeg 2")
    let collected = try XCTUnwrap(messages.first { $0["label"] as? String == "cup" })
    XCTAssertEqual(try photo(of: collected), "jpeg 3")
    XCTAssertNil(collected["answered"])
    XCTAssertNil(collected["model"])
  }

  private func photo(of feedback: [String: Any]) throws -> String {
    let photo = try XCTUnwrap(feedback["photo"] as? [String: Any])
    return String(decoding: try Files.bytes(file(try XCTUnwrap(photo["file"] as? String))), as: UTF8.self)
  }

  func testLetsGoOfTheModelWhenItStops() throws {
    try push()
    companion.start()
    wait("a model") { self.ear.states.last?.running != nil }
    companion.stop()
    companion.worker.sync {}
    let log = engine.log
    XCTAssertEqual(log.last, log.first?.replacingOccurrences(of: "open", with: "close"))
    // Looks and frames that were on their way do no harm.
    companion.start()
    companion.worker.sync { companion.onFrame(frame) }
    companion.switchTo(String(repeating: "0", count: 64))
    companion.worker.sync {}
    XCTAssertEqual(ear.answers.count, 0)
    XCTAssertEqual(engine.log, log)
  }
}
