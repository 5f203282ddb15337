import Documents
import Records

/// Turns the actions of a crate into runs.
struct ROCrateRuns {
  private let tree: StoreTree
  private let place: TreePath
  private let graph: ROCrateGraph
  /// The name of the crate's dataset.
  private let dataset: String
  private let reader: RunRecordReader

  init(tree: StoreTree, place: TreePath, context: ReadingContext, graph: ROCrateGraph, dataset: String) {
    self.tree = tree
    self.place = place
    self.graph = graph
    self.dataset = dataset
    reader = RunRecordReader(tree: tree, context: context, environments: EnvironmentReader(tree: tree))
  }

  func facts(of action: DocumentNode, document: TreePath) -> [Fact] {
    var record = RecordBuilder(line: action.line)
    record.add("run_id", action["@id"]?.text.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 })
    record.add("started_at", LinkedData.text("startTime", of: action))
    record.add("finished_at", LinkedData.text("endTime", of: action))
    record.add("status", status(of: action))
    record.add("command", LinkedData.text("description", of: action) ?? LinkedData.text("name", of: action))
    let tools = graph.entities.filter { LinkedData.isA("SoftwareApplication", $0) }
    let instruments = graph.entities("instrument", of: action)
    addSoftware(tools, to: &record)
    addProperties(of: action, to: &record)
    let outputs = graph.entities("result", of: action)
    record.add("artifacts", list: (outputs + instruments).compactMap(item))
    let repository = instruments.lazy.compactMap { LinkedData.text("codeRepository", of: $0) }.first
    record.add("git_repository", repository)
    record.add("git_commit", instruments.lazy.compactMap { commit(of: $0) }.first)
    let reads = !graph.entities("object", of: action).filter {
      LinkedData.isA("File", $0) || LinkedData.isA("Dataset", $0)
    }
    .isEmpty
    return reader.read(record.node, at: document).map { fact in
      guard case .run(var run) = fact else { return fact }
      if reads {
        var use = DatasetUse()
        use.name = dataset
        use.declared = dataset
        use.line = LinkedData.value("object", of: action)?.line
        run.datasets = [use]
      }
      run.params = run.params.filter { $0.name != "seed" || !run.seeds.isEmpty }
      return .run(run)
    }
  }

  /// `http://schema.org/CompletedActionStatus` is `completed`.
  private func status(of action: DocumentNode) -> String? {
    guard let text = LinkedData.text("actionStatus", of: action) else { return nil }
    let last = text.split(separator: "/").last.map(String.init) ?? text
    return last.replacing("ActionStatus", with: "").lowercased()
  }

  private func addSoftware(_ tools: [DocumentNode], to record: inout RecordBuilder) {
    var requirements: [DocumentNode] = []
    for tool in tools {
      guard let name = LinkedData.text("name", of: tool) else { continue }
      let version = LinkedData.text("softwareVersion", of: tool) ?? LinkedData.text("version", of: tool)
      if name.lowercased() == "python" {
        record.add("python", version, line: tool.line)
      } else {
        requirements.append(
          DocumentNode(.string(version.map { "\(name)==\($0)" } ?? name), line: tool.line))
      }
    }
    record.add("requirements", list: requirements)
  }

  /// Property values among the inputs are parameters, and seeds among them seeds.
  private func addProperties(of action: DocumentNode, to record: inout RecordBuilder) {
    let named = graph.entities("object", of: action) + graph.entities("additionalProperty", of: action)
    let values = named.filter { LinkedData.isA("PropertyValue", $0) }.compactMap { node -> DocumentEntry? in
      guard let name = LinkedData.text("name", of: node), let value = LinkedData.value("value", of: node) else {
        return nil
      }
      return DocumentEntry(key: name, line: node.line, node: value)
    }
    guard !values.isEmpty else { return }
    let params = DocumentNode(.map(values), line: values[0].line)
    record.add("params", node: params)
    record.add(seedsAmong: params)
  }

  private func item(_ entity: DocumentNode) -> DocumentNode? {
    guard let id = entity["@id"]?.text, !id.hasPrefix("#") else { return nil }
    let path = ROCrateGraph.path(id)
    if case .path = Location(path), TreePath.leaves(path) { return nil }
    var item = RecordBuilder(line: entity.line)
    item.add("path", path)
    for key in ["sha256", "sha512", "sha1", "md5"] { item.add(key, node: LinkedData.value(key, of: entity)) }
    item.add("size", LinkedData.bytes(LinkedData.text("contentSize", of: entity)).map(String.init))
    return item.node
  }

  private func commit(of instrument: DocumentNode) -> String? {
    let text = LinkedData.text("version", of: instrument) ?? LinkedData.text("softwareVersion", of: instrument)
    guard let text, (7...64).contains(text.utf8.count), text.utf8.allSatisfy(\.isHexDigit) else { return nil }
    return text
  }
}
