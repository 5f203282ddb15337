import Documents
import Hashing
import Records

/// Turns the folder of one run into a run, and the data that it logged into datasets.
struct WandBRuns {
  let tree: StoreTree
  private let files: StoreFiles
  private let reader: RunRecordReader
  /// The datasets that runs have logged so far under a name.
  private var logged: [String: Set<String>] = [:]

  init(tree: StoreTree, context: ReadingContext) {
    self.tree = tree
    files = StoreFiles(tree: tree, context: context)
    reader = RunRecordReader(tree: tree, context: context, environments: EnvironmentReader(tree: tree))
  }

  mutating func facts(of folder: TreePath, log path: TreePath) -> [Fact] {
    let log: WandBLog
    do throws(FileAccessError) {
      log = WandBLog(try tree.read(path))
    } catch {
      return [.problem(Problem(kind: .unreadable, path: path.display, message: error.reason))]
    }
    let problems = log.trouble.map { [Problem(kind: .malformedRecord, path: path.display, message: $0)] } ?? []
    guard !log.records.isEmpty else { return problems.map(Fact.problem) }
    let run = WandBRun(log)
    var datasets: [DatasetFact] = []
    var artifacts: [Artifact] = []
    for logged in run.artifacts {
      let kept = self.artifacts(of: logged, document: path)
      if logged.type == "dataset" {
        var dataset = DatasetFact(path: path.display)
        dataset.name = logged.identity
        dataset.contentHash = logged.digest.map { NamedText(name: "digest", text: $0, line: nil) }
        dataset.files = kept
        datasets.append(dataset)
        self.logged[logged.name, default: []].insert(logged.identity)
      } else {
        artifacts += kept
      }
    }
    let facts = reader.read(record(of: run, folder), at: path).map { fact in
      guard case .run(var fact) = fact else { return fact }
      fact.artifacts += artifacts
      fact.datasets =
        datasets.map { use($0.name ?? "") }
        + run.uses.filter { $0.type == "dataset" }.map { use(of: $0.name) }
      return .run(fact)
    }
    return datasets.map(Fact.dataset) + facts + problems.map(Fact.problem)
  }

  /// `train:v0`: versions are numbered by a server, so which of several is meant cannot be told.
  private func use(of written: String) -> DatasetUse {
    let name = written.split(separator: ":").first.map(String.init) ?? written
    let known = logged[name] ?? []
    var use = use(known.count == 1 ? known.first ?? name : name)
    use.declared = written
    use.reason =
      known.isEmpty
      ? "no run here logged `\(name)`"
      : "\(known.count) datasets were logged as `\(name)`; which is meant is not recorded"
    return use
  }

  private func use(_ name: String) -> DatasetUse {
    var use = DatasetUse()
    use.name = name
    use.declared = name
    return use
  }

  private func record(of run: WandBRun, _ folder: TreePath) -> DocumentNode {
    var record = RecordBuilder()
    let old = (try? RecordDocument.read(folder.appending("files/wandb-metadata.json"), in: tree))
    record.add("run_id", run.id ?? folder.displayName)
    record.add("started_at", run.startedAt)
    record.add("status", status(of: run))
    let program = run.program ?? old?["program"]?.text
    let arguments = run.arguments.isEmpty ? (old?["args"]?.elements ?? []).compactMap(\.text) : run.arguments
    record.add("command", program.map { (["python", $0] + arguments).joined(separator: " ") })
    record.add("git_commit", run.commit ?? old?["git"]?["commit"]?.text)
    record.add("git_repository", run.repository ?? old?["git"]?["remote"]?.text)
    // A patch is kept only of a working tree that differs from its commit.
    let patch = StoreTree.size(absolute: tree.absolute(folder.appending("files/diff.patch"))) ?? 0
    record.add("git_dirty", run.commit == nil && old?["git"] == nil ? nil : patch > 0)
    record.add("python", run.python ?? old?["python"]?.text)
    record.add("os", run.os ?? old?["os"]?.text)
    record.add("hardware", node: old?["gpu"] ?? old?["cpu_count"])
    if tree.kind(of: folder.appending("files/requirements.txt")) == .file {
      record.add("requirements", "files/requirements.txt")
    }
    if tree.kind(of: folder.appending("files/output.log")) == .file { record.add("log", "files/output.log") }
    let params = Self.map(run.config)
    if let params {
      record.add("params", node: params)
      record.add("config", node: params)
      record.add(seedsAmong: params)
    }
    record.add("metrics", node: Self.map(run.summary))
    return record.node
  }

  private func status(of run: WandBRun) -> String {
    switch run.exitCode {
    case 0: "finished"
    case nil: "killed"
    default: "failed"
    }
  }

  /// Values are JSON texts by dotted key.
  private static func map(_ values: [String: String]) -> DocumentNode? {
    let entries = values.sorted { $0.key < $1.key }.map { key, text in
      let node = (try? JSONDocument.read(Array(text.utf8))) ?? DocumentNode(.string(text), line: 1)
      return DocumentEntry(key: key, line: 1, node: node)
    }
    return entries.isEmpty ? nil : DocumentNode(.map(entries), line: 1)
  }

  private func artifacts(of logged: WandBRun.LoggedArtifact, document: TreePath) -> [Artifact] {
    logged.entries.map { entry in
      let recorded = entry.reference ?? entry.localPath ?? entry.path
      let file: FileReference =
        if case .path(let path) = Location(recorded) {
          files.file(recordedAt: path, near: document.parent ?? .root)
        } else {
          files.file(named: recorded, in: document.parent ?? .root)
        }
      let digest = Digest(base64: entry.digest, .md5)
      // Other references are known by an ETag or by their own address, which are no digests.
      let claims = digest.map {
        [Claim(text: $0.description, digest: $0, size: entry.size, document: document.display, line: nil)]
      }
      return Artifact(
        file: file, role: logged.type == "model" ? .model : ArtifactRole(path: entry.path),
        declared: "\(logged.name)/\(entry.path)", document: document.display, claims: claims ?? [])
    }
  }
}
