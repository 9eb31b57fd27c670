/// Where in the folder a model and its contract lie.
struct ModelFiles {
  let sha256: String
  /// For people.
  let name: String
  let file: String
  let contract: String

  init(_ entry: Manifest.Entry) {
    sha256 = entry.sha256
    name = entry.name
    file = entry.file
    contract = entry.contract
  }

  /// Of one that the manifest does not list, by how the protocol names them.
  init(unlisted sha256: String) {
    self.sha256 = sha256
    name = "model \(sha256.prefix(8))"
    file = "\(sha256).tflite"
    contract = "\(sha256).json"
  }
}
