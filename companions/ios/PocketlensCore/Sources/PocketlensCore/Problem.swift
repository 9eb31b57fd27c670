import Foundation

/// What went wrong, as a sentence for people.
public struct Problem: LocalizedError {
  private let sentence: String

  public init(_ sentence: String) {
    self.sentence = sentence
  }

  public var errorDescription: String? { sentence }
}
