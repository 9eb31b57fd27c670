import Foundation

/// A file of the studio that can't be used, and why.
public struct UnreadableMessage: LocalizedError {
  /// What is wrong with it, in the words of the vectors' messages.json.
  public enum Reason: String {
    /// Written by a studio with a newer major version of the protocol.
    case newer
    case broken
  }

  public let reason: Reason
  private let sentence: String

  public var errorDescription: String? { sentence }

  static func broken(_ what: String) -> UnreadableMessage {
    UnreadableMessage(reason: .broken, sentence: "A file from the studio is broken: \(what).")
  }

  static var newer: UnreadableMessage {
    UnreadableMessage(
      reason: .newer,
      sentence: "The studio is newer than this app. Update the app as docs/iphone-app.md says.")
  }
}
