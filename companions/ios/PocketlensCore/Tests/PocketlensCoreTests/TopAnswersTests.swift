import XCTest

@testable import PocketlensCore

final class TopAnswersTests: XCTestCase {
  private let labels = ["cup", "hat", "key", "pen"]

  private func told(_ best: [TopAnswers.Top]) -> String {
    best.map { "\($0.label) \($0.probability)" }.joined(separator: " ")
  }

  func testMostProbableFirstAndOfEqualsTheFirstLabel() {
    var answers = TopAnswers(share: 1)
    answers.add("a", [0.25, 0, 0.5, 0.25])
    XCTAssertEqual(told(answers.best(labels, count: 3, threshold: 0)), "key 0.5 cup 0.25 pen 0.25")
    XCTAssertEqual(told(answers.best(labels, count: 1, threshold: 0)), "key 0.5")
  }

  func testLabelsBelowTheThresholdAreLeftOut() {
    var answers = TopAnswers(share: 1)
    answers.add("a", [0.25, 0, 0.5, 0.25])
    XCTAssertEqual(told(answers.best(labels, count: 3, threshold: 0.3)), "key 0.5")
    XCTAssertEqual(told(answers.best(labels, count: 3, threshold: 0.5)), "key 0.5")
    XCTAssertEqual(answers.best(labels, count: 3, threshold: 0.6), [])
  }

  func testNewAnswersCountForTheirShare() {
    var answers = TopAnswers(share: 0.25)
    answers.add("a", [1, 0, 0, 0])
    answers.add("a", [0, 1, 0, 0])
    XCTAssertEqual(told(answers.best(labels, count: 2, threshold: 0.01)), "cup 0.75 hat 0.25")
    for _ in 0..<100 { answers.add("a", [0, 1, 0, 0]) }
    XCTAssertEqual(answers.best(labels, count: 1, threshold: 0.99).first?.label, "hat")
  }

  func testAnotherModelBeginsAnew() {
    var answers = TopAnswers(share: 0.25)
    answers.add("a", [1, 0, 0, 0])
    answers.add("b", [0, 0, 0, 1])
    XCTAssertEqual(told(answers.best(labels, count: 3, threshold: 0.01)), "pen 1.0")
  }

  func testNothingBeforeTheFirstAnswer() {
    XCTAssertEqual(TopAnswers(share: 1).best(labels, count: 3, threshold: 0), [])
  }

  func testLatencyLooksAtTheLastOnes() {
    var latency = Latency(window: 4)
    XCTAssertTrue(latency.isEmpty)
    for time in [900.0, 1, 2, 3, 4] { latency.add(time) }
    XCTAssertEqual(latency.quantile(0.5), 2)
    XCTAssertEqual(latency.quantile(0.95), 4)
  }
}
