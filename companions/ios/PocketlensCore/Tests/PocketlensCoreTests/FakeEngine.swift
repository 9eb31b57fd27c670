import Foundation

@testable import PocketlensCore

/// Runs the models of the vectors without LiteRT: certain of the label that its input's bytes add up to.
final class FakeEngine: Engine {
  /// What was opened and closed, by the beginning of its hash.
  var log: [String] = []
  /// While it is set, no model can be run.
  var broken = false

  let name = "Fake 1.0"

  func open(_ model: URL) throws -> EngineSession {
    let contract = try Contract.read(
      Files.bytes(model.deletingPathExtension().appendingPathExtension("json")))
    let session = Session(self, isFloat: contract.precision == .float32, contract.sha256.prefix(4))
    log.append("open \(session.name)")
    return session
  }

  private final class Session: EngineSession {
    let name: Substring
    private let engine: FakeEngine
    private let isFloat: Bool

    init(_ engine: FakeEngine, isFloat: Bool, _ name: Substring) {
      self.engine = engine
      self.isFloat = isFloat
      self.name = name
    }

    var inputBytes: Int { 8 * 8 * 3 * (isFloat ? 4 : 1) }
    var outputBytes: Int { 4 * (isFloat ? 4 : 1) }

    func run(_ input: Data) throws -> Data {
      if engine.broken { throw Problem("The engine is broken.") }
      let answer = input.reduce(0) { $0 + Int($1) } % 4
      if !isFloat { return Data((0..<4).map { UInt8(bitPattern: $0 == answer ? 127 : -128) }) }
      let values = (0..<4).map { Float($0 == answer ? 1 : 0).bitPattern.littleEndian }
      return values.withUnsafeBytes { Data($0) }
    }

    func close() {
      engine.log.append("close \(name)")
    }
  }
}
