import Foundation

/// The models in the folder that the studio writes to, and the one that runs. A new model is loaded
/// before the old one is let go of; one that does not match is refused, and the old one goes on. Used by
/// one queue.
public final class ModelStore {
  /// What became of a look at the folder.
  public enum Outcome {
    case unchanged
    case swapped
    /// `problem` says why; what ran before still runs.
    case refused
    /// No studio has pushed anything yet.
    case empty
  }

  /// nil before the first model.
  public private(set) var running: Classifier?
  /// nil before the first one that was good.
  public private(set) var manifest: Manifest?
  /// Why the newest push was refused; nil when it was not.
  public private(set) var problem: String?

  private let folder: URL
  private let engine: Engine
  /// The last manifest whose model ran, kept over restarts.
  private let lastGood: URL
  /// Hash of the model of that push that a person switched to, kept over restarts, too.
  private let chosen: URL
  private var seen: Data?

  /// `privateFolder` of the app, where the studio does not write.
  public init(folder: URL, privateFolder: URL, engine: Engine) {
    self.folder = folder
    self.engine = engine
    lastGood = privateFolder.appendingPathComponent("last-good-manifest.json")
    chosen = privateFolder.appendingPathComponent("chosen-model")
  }

  /// Looks whether the manifest is another one than before, by its content, and follows it.
  public func refresh() -> Outcome {
    let file = folder.appendingPathComponent("manifest.json")
    if !Files.exists(file) { return running == nil ? .empty : .unchanged }
    guard let text = try? Files.bytes(file), text != seen else { return .unchanged }
    seen = text
    do {
      let next = try Manifest.read(text)
      if Files.exists(lastGood), try Files.bytes(lastGood) == text {
        try loadChosen(next)
      } else {
        try load(next, next.active)
        try? FileManager.default.removeItem(at: chosen)
        try Files.write(lastGood, text)
      }
      manifest = next
      return .swapped
    } catch {
      if running == nil { goBack() }
      problem = error.localizedDescription
      return .refused
    }
  }

  /// Runs another model of the manifest, until the next push. Gives whether it does; else `problem` says why.
  @discardableResult
  public func switchTo(_ sha256: String) -> Bool {
    do {
      try load(manifest, sha256)
    } catch {
      problem = error.localizedDescription
      return false
    }
    // Where it can't be written it runs all the same; after a restart the studio's own choice does.
    try? Files.write(chosen, Data(sha256.utf8))
    return true
  }

  /// Loads any model of the folder beside the one that runs; the caller closes it. Requests may name models
  /// that the manifest does not.
  func open(_ sha256: String) throws -> Classifier {
    let listed = manifest?.model(sha256).map(ModelFiles.init)
    return try Classifier.open(folder, listed ?? ModelFiles(unlisted: sha256), engine)
  }

  public func close() {
    running?.close()
    running = nil
  }

  private func load(_ from: Manifest?, _ sha256: String) throws {
    guard let entry = from?.model(sha256) else {
      throw Problem("The manifest does not list the model it asks for.")
    }
    let next = try Classifier.open(folder, ModelFiles(entry), engine)
    running?.close()
    running = next
    problem = nil
  }

  /// Of a push that ran before: an app that was in the background, or is started anew, goes on with its model.
  private func loadChosen(_ again: Manifest) throws {
    // Where it is gone, the one that the studio asked for may be there still.
    if let sha256 = try? Files.bytes(chosen),
      (try? load(again, String(decoding: sha256, as: UTF8.self))) != nil
    { return }
    try load(again, again.active)
  }

  /// After a restart nothing runs yet: what was good then is there still.
  private func goBack() {
    do {
      let good = try Manifest.read(Files.bytes(lastGood))
      try loadChosen(good)
      manifest = good
    } catch {
      // The reason to tell is why the newest was refused, not that there is nothing to go back to.
    }
  }
}
