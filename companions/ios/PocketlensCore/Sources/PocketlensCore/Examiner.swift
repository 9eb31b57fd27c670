import Foundation

/// Answers the studio's requests, and holds the app's own answers against the desktop's.
public final class Examiner {
  /// How a model's answers to golden photos compare with the desktop's.
  public struct GoldenOutcome: Equatable {
    public let photos: Int
    public let largestDifference: Double
    public let same: Bool
  }

  private struct Result: Encodable {
    struct Times: Encodable {
      let p50: Double
      let p95: Double
    }

    struct Answer: Encodable {
      let photo: String
      var probabilities: [Double]?
      var problem: String?
    }

    struct Run: Encodable {
      let model: String
      let runtime: String
      let latencyMs: Times
      let memoryBytes: Int?
      let thermalState: DeviceFacts.ThermalState?
      let answers: [Answer]
      let problem: String?
    }

    let `protocol` = ProtocolVersion.current
    let id: String
    let at: String
    let runs: [Run]
  }

  private let folder: URL
  private let store: ModelStore
  private let engine: Engine
  private let decoder: PhotoDecoder
  private let facts: () -> DeviceFacts

  /// `facts` are asked for after each run.
  public init(
    folder: URL, store: ModelStore, engine: Engine, decoder: PhotoDecoder,
    facts: @escaping () -> DeviceFacts
  ) {
    self.folder = folder
    self.store = store
    self.engine = engine
    self.decoder = decoder
    self.facts = facts
  }

  /// Answers the next request that has no result yet, the manifest's own one first. Gives its id; nil when
  /// there is none. Throws when the answers can't be written.
  public func answerNext(at: Date) throws -> String? {
    for file in requests() {
      // The studio waits in vain for one that can't be read, and says so; the other requests are answered.
      guard let text = try? Files.bytes(file), let request = try? Request.read(text) else { continue }
      let result = folder.appendingPathComponent("results/\(request.id).json")
      if Files.exists(result) { continue }
      let runs = request.models.map { run($0, request.photos) }
      try Files.write(result, message: Result(id: request.id, at: Outbox.time(at), runs: runs))
      return request.id
    }
    return nil
  }

  /// nil when the studio has sent none for this model, or one that can't be read.
  public func checkGolden(_ classifier: Classifier) -> GoldenOutcome? {
    let file = folder.appendingPathComponent("golden/\(classifier.contract.sha256).json")
    do {
      let golden = try Golden.read(Files.bytes(file))
      var largest = 0.0
      for row in golden.photos {
        let answer = try classifier.answer(open(row.photo)).probabilities
        if row.expected.count != answer.count {
          return GoldenOutcome(photos: golden.photos.count, largestDifference: 1, same: false)
        }
        for (expected, said) in zip(row.expected, answer) {
          largest = max(largest, abs(expected - Double(said)))
        }
      }
      return GoldenOutcome(
        photos: golden.photos.count, largestDifference: largest, same: largest <= golden.bound)
    } catch {
      return nil
    }
  }

  private func requests() -> [URL] {
    var files: [URL] = []
    if let check = store.manifest?.check { files.append(folder.appendingPathComponent(check)) }
    let others = folder.appendingPathComponent("requests")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: others.path)) ?? []
    for name in names.sorted() where !name.hasPrefix(".") && name.hasSuffix(".json") {
      files.append(others.appendingPathComponent(name))
    }
    return files
  }

  private func run(_ model: String, _ photos: [AskedPhoto]) -> Result.Run {
    var latency = Latency(window: max(1, photos.count))
    var answers: [Result.Answer] = []
    var problem: String?
    do {
      let classifier = try store.open(model)
      defer { classifier.close() }
      answers = photos.map { answer($0, classifier, &latency) }
    } catch {
      problem = error.localizedDescription
    }
    let device = facts()
    return Result.Run(
      model: model, runtime: engine.name,
      latencyMs: Result.Times(p50: latency.quantile(0.5), p95: latency.quantile(0.95)),
      memoryBytes: device.memoryBytes, thermalState: device.thermalState, answers: answers,
      problem: problem)
  }

  private func answer(
    _ photo: AskedPhoto, _ classifier: Classifier, _ latency: inout Latency
  ) -> Result.Answer {
    do {
      let said = try classifier.answer(open(photo))
      latency.add(said.milliseconds)
      return Result.Answer(photo: photo.sha256, probabilities: said.probabilities.map(Double.init))
    } catch {
      return Result.Answer(photo: photo.sha256, problem: error.localizedDescription)
    }
  }

  private func open(_ asked: AskedPhoto) throws -> Photo {
    let file = folder.appendingPathComponent(asked.file)
    if !Files.exists(file) { throw Problem("The photo is not there.") }
    let bytes = try Files.bytes(file)
    if Files.sha256(bytes) != asked.sha256 { throw Problem("The photo has another hash.") }
    return try decoder.decode(bytes).upright(ExifOrientation.of(bytes))
  }
}
