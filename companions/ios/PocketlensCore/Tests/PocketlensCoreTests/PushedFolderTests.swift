import Foundation
import XCTest

@testable import PocketlensCore

/// A folder that a studio pushed into: followed, refused, answered.
final class PushedFolderTests: XCTestCase {
  private let at = Date(timeIntervalSince1970: 1_767_225_600)
  private let engine = FakeEngine()
  private var temporary: URL!
  private var folder: URL!
  private var own: URL!
  private var store: ModelStore!
  private var first = ""
  private var second = ""

  override func setUpWithError() throws {
    temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    folder = temporary.appendingPathComponent("models")
    own = temporary.appendingPathComponent("own")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Vectors.pushed, to: folder)
    store = ModelStore(folder: folder, privateFolder: own, engine: engine)
    let manifest = try Manifest.read(Files.bytes(file("manifest.json")))
    first = manifest.models[0].sha256
    second = manifest.models[1].sha256
  }

  override func tearDownWithError() throws {
    try FileManager.default.removeItem(at: temporary)
  }

  private func file(_ name: String) -> URL {
    folder.appendingPathComponent(name)
  }

  private func change(_ name: String, _ edit: (inout [String: Any]) throws -> Void) throws {
    var json = try Vectors.json(file(name))
    try edit(&json)
    try Vectors.write(file(name), json)
  }

  private func activate(_ sha256: String) throws {
    try change("manifest.json") { $0["active"] = sha256 }
  }

  private var running: String? { store.running?.contract.sha256 }

  func testNothingPushedYet() {
    let empty = temporary.appendingPathComponent("empty")
    let fresh = ModelStore(folder: empty, privateFolder: own, engine: engine)
    XCTAssertEqual(fresh.refresh(), .empty)
    XCTAssertNil(fresh.problem)
  }

  func testSwapsWhileItRunsTheNewOneLoadedBeforeTheOldOneIsLetGo() throws {
    XCTAssertEqual(store.refresh(), .swapped)
    XCTAssertEqual(store.refresh(), .unchanged)
    try activate(second)
    XCTAssertEqual(store.refresh(), .swapped)
    XCTAssertEqual(running, second)
    XCTAssertEqual(
      engine.log, ["open \(first.prefix(4))", "open \(second.prefix(4))", "close \(first.prefix(4))"])
  }

  func testSwitchesBetweenTheModelsOfAPush() {
    _ = store.refresh()
    XCTAssertTrue(store.switchTo(second))
    XCTAssertEqual(running, second)
    XCTAssertFalse(store.switchTo(String(repeating: "0", count: 64)))
    XCTAssertEqual(running, second)
  }

  private func restart() {
    store.close()
    store = ModelStore(folder: folder, privateFolder: own, engine: engine)
  }

  func testAModelThatWasSwitchedToStaysUntilTheNextPush() throws {
    _ = store.refresh()
    store.switchTo(second)
    restart()
    XCTAssertEqual(store.refresh(), .swapped)
    XCTAssertEqual(running, second)
    try change("manifest.json") { $0["createdAt"] = "2026-02-02T00:00:00.000Z" }
    XCTAssertEqual(store.refresh(), .swapped)
    XCTAssertEqual(running, first)
    restart()
    _ = store.refresh()
    XCTAssertEqual(running, first)
  }

  func testTheStudiosModelRunsWhereTheOneThatWasSwitchedToIsGone() throws {
    _ = store.refresh()
    store.switchTo(second)
    try FileManager.default.removeItem(at: file("\(second).tflite"))
    restart()
    XCTAssertEqual(store.refresh(), .swapped)
    XCTAssertEqual(running, first)
    XCTAssertNil(store.problem)
  }

  private func refusesAndKeepsTheFirst(_ why: String, line: UInt = #line) {
    func isRefused() {
      XCTAssertEqual(store.refresh(), .refused, line: line)
      XCTAssertEqual(running, first, line: line)
      XCTAssertTrue(store.problem?.contains(why) == true, store.problem ?? "", line: line)
    }
    isRefused()
    // And says so only once.
    XCTAssertEqual(store.refresh(), .unchanged, line: line)
    // An app that is started anew finds its way back, too.
    store.close()
    store = ModelStore(folder: folder, privateFolder: own, engine: engine)
    isRefused()
  }

  func testRefusesAModelWithAnotherHash() throws {
    _ = store.refresh()
    try Files.write(file("\(second).tflite"), Data("something else".utf8))
    try activate(second)
    refusesAndKeepsTheFirst("another hash")
  }

  func testRefusesTheContractOfAnotherModel() throws {
    _ = store.refresh()
    try Files.write(file("\(second).json"), Files.bytes(file("\(first).json")))
    try activate(second)
    refusesAndKeepsTheFirst("that of another model")
  }

  func testRefusesAContractThatDoesNotFitTheFile() throws {
    _ = store.refresh()
    try change("\(second).json") { contract in
      var preprocessing = try XCTUnwrap(contract["preprocessing"] as? [String: Any])
      preprocessing["width"] = 16
      contract["preprocessing"] = preprocessing
    }
    try activate(second)
    refusesAndKeepsTheFirst("bytes")
    XCTAssertEqual(engine.log[2], "close \(second.prefix(4))")
  }

  func testRefusesWhatANewerStudioWrote() throws {
    _ = store.refresh()
    try change("manifest.json") { $0["protocol"] = ["major": 2, "minor": 0] }
    refusesAndKeepsTheFirst("Update the app")
  }

  func testRefusesAModelThatIsNotThere() throws {
    _ = store.refresh()
    try FileManager.default.removeItem(at: file("\(second).tflite"))
    try activate(second)
    refusesAndKeepsTheFirst("is not there")
  }

  private func examiner() throws -> Examiner {
    Examiner(folder: folder, store: store, engine: engine, decoder: try Vectors.decoder()) {
      DeviceFacts(memoryBytes: 1234, thermalState: .fair)
    }
  }

  private func runs() throws -> [[String: Any]] {
    let result = try Vectors.json(file("results/vectors.json"))
    return try XCTUnwrap(result["runs"] as? [[String: Any]])
  }

  func testAnswersRequestsOnceWithEachModel() throws {
    let examiner = try examiner()
    _ = store.refresh()
    XCTAssertEqual(try examiner.answerNext(at: at), "vectors")
    XCTAssertNil(try examiner.answerNext(at: at))
    let result = try Vectors.json(file("results/vectors.json"))
    XCTAssertEqual(result["id"] as? String, "vectors")
    XCTAssertEqual(result["at"] as? String, "2026-01-01T00:00:00.000Z")
    XCTAssertEqual((result["protocol"] as? [String: Int])?["major"], 1)
    let runs = try runs()
    XCTAssertEqual(runs.map { $0["model"] as? String }, [first, second])
    for run in runs {
      XCTAssertEqual(run["runtime"] as? String, "Fake 1.0")
      XCTAssertEqual(run["memoryBytes"] as? Int, 1234)
      XCTAssertEqual(run["thermalState"] as? String, "fair")
      let answers = try XCTUnwrap(run["answers"] as? [[String: Any]])
      XCTAssertEqual(answers.count, 7)
      for answer in answers {
        let probabilities = try XCTUnwrap(answer["probabilities"] as? [Double])
        XCTAssertEqual(probabilities.count, 4)
        XCTAssertTrue(probabilities.allSatisfy { (0...1).contains($0) })
      }
    }
    // What ran goes on running.
    XCTAssertEqual(running, first)
  }

  func testTellsOfPhotosAndModelsThatCantBeUsed() throws {
    let examiner = try examiner()
    _ = store.refresh()
    let noPhoto = Data("no photo".utf8)
    try Files.write(file("golden/no.jpg"), noPhoto)
    let unknown = String(repeating: "1", count: 64)
    try change("requests/vectors.json") { request in
      var photos = try XCTUnwrap(request["photos"] as? [[String: String]])
      try Files.write(file(try XCTUnwrap(photos[0]["file"])), Data("changed".utf8))
      photos[1] = ["file": "golden/no.jpg", "sha256": Files.sha256(noPhoto)]
      photos[2] = ["file": "golden/gone.jpg", "sha256": String(repeating: "0", count: 64)]
      request["photos"] = photos
      request["models"] = [first, second, unknown]
    }
    XCTAssertEqual(try examiner.answerNext(at: at), "vectors")
    let runs = try runs()
    let answers = try XCTUnwrap(runs[0]["answers"] as? [[String: Any]])
    for (i, problem) in ["another hash", "no photo", "not there"].enumerated() {
      XCTAssertTrue((answers[i]["problem"] as? String)?.contains(problem) == true, "\(answers[i])")
      XCTAssertNil(answers[i]["probabilities"])
    }
    XCTAssertNotNil(answers[3]["probabilities"])
    XCTAssertEqual(runs[2]["model"] as? String, unknown)
    XCTAssertTrue((runs[2]["problem"] as? String)?.contains("is not there") == true)
    XCTAssertEqual((runs[2]["answers"] as? [Any])?.count, 0)
  }

  func testAnswersWithModelsThatTheManifestDoesNotList() throws {
    let examiner = try examiner()
    _ = store.refresh()
    try change("manifest.json") { manifest in
      let models = try XCTUnwrap(manifest["models"] as? [[String: Any]])
      manifest["models"] = Array(models.prefix(1))
    }
    XCTAssertEqual(store.refresh(), .swapped)
    XCTAssertEqual(try examiner.answerNext(at: at), "vectors")
    let run = try runs()[1]
    XCTAssertEqual(run["model"] as? String, second)
    XCTAssertNil(run["problem"])
    XCTAssertEqual((run["answers"] as? [Any])?.count, 7)
    XCTAssertEqual(running, first)
    // But what runs is only what the manifest lists.
    XCTAssertFalse(store.switchTo(second))
  }

  func testAnswersOtherRequestsToo() throws {
    let examiner = try examiner()
    _ = store.refresh()
    var request = try Vectors.json(file("requests/vectors.json"))
    request["id"] = "evaluation"
    try Files.write(file("requests/a-broken-one.json"), Data("{".utf8))
    try Vectors.write(file("requests/evaluation.json"), request)
    XCTAssertEqual(try examiner.answerNext(at: at), "vectors")
    XCTAssertEqual(try examiner.answerNext(at: at), "evaluation")
    XCTAssertNil(try examiner.answerNext(at: at))
  }

  private func expectAnswers(certainty: Double) throws {
    try change("golden/\(first).json") { golden in
      let photos = try XCTUnwrap(golden["photos"] as? [[String: Any]])
      golden["photos"] = try photos.map { photo in
        let upright = try Vectors.upright(file(try XCTUnwrap(photo["file"] as? String)))
        let answer = try XCTUnwrap(store.running).answer(upright).probabilities
        return photo.merging(["expected": answer.map { Double($0) * certainty }]) { $1 }
      }
    }
  }

  func testGoldenPhotosAreHeldAgainstTheDesktopsAnswers() throws {
    let examiner = try examiner()
    _ = store.refresh()
    let classifier = try XCTUnwrap(store.running)
    try expectAnswers(certainty: 0.99)
    let same = try XCTUnwrap(examiner.checkGolden(classifier))
    XCTAssertTrue(same.same)
    XCTAssertEqual(same.photos, 7)
    XCTAssertEqual(same.largestDifference, 0.01, accuracy: 1e-6)
    try expectAnswers(certainty: 0.9)
    XCTAssertEqual(examiner.checkGolden(classifier)?.same, false)
    try FileManager.default.removeItem(at: file("golden/\(first).json"))
    XCTAssertNil(examiner.checkGolden(classifier))
  }

  func testStatusSaysWhatRunsAndWhatIsWrong() throws {
    let outbox = Outbox(folder: folder, version: "0.1.0")
    try outbox.writeStatus(running: first, problem: nil, at: at)
    var status = try Vectors.json(file("status.json"))
    XCTAssertEqual(status["state"] as? String, "idle")
    XCTAssertEqual(status["running"] as? String, first)
    XCTAssertNil(status["problem"])
    try outbox.writeStatus(running: nil, problem: "Another hash.", at: at)
    status = try Vectors.json(file("status.json"))
    XCTAssertEqual(status["state"] as? String, "failed")
    XCTAssertEqual(status["problem"] as? String, "Another hash.")
    XCTAssertNil(status["running"])
  }

  func testFeedbackLiesBesideItsPhoto() throws {
    let jpeg = Data([1, 2, 3])
    let outbox = Outbox(folder: folder, version: "0.1.0")
    let name = try outbox.writeFeedback(
      jpeg: jpeg, model: first, answered: TopAnswers.Top(label: "cup", probability: 0.75), label: "hat",
      at: at)
    let feedback = try Vectors.json(file(name))
    XCTAssertEqual(feedback["answered"] as? String, "cup")
    XCTAssertEqual(feedback["probability"] as? Double, 0.75)
    XCTAssertEqual(feedback["label"] as? String, "hat")
    XCTAssertEqual(feedback["model"] as? String, first)
    let photo = try XCTUnwrap(feedback["photo"] as? [String: String])
    XCTAssertEqual(try Files.sha256(file(try XCTUnwrap(photo["file"]))), photo["sha256"])
    let collected = try outbox.writeFeedback(
      jpeg: jpeg, model: nil, answered: nil, label: "hat", at: Date(timeIntervalSince1970: 0))
    XCTAssertNil(try Vectors.json(file(collected))["model"])
    let names = try FileManager.default.contentsOfDirectory(atPath: file("feedback").path)
    XCTAssertEqual(names.count, 3)
    XCTAssertFalse(names.contains { $0.hasPrefix(".") })
  }
}
