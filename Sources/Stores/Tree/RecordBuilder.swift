import Documents
import Records

/// Puts what another tool recorded into the words of a run record.
struct RecordBuilder {
  private(set) var entries: [DocumentEntry] = []
  /// The line that values stand on where no other is known.
  let line: Int

  init(line: Int = 1) { self.line = line }

  /// Adds a text; nothing for nil.
  mutating func add(_ key: String, _ text: String?, line: Int? = nil) {
    guard let text else { return }
    add(key, node: DocumentNode(.string(text), line: line ?? self.line))
  }

  mutating func add(_ key: String, _ value: Bool?) {
    guard let value else { return }
    add(key, node: DocumentNode(.plain(value ? "true" : "false"), line: line))
  }

  mutating func add(_ key: String, node: DocumentNode?) {
    guard let node else { return }
    entries.append(DocumentEntry(key: key, line: node.line, node: node))
  }

  mutating func add(_ key: String, list: [DocumentNode]) {
    if !list.isEmpty { add(key, node: DocumentNode(.list(list), line: list[0].line)) }
  }

  /// Adds the seeds that stand among a run's params.
  mutating func add(seedsAmong params: DocumentNode) {
    let seeds = SeedNames.find(in: RunRecordReader.texts(params)).map { seed in
      let line = seed.line ?? params.line
      return DocumentEntry(key: seed.name, line: line, node: DocumentNode(.plain(seed.text ?? ""), line: line))
    }
    if !seeds.isEmpty { add("seeds", node: DocumentNode(.map(seeds), line: seeds[0].line)) }
  }

  var node: DocumentNode { DocumentNode(.map(entries), line: line) }
}
