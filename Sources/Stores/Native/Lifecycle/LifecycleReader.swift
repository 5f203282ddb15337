import Documents
import Hashing
import Records

/// Reads what a model's folder, and those of its versions, say of promotions, validations, reproductions, rollback
/// plans and retirements.
struct LifecycleReader {
  static let promotions = "promotions.jsonl"
  private static let validations = "validations.jsonl"
  private static let reproductions = "reproductions.jsonl"
  /// Marks that a version is retired, where nothing may be appended to.
  private static let retirements = [
    "RETIRED", "RETIRED.md", "RETIRED.txt", "retired.json", "retired.yaml", "retired.yml",
  ]

  let tree: StoreTree
  let context: ReadingContext
  let model: ModelFact

  /// A folder with the names of what stands in it, which is known already.
  struct Place {
    let path: TreePath
    /// Nil for the model's own folder.
    let version: String?
    let names: Set<String>
  }

  /// The facts of the model's folder, then those of its versions.
  func read(_ folder: Place, versions: [Place]) -> [Fact] {
    var facts: [Fact] = []
    var promotions = PromotionReader.inOrder(
      records(Self.promotions, in: folder, into: &facts) { PromotionReader(model: model).promotion(&$0) })
    for version in versions { promotions += retirement(in: version, into: &facts) }
    facts += promotions.map(Fact.promotion)
    for place in [folder] + versions {
      facts += records(Self.validations, in: place, into: &facts) {
        ValidationReader(model: model, version: place.version).validation(&$0)
      }.map(Fact.validation)
      facts += records(Self.reproductions, in: place, into: &facts) {
        ReproductionReader(model: model, version: place.version).reproduction(&$0)
      }.map(Fact.reproduction)
      facts += RollbackPlanReader(tree: tree, context: context, model: model).read(place)
    }
    return facts
  }

  /// The records of the file called `name`; what is wrong with lines of it goes to `facts`.
  private func records<Record>(
    _ name: String, in place: Place, into facts: inout [Fact], _ read: (inout LifecycleRecord) -> Record?
  ) -> [Record] {
    guard place.names.contains(name) else { return [] }
    let path = place.path.appending(name)
    guard let bytes = bytes(path, into: &facts) else { return [] }
    let (records, problems) = RecordLines.read(bytes, path: path.display)
    facts += problems.map(Fact.problem)
    var found: [Record] = []
    for record in records {
      var record = LifecycleRecord(
        record.entries, vocabulary: context.lifecycleVocabulary, path: path.display, line: record.line)
      if let read = read(&record) { found.append(read) }
      facts += record.problems.map(Fact.problem)
    }
    return found
  }

  private func bytes(_ path: TreePath, into facts: inout [Fact]) -> [UInt8]? {
    guard context.includes(path.display) else { return nil }
    do throws(FileAccessError) {
      return try tree.read(path)
    } catch {
      if error != .missing {
        facts.append(.problem(RecordDocument.Failure.access(error).problem(at: path)))
      }
      return nil
    }
  }

  /// A version's mark of retirement: a map, or a file whose text is the reason.
  private func retirement(in place: Place, into facts: inout [Fact]) -> [PromotionFact] {
    guard let version = place.version,
      let path = Self.retirements.first(where: place.names.contains).map({ place.path.appending($0) }),
      let bytes = bytes(path, into: &facts)
    else { return [] }
    var fact = PromotionFact(model: model.subject, action: .retire, version: version, path: path.display, line: nil)
    if path.displayName.hasPrefix("RETIRED") {
      let text = TextDecoding.decode(bytes).split(whereSeparator: \.isNewline).first.map { String($0).trimmingBlanks }
      fact.reason = text.map { Redaction.redact(String($0.prefix(500))) }
      return [fact]
    }
    do throws(RecordDocument.Failure) {
      let entries = try RecordDocument.entries(path, in: tree).entries
      var record = LifecycleRecord(entries, vocabulary: context.lifecycleVocabulary, path: path.display, line: 1)
      fact.by = record.text(.by)
      fact.at = record.time(.timestamp)
      fact.reason = record.text(.reason)
      facts += record.problems.map(Fact.problem)
    } catch {
      facts.append(.problem(error.problem(at: path)))
    }
    return [fact]
  }
}
