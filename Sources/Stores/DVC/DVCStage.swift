import Documents
import Records

/// One stage as `dvc.lock` recorded it when it last ran, with what `dvc.yaml` says of it now.
struct DVCStage: Sendable {
  /// `train`, or `sub/train` for a pipeline in the folder `sub`.
  let name: String
  let document: TreePath
  let line: Int
  /// The folder of the pipeline.
  let folder: Folder
  /// The folder that paths are relative to.
  let workingFolder: TreePath
  let command: String?
  let dependencies: [DVCEntry]
  let outputs: [DVCEntry]
  /// Values by file, nested keys dotted.
  let params: [(file: String, values: [NamedText])]
  /// The stage in `dvc.yaml`; nil for one of a loop, and when it is gone.
  let definition: DocumentNode?
  /// Paths that `dvc.yaml` calls metrics or plots, as written.
  let metrics: Set<String>
  let plots: Set<String>

  init(_ entry: DocumentEntry, document: TreePath, folder: Folder, pipeline: DocumentNode?, prefix: TreePath) {
    let node = entry.node
    let own = entry.key.split(separator: "@", maxSplits: 1).first.map(String.init) ?? entry.key
    let defined = pipeline?["stages"]?[own]
    name = prefix.bytes.isEmpty ? entry.key : "\(prefix.display)/\(entry.key)"
    self.document = document
    line = entry.line
    self.folder = folder
    let directory = defined?["wdir"]?.text.flatMap { $0.contains("${") ? nil : $0 }
    workingFolder = directory.flatMap { folder.path.appending($0).normalised } ?? folder.path
    command = node["cmd"].map(Self.command)
    dependencies = DVCEntry.list(node["deps"])
    outputs = DVCEntry.list(node["outs"])
    params = (node["params"]?.entries ?? []).map { file in
      (file.key, (file.node.entries ?? []).flatMap { RunRecordReader.texts($0.node, prefix: $0.key) })
    }
    definition = own == entry.key ? defined : nil
    metrics = Self.paths(defined?["metrics"]).union(Self.paths(pipeline?["metrics"]))
    plots = Self.paths(defined?["plots"]).union(Self.paths(pipeline?["plots"]))
  }

  /// A command, or several that run one after the other.
  static func command(_ node: DocumentNode) -> String {
    node.text ?? (node.elements ?? []).compactMap(\.text).joined(separator: " && ")
  }

  /// Strings, or maps from a path to its options.
  private static func paths(_ node: DocumentNode?) -> Set<String> {
    Set((node?.elements ?? []).compactMap { $0.text ?? $0.entries?.first?.key })
  }

  func role(of output: DVCEntry) -> ArtifactRole {
    if metrics.contains(output.path) { return .metrics }
    if plots.contains(output.path) { return .plot }
    return output.isDirectory ? .data : ArtifactRole(path: output.path)
  }
}
