import Foundation

/// Told on the main queue what goes on behind the screen.
public protocol CompanionListener: AnyObject {
  func onState(_ state: Companion.State)
  func onAnswers(_ best: [TopAnswers.Top], _ latency: Companion.Times)
  /// To `freeze`.
  func onFrozen(_ moment: Companion.Moment)
  /// `label` nil when there was no picture to say something of; `problem` nil when it was kept.
  func onKept(_ label: String?, problem: String?)
}

/// What goes on behind the screen, on a queue of its own: looks for pushes once a second, answers the
/// studio, and answers frames.
public final class Companion {
  /// All that the screen shows.
  public struct State {
    public let models: [Manifest.Entry]
    /// nil before the first model.
    public let running: Manifest.Entry?
    public let labels: [String]
    /// nil when there is nothing to compare with.
    public let golden: Examiner.GoldenOutcome?
    /// Side of the square that the model is shown, as a share of a picture's short side.
    public let cropFraction: Double
    /// Why the newest push was refused; nil when it was not.
    public let refusal: String?
    /// What else does not work; nil when all does.
    public let trouble: String?

    /// Before the first look.
    public static let unknown = State(
      models: [], running: nil, labels: [], golden: nil, cropFraction: 1, refusal: nil, trouble: nil)
  }

  /// A picture that is to be corrected, with what the model says to just this one.
  public struct Moment {
    public let frame: Photo
    /// Hash of the model that was asked; nil in collect mode.
    let model: String?
    /// nil like `model`.
    public let answered: TopAnswers.Top?
  }

  /// Of the last inferences, in milliseconds.
  public struct Times {
    public let p50: Double
    public let p95: Double
  }

  /// What the phone has to lend.
  public struct Parts {
    let engine: Engine
    let decoder: PhotoDecoder
    /// A photo as a JPEG file.
    let encode: (Photo) throws -> Data
    let facts: () -> DeviceFacts

    public init(
      engine: Engine, decoder: PhotoDecoder, encode: @escaping (Photo) throws -> Data,
      facts: @escaping () -> DeviceFacts
    ) {
      self.engine = engine
      self.decoder = decoder
      self.encode = encode
      self.facts = facts
    }
  }

  private static let lookEvery = DispatchTimeInterval.milliseconds(1000)
  private static let shown = 3
  /// How many of the last inferences the times are of.
  private static let window = 50
  /// Of a new answer: at ten frames a second the screen follows within half a second.
  private static let share: Float = 0.35

  /// For frames, which are to come on this queue.
  public let worker = DispatchQueue(label: "companion", qos: .userInitiated)
  private let main: DispatchQueue
  private let parts: Parts
  private let store: ModelStore
  private let examiner: Examiner
  private let outbox: Outbox
  private weak var listener: CompanionListener?
  private var top = TopAnswers(share: Companion.share)
  private var latency = Latency(window: Companion.window)
  private var golden: Examiner.GoldenOutcome?
  private var lastFrame: Photo?
  private var failing = false
  private var threshold: Float = 0
  private var stopped = false

  /// `version` of the app. `main`: the queue on which the listener is told.
  public init(
    folder: URL, privateFolder: URL, version: String, parts: Parts, main: DispatchQueue,
    listener: CompanionListener
  ) {
    self.parts = parts
    self.main = main
    self.listener = listener
    store = ModelStore(folder: folder, privateFolder: privateFolder, engine: parts.engine)
    examiner = Examiner(
      folder: folder, store: store, engine: parts.engine, decoder: parts.decoder, facts: parts.facts)
    outbox = Outbox(folder: folder, version: version)
  }

  public func start() {
    worker.async { self.look() }
  }

  /// Lets go of the model, once what is being done is done.
  public func stop() {
    worker.async {
      self.stopped = true
      self.store.close()
    }
  }

  public func setThreshold(_ from: Float) {
    worker.async { self.threshold = from }
  }

