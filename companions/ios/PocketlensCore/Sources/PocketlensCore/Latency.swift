/// Times of the last inferences, in milliseconds.
public struct Latency {
  private let window: Int
  private var times: [Double] = []
  private var count = 0

  /// `window`: how many of the last are looked at.
  public init(window: Int) {
    self.window = window
  }

  public mutating func add(_ milliseconds: Double) {
    if times.count < window { times.append(milliseconds) } else { times[count % window] = milliseconds }
    count += 1
  }

  public var isEmpty: Bool { times.isEmpty }

  /// `share` 0.5 for the median; the nearest rank. 0 when there are none.
  public func quantile(_ share: Double) -> Double {
    if times.isEmpty { return 0 }
    let rank = Int((share * Double(times.count)).rounded(.up))
    return times.sorted()[max(0, rank - 1)]
  }
}
