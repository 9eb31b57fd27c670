import Foundation

/// `manifest.json`: the models there are, and the one to run.
public struct Manifest: Decodable {
  /// A model that may be switched to.
  public struct Entry: Decodable, Equatable {
    public let sha256: String
    public let file: String
    public let contract: String
    public let name: String
    public let precision: Precision

    public init(from decoder: Decoder) throws {
      let fields = try Fields(decoder)
      sha256 = try fields.sha256("sha256")
      file = try fields.file("file")
      contract = try fields.file("contract")
      name = try fields.text("name")
      precision = try fields.oneOf("precision")
      _ = try fields.whole("bytes", least: 1)
    }
  }

  private struct Project: Decodable {
    let name: String

    init(from decoder: Decoder) throws {
      name = try Fields(decoder).text("name")
    }
  }

  public let project: String
  /// Hash of the model to run.
  public let active: String
  public let models: [Entry]
  /// The request to answer before all others; nil when there is none.
  public let check: String?

  public init(from decoder: Decoder) throws {
    let fields = try Fields(decoder)
    _ = try fields.text("createdAt")
    let project: Project = try fields.object("project")
    self.project = project.name
    active = try fields.sha256("active")
    models = try fields.objects("models")
    check = fields.has("check") ? try fields.file("check") : nil
  }

  public static func read(_ text: Data) throws -> Manifest {
    try Fields.message(Manifest.self, text)
  }

  /// nil when no model has this hash.
  public func model(_ sha256: String) -> Entry? {
    models.first { $0.sha256 == sha256 }
  }
}
