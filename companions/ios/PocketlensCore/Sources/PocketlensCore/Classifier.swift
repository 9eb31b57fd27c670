import Foundation

/// A loaded model together with its contract.
public final class Classifier {
  /// What a model said, and how long its inference took.
  public struct Answer {
    /// One a label, 0 to 1.
    public let probabilities: [Float]
    /// Of the inference alone.
    public let milliseconds: Double
  }

  public let contract: Contract
  private let session: EngineSession

  private init(_ contract: Contract, _ session: EngineSession) {
    self.contract = contract
    self.session = session
  }

  /// Loads a model, whose bytes must have the hash it is named by and whose tensors must be those of its
  /// contract. Throws with a sentence that says what does not match.
  static func open(_ folder: URL, _ model: ModelFiles, _ engine: Engine) throws -> Classifier {
    let file = folder.appendingPathComponent(model.file)
    if !Files.exists(file) { throw Problem("The file of \(model.name) is not there.") }
    if try Files.sha256(file) != model.sha256 {
      throw Problem("The file of \(model.name) has another hash than the manifest says.")
    }
    let contractFile = folder.appendingPathComponent(model.contract)
    if !Files.exists(contractFile) { throw Problem("The contract of \(model.name) is not there.") }
    let contract = try Contract.read(Files.bytes(contractFile))
    if contract.sha256 != model.sha256 {
      throw Problem("The contract of \(model.name) is that of another model.")
    }
    let session = try engine.open(file)
    do {
      let preprocessing = contract.preprocessing
      let recipe = preprocessing.recipe
      try requireBytes(
        "input", model.name, session.inputBytes,
        recipe.width * recipe.height * 3 * preprocessing.encoding.input.bytesPerValue)
      try requireBytes(
        "output", model.name, session.outputBytes,
        preprocessing.labels.count * preprocessing.output.bytesPerValue)
      return Classifier(contract, session)
    } catch {
      session.close()
      throw error
    }
  }

  private static func requireBytes(_ tensor: String, _ name: String, _ found: Int, _ needed: Int) throws {
    if found == needed { return }
    throw Problem("The \(tensor) of \(name) has \(found) bytes, and its contract says \(needed).")
  }

  /// `photo` upright.
  public func answer(_ photo: Photo) throws -> Answer {
    let preprocessing = contract.preprocessing
    let pixels = ModelInput.pixels(photo, preprocessing.recipe)
    let input = ModelInput.tensor(pixels, preprocessing.encoding)
    let before = DispatchTime.now().uptimeNanoseconds
    let output = try session.run(input)
    let milliseconds = Double(DispatchTime.now().uptimeNanoseconds - before) / 1e6
    return Answer(
      probabilities: ModelInput.probabilities(
        output, preprocessing.output, labels: preprocessing.labels.count),
      milliseconds: milliseconds)
  }

  public func close() {
    session.close()
  }
}
