import AVFoundation
import PocketlensCore
import PocketlensPhotos
import SwiftUI

/// What the only screen shows, and what its buttons do. Used on the main thread.
final class ScreenModel: ObservableObject, CompanionListener {
  /// Why there is no live view.
  enum Notice: Equatable {
    case text(String)
    /// With the button that asks for the camera.
    case permission
  }

  /// A list to choose from, each of one moment: a push may come in between.
  enum Choice: Identifiable {
    case models
    case correction(Companion.Moment)
    case collection

    var id: String {
      switch self {
      case .models: return "models"
      case .correction: return "correction"
      case .collection: return "collection"
      }
    }
  }

  @Published var choice: Choice?
  /// Of the camera, as it stands on the screen; of no size before the first one.
  @Published private(set) var picture = CGSize.zero
  @Published private(set) var state = Companion.State.unknown
  @Published private(set) var best: [TopAnswers.Top] = []
  @Published private(set) var times: Companion.Times?
  @Published private(set) var notice: Notice? = .text(Texts.noModel)
  @Published private(set) var collecting: String?
  /// Of the last photo that was kept or not.
  @Published private(set) var told: String?
  @Published private(set) var feed: CameraFeed?
  @Published var percent: Double {
    didSet {
      UserDefaults.standard.set(percent, forKey: ScreenModel.percentKey)
      companion?.setThreshold(Float(percent / 100))
    }
  }
  @Published private(set) var front: Bool {
    didSet { UserDefaults.standard.set(front, forKey: ScreenModel.frontKey) }
  }

  private static let percentKey = "threshold"
  private static let frontKey = "front"
  private static let tellSeconds = 2.5

  private var companion: Companion?
  private var cameraProblem: String?

  init() {
    let kept = UserDefaults.standard
    percent = kept.object(forKey: ScreenModel.percentKey) as? Double ?? 30
    front = kept.bool(forKey: ScreenModel.frontKey)
  }

  func start() {
    if companion != nil { return }
    do {
      let companion = try makeCompanion()
      self.companion = companion
      companion.setThreshold(Float(percent / 100))
      companion.start()
      feed = CameraFeed(
        worker: companion.worker, frames: { [weak companion] in companion?.onFrame($0) },
        sized: { [weak self] in self?.picture = $0 },
        changed: { [weak self] in self?.onCamera(works: $0) })
      startCamera()
      // Nobody touches it while it is pointed at things, or answers the studio.
      UIApplication.shared.isIdleTimerDisabled = true
    } catch {
      notice = .text(Texts.noFolder)
    }
  }

  func stop() {
    feed?.stop()
    companion?.stop()
    feed = nil
    companion = nil
    UIApplication.shared.isIdleTimerDisabled = false
  }

  /// Documents/models is where the studio writes: it must be there before the first push.
  private func makeCompanion() throws -> Companion {
    let files = FileManager.default
    let folder = try files.url(
      for: .documentDirectory, in: .userDomainMask, appropriateFor: nil, create: true
    ).appendingPathComponent("models")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let own = try files.url(
      for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
    let version = Bundle.main.infoDictionary?["CFBundleShortVersionString"] as? String
    return Companion(
      folder: folder, privateFolder: own, version: version ?? "unknown",
      parts: Companion.Parts(
        engine: LiteRtEngine(), decoder: Bitmaps(), encode: Bitmaps.jpeg, facts: Device.facts),
      main: .main, listener: self)
  }

  func flip() {
    front.toggle()
    startCamera()
  }

  func switchTo(_ model: Manifest.Entry) {
    companion?.switchTo(model.sha256)
  }

  /// nil ends collecting.
  func collect(_ label: String?) {
    collecting = label
  }

  /// The picture is that of now: it goes on changing while somebody looks for the label.
  func askForCorrection() {
    if state.running != nil && collecting == nil { companion?.freeze() }
  }

  func correct(_ moment: Companion.Moment, _ label: String) {
    companion?.correct(moment, label)
  }

  /// A picture of what is collected; asks for its label first.
  func shoot() {
    if let label = collecting {
      companion?.collect(label)
    } else {
      choice = .collection
    }
  }

  /// Whoever said no is not asked by iOS any more, but can say yes in its settings.
  func allowCamera() {
    if AVCaptureDevice.authorizationStatus(for: .video) == .notDetermined {
      AVCaptureDevice.requestAccess(for: .video) { _ in
        DispatchQueue.main.async { self.startCamera() }
      }
    } else if let settings = URL(string: UIApplication.openSettingsURLString) {
      UIApplication.shared.open(settings)
    }
  }

  private var mayUseCamera: Bool {
    AVCaptureDevice.authorizationStatus(for: .video) == .authorized
  }

  private func startCamera() {
    cameraProblem = nil
    if let device = CameraFeed.find(front: front) {
      if mayUseCamera { feed?.start(device) }
    } else {
      cameraProblem = Texts.noCamera
    }
    updateNotice()
  }

  private func onCamera(works: Bool) {
    cameraProblem = works ? nil : Texts.cameraFailed
    updateNotice()
  }

  private func updateNotice() {
    if state.running == nil {
      notice = .text(Texts.noModel)
    } else if let problem = cameraProblem {
      notice = .text(problem)
    } else {
      notice = mayUseCamera ? nil : .permission
    }
  }

  func onState(_ state: Companion.State) {
    self.state = state
    // The labels of another push may be others.
    if let label = collecting, state.running != nil, !state.labels.contains(label) { collecting = nil }
    updateNotice()
  }

  func onAnswers(_ best: [TopAnswers.Top], _ latency: Companion.Times) {
    self.best = best
    times = latency
  }

  func onFrozen(_ moment: Companion.Moment) {
    choice = .correction(moment)
  }

  func onKept(_ label: String?, problem: String?) {
    let text = problem.map(Texts.notSaved) ?? Texts.saved(label ?? "")
    told = text
    DispatchQueue.main.asyncAfter(deadline: .now() + ScreenModel.tellSeconds) {
      if self.told == text { self.told = nil }
    }
  }

  /// The model that runs and its times; empty before the first answer.
  var facts: String {
    guard let model = state.running, let times = times else { return "" }
    return Texts.facts(ScreenModel.name(of: model), p50: times.p50, p95: times.p95)
  }

  var status: String {
    if let told = told { return told }
    if let refusal = state.refusal { return Texts.refused(refusal) }
    if let trouble = state.trouble { return trouble }
    guard let golden = state.golden else { return "" }
    return golden.same ? Texts.goldenSame : Texts.goldenDifferent(golden.largestDifference)
  }

  /// Whether the answers are of the newest push, and to be trusted.
  var isWell: Bool {
    state.refusal == nil && state.trouble == nil && state.golden?.same != false
  }

  static func name(of model: Manifest.Entry) -> String {
    "\(model.name) · \(model.precision.rawValue)"
  }
}
