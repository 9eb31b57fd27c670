package studio.pocketlens.companion.core;

/** Where in the folder a model and its contract lie. */
final class ModelFiles {
  final String sha256;
  /** For people. */
  final String name;
  final String file;
  final String contract;

  private ModelFiles(String sha256, String name, String file, String contract) {
    this.sha256 = sha256;
    this.name = name;
    this.file = file;
    this.contract = contract;
  }

  static ModelFiles of(Manifest.Entry entry) {
    return new ModelFiles(entry.sha256, entry.name, entry.file, entry.contract);
  }

  /** Of one that the manifest does not list, by how the protocol names them. */
  static ModelFiles unlisted(String sha256) {
    return new ModelFiles(
        sha256, "model " + sha256.substring(0, 8), sha256 + ".tflite", sha256 + ".json");
  }
}
