import Foundation

/// What runs model files: LiteRT on a phone. Used by one queue.
public protocol Engine {
  /// For results, with its version.
  var name: String { get }

  /// Throws when the file is no model that can be run, with a sentence why.
  func open(_ model: URL) throws -> EngineSession
}

/// A model in memory.
public protocol EngineSession: AnyObject {
  /// Bytes of the input tensor.
  var inputBytes: Int { get }
  /// Bytes of the output tensor.
  var outputBytes: Int { get }

  /// One inference: of just `inputBytes`, gives just `outputBytes`.
  func run(_ input: Data) throws -> Data

  /// Lets go of the model's memory.
  func close()
}
