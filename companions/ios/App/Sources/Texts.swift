import Foundation

/// Every text of the app.
enum Texts {
  static let noModel =
    "No model yet.\n\nOn the computer: plug this iPhone in, open Deploy in Pocketlens Studio and push a model to Pocketlens companion. It appears here by itself."
  static let noCamera =
    "This device has no camera. Models are still swapped, and the studio’s questions answered."
  static let noPermission =
    "The live view needs the camera. Photos stay on this iPhone until the studio on your computer fetches those you label."
  static let cameraFailed =
    "The camera is used by another app, or does not answer. Close the other app and come back."
  static let noFolder = "This iPhone’s storage can’t be written to. Free some space and start the app again."
  static let allow = "Allow the camera"
  static let front = "Front"
  static let rear = "Rear"
  static let models = "Models"
  static let correct = "Correct"
  static let collect = "Collect"
  static let shootEnd = "End collecting"
  static let whichLabel = "What is it?"
  static let cancel = "Cancel"
  static let unsure = "Nothing above the threshold"
  static let goldenSame = "Golden photos: as on the desktop"

  static let answeredPhoto = "The picture that was answered"

  static func said(_ label: String, _ share: Float) -> String {
    "The model said \(label), \(percent(share))."
  }

  static func shoot(_ label: String) -> String { "Shoot: \(label)" }
  static func saved(_ label: String) -> String { "Kept for the studio as \(label)" }
  static func notSaved(_ problem: String) -> String { "Not kept: \(problem)" }
  static func threshold(_ percent: Int) -> String { "From \(percent) % on" }
  static func percent(_ share: Float) -> String { "\(Int((100 * share).rounded())) %" }
  static func refused(_ problem: String) -> String { "The newest push was refused: \(problem)" }

  static func facts(_ model: String, p50: Double, p95: Double) -> String {
    String(format: "%@ · %.1f ms, 95 of 100 within %.1f ms", model, p50, p95)
  }

  static func goldenDifferent(_ difference: Double) -> String {
    String(format: "Golden photos: other answers than on the desktop, by up to %.3f", difference)
  }
}