  public func switchTo(_ sha256: String) {
    worker.async {
      if self.stopped { return }
      self.store.switchTo(sha256)
      self.afterSwap()
    }
  }

  /// On the worker's queue.
  public func onFrame(_ frame: Photo) {
    lastFrame = frame
    guard let running = store.running else { return }
    do {
      let answer = try running.answer(frame)
      latency.add(answer.milliseconds)
      top.add(running.contract.sha256, answer.probabilities)
      let labels = running.contract.preprocessing.labels
      let best = top.best(labels, count: Companion.shown, threshold: threshold)
      let times = Times(p50: latency.quantile(0.5), p95: latency.quantile(0.95))
      main.async { self.listener?.onAnswers(best, times) }
      if failing { tell(nil) }
      failing = false
    } catch {
      failing = true
      tell(error.localizedDescription)
    }
  }

  /// Holds on to the frame of now and tells of it: what a person says while the camera goes on is said of this one.
  public func freeze() {
    worker.async {
      do {
        let moment = try self.momentNow()
        self.main.async { self.listener?.onFrozen(moment) }
      } catch {
        self.main.async { self.listener?.onKept(nil, problem: error.localizedDescription) }
      }
    }
  }

  /// Keeps a frozen frame for the studio's inbox, with what the model said and what it should have said.
  public func correct(_ moment: Moment, _ label: String) {
    worker.async { self.handOver(moment, label) }
  }

  /// Keeps the frame of now for the studio's inbox.
  public func collect(_ label: String) {
    worker.async {
      do {
        self.handOver(Moment(frame: try self.frameOfNow(), model: nil, answered: nil), label)
      } catch {
        self.main.async { self.listener?.onKept(label, problem: error.localizedDescription) }
      }
    }
  }

  private func frameOfNow() throws -> Photo {
    guard let frame = lastFrame else { throw Problem("the camera has given no picture yet") }
    return frame
  }

  private func momentNow() throws -> Moment {
    let frame = try frameOfNow()
    guard let running = store.running else { throw Problem("there is no model yet") }
    var alone = TopAnswers(share: 1)
    alone.add(running.contract.sha256, try running.answer(frame).probabilities)
    let labels = running.contract.preprocessing.labels
    return Moment(
      frame: frame, model: running.contract.sha256,
      answered: alone.best(labels, count: 1, threshold: 0).first)
  }

  private func handOver(_ moment: Moment, _ label: String) {
    let problem: String?
    do {
      try outbox.writeFeedback(
        jpeg: parts.encode(moment.frame), model: moment.model, answered: moment.answered,
        label: label, at: Date())
      problem = nil
    } catch {
      problem = error.localizedDescription
    }
    main.async { self.listener?.onKept(label, problem: problem) }
  }

  private func look() {
    if stopped { return }
    if store.refresh() != .unchanged { afterSwap() }
    do {
      // Until all are answered.
      while try examiner.answerNext(at: Date()) != nil {}
    } catch {
      tell(error.localizedDescription)
    }
    worker.asyncAfter(deadline: .now() + Companion.lookEvery) { [weak self] in self?.look() }
  }

  private func afterSwap() {
    latency = Latency(window: Companion.window)
    golden = store.running.flatMap(examiner.checkGolden)
    do {
      try outbox.writeStatus(
        running: store.running?.contract.sha256, problem: store.problem, at: Date())
      tell(nil)
    } catch {
      tell(error.localizedDescription)
    }
  }

  private func tell(_ trouble: String?) {
    let state = State(
      models: store.manifest?.models ?? [],
      running: store.running.flatMap { store.manifest?.model($0.contract.sha256) },
      labels: store.running?.contract.preprocessing.labels ?? [],
      golden: golden,
      cropFraction: store.running?.contract.preprocessing.recipe.cropFraction ?? 1,
      refusal: store.problem,
      trouble: trouble)
    main.async { self.listener?.onState(state) }
  }
}
