import Documents
import Hashing
import Records

/// Reads rollback plans: YAML, JSON, or Markdown whose front matter or `Key: value` lines say who, when and what.
struct RollbackPlanReader {
  static let names = ["rollback.md", "rollback.yaml", "rollback.yml", "rollback.json", "ROLLBACK.md"]
  /// What matters stands at the top of a document for people.
  private static let mostLines = 200

  let tree: StoreTree
  let context: ReadingContext
  let model: ModelFact

  /// The plan in a folder, one that the policy names or else the first of the usual names.
  func read(_ place: LifecycleReader.Place) -> [Fact] {
    let resolver = ReferenceResolver(tree: tree, maps: context.maps)
    let (folder, version) = (place.path, place.version)
    let usual = Self.names.first(where: place.names.contains).map { resolver.resolve($0, from: folder) }
    // A document of a policy may lie above: it is every model's plan, and no version's own.
    let named = context.rollbackPlans.lazy.compactMap { resolver.existing($0, from: folder) }
      .first { version == nil || $0.path.hasPrefix(folder.display + "/") }
    guard let file = named ?? usual, file.location == .local, context.includes(file.path) else { return [] }
    var plan = RollbackPlanFact(model: model.subject, version: version, file: file)
    do {
      var record = try self.record(file)
      plan.owner = record.text(.owner)
      plan.tested = record.time(.tested)
      plan.target = record.version(.target) ?? record.version(.version)
      plan.line = (record.values[.target] ?? record.values[.version])?.line
      return [.rollbackPlan(plan)] + record.problems.map(Fact.problem)
    } catch {
      return [.rollbackPlan(plan), .problem(error.problem(at: TreePath(file.path)))]
    }
  }

  private func record(_ file: FileReference) throws(RecordDocument.Failure) -> LifecycleRecord {
    let path = TreePath(bytes: file.raw ?? Array(file.path.utf8))
    let name = path.displayName.lowercased()
    let entries: [DocumentEntry]
    if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) {
      entries = try RecordDocument.entries(path, in: tree).entries
    } else {
      do throws(FileAccessError) {
        entries = Self.entries(ofText: TextDecoding.decode(try tree.read(path)))
      } catch {
        throw .access(error)
      }
    }
    return LifecycleRecord(entries, vocabulary: context.lifecycleVocabulary, path: file.path, line: nil)
  }

  /// `Owner: platform team`, also as `- **Owner:** platform team` or `| Owner | platform team |`.
  static func entries(ofText text: String) -> [DocumentEntry] {
    var entries: [DocumentEntry] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .prefix(mostLines).enumerated()
    {
      let marks: Set<Character> = ["*", "_", "`", "#", ">", "-", "|", " ", "\t", "\r"]
      let isTable = line.drop { $0 == " " }.first == "|"
      let body = line.drop { marks.contains($0) }
      guard let end = body.firstIndex(where: { $0 == ":" || isTable && $0 == "|" }) else { continue }
      func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { marks.contains($0) }
        while let last = text.last, marks.contains(last) { text = text.dropLast() }
        return text
      }
      let key = String(trimmed(body[..<end]))
      var value = trimmed(body[body.index(after: end)...])
      let quotes: Set<Character> = ["\"", "'"]
      if let first = value.first, quotes.contains(first), value.count > 1, value.last == first {
        value = value.dropFirst().dropLast()
      }
      guard !key.isEmpty, key.count <= 40, !value.isEmpty else { continue }
      entries.append(
        DocumentEntry(key: key, line: index + 1, node: DocumentNode(.plain(String(value)), line: index + 1)))
    }
    return entries
  }
}
