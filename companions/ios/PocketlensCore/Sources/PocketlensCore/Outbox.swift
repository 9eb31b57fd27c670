import Foundation

/// What the app tells the studio: status and feedback, as files in the folder.
public struct Outbox {
  private struct Status: Encodable {
    struct App: Encodable {
      let name = "Pocketlens companion"
      let version: String
    }

    let `protocol` = ProtocolVersion.current
    let at: String
    let app: App
    let state: String
    let running: String?
    let problem: String?
  }

  private struct Feedback: Encodable {
    let `protocol` = ProtocolVersion.current
    let photo: AskedPhoto
    let at: String
    let model: String?
    let answered: String?
    let probability: Float?
    let label: String
  }

  private let folder: URL
  private let version: String

  /// `version` of the app.
  public init(folder: URL, version: String) {
    self.folder = folder
    self.version = version
  }

  /// `running`: hash of the model; nil when none runs. `problem`: nil when all is well.
  public func writeStatus(running: String?, problem: String?, at: Date) throws {
    let status = Status(
      at: Outbox.time(at), app: Status.App(version: version),
      state: problem == nil ? "idle" : "failed", running: running, problem: problem)
    try Files.write(folder.appendingPathComponent("status.json"), message: status)
  }

  /// Hands over a photo with what a person says it shows, for the studio's inbox.
  ///
  /// - Parameters:
  ///   - jpeg: the photo's file.
  ///   - model: hash of the model that answered; nil in collect mode.
  ///   - answered: what the model said, and how surely; nil like `model`.
  ///   - label: what the person said.
  /// - Returns: the name of the message's file.
  @discardableResult
  public func writeFeedback(
    jpeg: Data, model: String?, answered: TopAnswers.Top?, label: String, at: Date
  ) throws -> String {
    let sha256 = Files.sha256(jpeg)
    let photo = AskedPhoto(file: "feedback/\(sha256).jpg", sha256: sha256)
    let milliseconds = Int64((at.timeIntervalSince1970 * 1000).rounded())
    let name = "feedback/\(milliseconds)-\(sha256.prefix(12)).json"
    let feedback = Feedback(
      photo: photo, at: Outbox.time(at), model: model, answered: answered?.label,
      probability: answered?.probability, label: label)
    // The photo first: the message says that it is there.
    try Files.write(folder.appendingPathComponent(photo.file), jpeg)
    try Files.write(folder.appendingPathComponent(name), message: feedback)
    return name
  }

  static func time(_ at: Date) -> String {
    let format = ISO8601DateFormatter()
    format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return format.string(from: at)
  }
}
