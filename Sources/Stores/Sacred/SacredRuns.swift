import Documents
import Hashing
import Records

/// Turns the folder of one run into a run.
struct SacredRuns {
  let tree: StoreTree
  /// The folder of all runs.
  let place: TreePath
  private let reader: RunRecordReader

  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    self.place = place
    reader = RunRecordReader(tree: tree, context: context, environments: EnvironmentReader(tree: tree))
  }

  func facts(of folder: TreePath) -> [Fact] {
    let path = folder.appending("run.json")
    let root: DocumentNode
    do {
      root = try RecordDocument.entries(path, in: tree).root
    } catch {
      return [.problem(error.problem(at: path))]
    }
    var problems: [Problem] = []
    var record = RecordBuilder(line: root.line)
    record.add("run_id", folder.displayName)
    record.add("status", node: root["status"])
    record.add("started_at", Self.zoned(root["start_time"]?.text), line: root["start_time"]?.line)
    record.add("finished_at", Self.zoned(root["stop_time"]?.text), line: root["stop_time"]?.line)
    let experiment = root["experiment"]
    let words = [experiment?["mainfile"]?.text, root["command"]?.text].compactMap(\.self)
    record.add("command", words.isEmpty ? nil : words.joined(separator: " "))
    addCommit(experiment?["repositories"]?.elements ?? [], to: &record)
    record.add("python", node: root["host"]?["python_version"])
    record.add("os", root["host"]?["os"]?.elements?.last?.text)
    record.add("hardware", node: root["host"]?["gpus"] ?? root["host"]?["cpu"])
    record.add("requirements", node: experiment?["dependencies"])
    addConfig(folder, to: &record, &problems)
    addMetrics(folder, result: root["result"], to: &record, &problems)
    record.add("artifacts", list: artifacts(root) + sources(experiment))
    if tree.kind(of: folder.appending("cout.txt")) == .file { record.add("log", "cout.txt") }
    let facts = reader.read(record.node, at: path).map { fact in
      guard case .run(var run) = fact else { return fact }
      run.datasets = uses(root)
      return .run(run)
    }
    return facts + problems.map(Fact.problem)
  }

  /// Times are in UTC and do not say so.
  private static func zoned(_ text: String?) -> String? {
    text.map { $0.hasSuffix("Z") || $0.dropFirst(10).contains { $0 == "+" || $0 == "-" } ? $0 : $0 + "Z" }
  }

  /// One entry a source file: usually all the same.
  private func addCommit(_ repositories: [DocumentNode], to record: inout RecordBuilder) {
    guard let first = repositories.first(where: { $0["commit"]?.text != nil }) else { return }
    record.add("git_commit", node: first["commit"])
    record.add("git_repository", node: first["url"])
    let dirty = repositories.compactMap { $0["dirty"]?.boolean }
    record.add("git_dirty", dirty.isEmpty ? nil : dirty.contains(true))
  }

  private func addConfig(_ folder: TreePath, to record: inout RecordBuilder, _ problems: inout [Problem]) {
    let path = folder.appending("config.json")
    do {
      let config = try RecordDocument.entries(path, in: tree).root
      record.add("config", "config.json")
      record.add("params", node: config)
      record.add(seedsAmong: config)
    } catch .access(.missing) {
      return
    } catch {
      problems.append(error.problem(at: path))
    }
  }

  /// The last value of each series, and the result when it is a number.
  private func addMetrics(
    _ folder: TreePath, result: DocumentNode?, to record: inout RecordBuilder, _ problems: inout [Problem]
  ) {
    let path = folder.appending("metrics.json")
    var metrics: [DocumentEntry] = []
    if let result, result.text.flatMap(Double.init) != nil {
      metrics.append(DocumentEntry(key: "result", line: result.line, node: result))
    }
    do {
      for entry in try RecordDocument.entries(path, in: tree).entries {
        guard let last = entry.node["values"]?.elements?.last else { continue }
        metrics.append(DocumentEntry(key: entry.key, line: entry.line, node: last))
      }
    } catch .access(.missing) {
    } catch {
      problems.append(error.problem(at: path))
    }
    if !metrics.isEmpty { record.add("metrics", node: DocumentNode(.map(metrics), line: metrics[0].line)) }
  }

  private func artifacts(_ root: DocumentNode) -> [DocumentNode] {
    (root["artifacts"]?.elements ?? []).compactMap { node in
      guard let name = node.text ?? node["name"]?.text, !TreePath.leaves(name) else { return nil }
      return Self.item(name, md5: nil, line: node.line)
    }
  }

  /// Sources are kept under names that end in their MD5.
  private func sources(_ experiment: DocumentNode?) -> [DocumentNode] {
    (experiment?["sources"]?.elements ?? []).compactMap { node in
      guard let stored = node.elements?.last?.text, !TreePath.leaves(stored) else { return nil }
      return Self.item("../\(stored)", md5: Self.md5(in: stored), line: node.line)
    }
  }

  private static func item(_ path: String, md5: String?, line: Int) -> DocumentNode {
    var item = RecordBuilder(line: line)
    item.add("path", path)
    item.add("md5", md5)
    return item.node
  }

  /// `_sources/train_a7ef….py`.
  static func md5(in path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.split(separator: ".").first ?? ""
    guard let digits = stem.split(separator: "_").last, digits.utf8.count == 32, digits.utf8.allSatisfy(\.isHexDigit)
    else {
      return nil
    }
    return String(digits)
  }

  private func uses(_ root: DocumentNode) -> [DatasetUse] {
    (root["resources"]?.elements ?? []).compactMap { node in
      guard let stored = node.elements?.last?.text, let name = stored.split(separator: "/").last else { return nil }
      var use = DatasetUse()
      use.name = String(name)
      use.declared = node.elements?.first?.text.map(Redaction.redact)
      use.line = node.line
      return use
    }
  }

  /// What runs opened as resources: a dataset each, named by its MD5.
  func resources(of folder: TreePath) -> [Fact] {
    var problems: [Problem] = []
    let entries = tree.folder(folder, problems: &problems)?.entries ?? []
    problems += entries.compactMap { Problem(entry: $0.kind, at: folder.appending($0.name)) }
    let datasets = entries.filter { $0.kind == .file }.map { entry -> Fact in
      let path = folder.appending(entry.name)
      var dataset = DatasetFact(path: path.display)
      dataset.name = entry.text
      let claim = Self.md5(in: entry.text).map { text in
        Claim(text: "md5:\(text)", digest: Digest(text: text, assumed: .md5), document: path.display, line: nil)
      }
      dataset.files = [
        Artifact(
          file: FileReference(path: path.display, raw: path.raw), role: .data, claims: [claim].compactMap(\.self))
      ]
      return .dataset(dataset)
    }
    return datasets + problems.map(Fact.problem)
  }
}
