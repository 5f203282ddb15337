import Hashing
import Records

/// A folder that MLflow wrote a model to: `MLmodel` beside the model's files and what it needs.
struct MLflowModelFolder {
  /// What stands in every such folder and is no part of the model itself.
  private static let descriptions: Set<String> = [
    "MLmodel", "conda.yaml", "python_env.yaml", "requirements.txt", "registered_model_meta", "input_example.json",
    "serving_input_example.json", "input_example.npy", "input_example_sparse.npz", "README.md", "LICENSE",
  ]

  /// The artifacts of a folder with the roles they have when models lie in it.
  static func artifacts(_ found: [Artifact]) -> [Artifact] {
    let models = found.compactMap { modelFolder(of: $0) }
    if models.isEmpty { return found }
    var artifacts = found.map { artifact in
      models.contains { artifact.file.path.hasPrefix($0) } ? described(artifact) : artifact
    }
    for model in models where !artifacts.contains(where: { $0.role == .model && $0.file.path.hasPrefix(model) }) {
      // A model that is made of settings only is its description.
      for index in artifacts.indices where artifacts[index].file.path == model + "MLmodel" {
        artifacts[index] = Artifact(file: artifacts[index].file, role: .model)
      }
    }
    return artifacts
  }

  /// The folder, with a slash, when the artifact is a model's description.
  static func modelFolder(of artifact: Artifact) -> String? {
    guard artifact.file.path.hasSuffix("MLmodel") else { return nil }
    let folder = artifact.file.path.dropLast("MLmodel".count)
    return folder.isEmpty || folder.hasSuffix("/") ? String(folder) : nil
  }

  private static func described(_ artifact: Artifact) -> Artifact {
    let name = artifact.file.path.split(separator: "/").last.map(String.init) ?? ""
    // MLflow repeats the descriptions in `metadata`.
    let isCopy = artifact.file.path.contains("/metadata/")
    if descriptions.contains(name) || isCopy {
      return name == "requirements.txt" ? artifact : Artifact(file: artifact.file, role: .other)
    }
    return artifact.role == .checksum ? artifact : Artifact(file: artifact.file, role: .model)
  }
}
