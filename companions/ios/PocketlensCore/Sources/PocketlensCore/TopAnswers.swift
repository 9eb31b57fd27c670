/// The most probable labels of a stream of answers, smoothed so that they do not flicker: each new answer
/// counts for a fixed share, the ones before it for the rest.
public struct TopAnswers {
  public struct Top: Equatable {
    public let label: String
    public let probability: Float
  }

  private let share: Float
  private var model: String?
  private var smoothed: [Float] = []

  /// `share` above 0; 1 smooths nothing.
  public init(share: Float) {
    precondition(share > 0 && share <= 1)
    self.share = share
  }

  /// Takes in an answer of a model; that of another model than before begins anew.
  public mutating func add(_ sha256: String, _ probabilities: [Float]) {
    if sha256 != model || smoothed.count != probabilities.count {
      model = sha256
      smoothed = probabilities
      return
    }
    for i in smoothed.indices { smoothed[i] += share * (probabilities[i] - smoothed[i]) }
  }

  /// At most `count` labels, the most probable first; of equals the first label. Labels below `threshold`
  /// are left out.
  public func best(_ labels: [String], count: Int, threshold: Float) -> [Top] {
    // Swift's sort keeps the order of equals, but does not promise to.
    let ranked = zip(labels, smoothed).enumerated()
      .filter { $0.element.1 >= threshold }
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
    return ranked.prefix(count).map { Top(label: $0.element.0, probability: $0.element.1) }
  }
}
