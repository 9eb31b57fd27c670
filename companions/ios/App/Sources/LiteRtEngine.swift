import Foundation
import PocketlensCore
import TensorFlowLite

/// Runs models with TensorFlow Lite (LiteRT) on the processor.
final class LiteRtEngine: Engine {
  var name: String { "TensorFlow Lite \(TensorFlowLite.Runtime.version)" }

  func open(_ model: URL) throws -> EngineSession {
    do {
      return try Session(model)
    } catch {
      throw Problem("LiteRT can’t load this model: \(error.localizedDescription)")
    }
  }

  private final class Session: EngineSession {
    let inputBytes: Int
    let outputBytes: Int
    /// nil once it is closed: its memory is freed with it.
    private var interpreter: Interpreter?

    init(_ model: URL) throws {
      var options = Interpreter.Options()
      options.threadCount = min(4, max(1, ProcessInfo.processInfo.activeProcessorCount / 2))
      let interpreter = try Interpreter(modelPath: model.path, options: options)
      try interpreter.allocateTensors()
      inputBytes = try interpreter.input(at: 0).data.count
      // An output may have no bytes before the first inference.
      try interpreter.copy(Data(count: inputBytes), toInputAt: 0)
      try interpreter.invoke()
      outputBytes = try interpreter.output(at: 0).data.count
      self.interpreter = interpreter
    }

    func run(_ input: Data) throws -> Data {
      guard let interpreter = interpreter else { throw Problem("The model was let go of.") }
      do {
        try interpreter.copy(input, toInputAt: 0)
        try interpreter.invoke()
        return try interpreter.output(at: 0).data
      } catch {
        throw Problem("LiteRT can’t run this model: \(error.localizedDescription)")
      }
    }

    func close() {
      interpreter = nil
    }
  }
}
