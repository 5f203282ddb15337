import Documents
import Hashing
import Records

/// Reads what signs or attests the files of a folder: bundles of model-signing as versions, in-toto statements as runs.
struct SignedModelReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    let folder: Folder
    do throws(FileAccessError) {
      folder = try tree.list(place)
    } catch {
      try sink.receive([.problem(Problem(kind: .unreadable, path: place.display, message: error.reason))])
      return false
    }
    var models = SignedModels(tree: tree, context: context)
    let provenance = ProvenanceReader(tree: tree, context: context)
    var facts: [Fact] = []
    var problems: [Problem] = []
    for entry in folder.entries where entry.kind == .file && Self.isCandidate(entry.text) {
      let path = folder.path(of: entry)
      guard context.includes(path.display), let bytes = Self.statementBytes(path, in: tree) else { continue }
      let (statements, problem) = InTotoStatement.read(bytes, isLines: entry.text.hasSuffix(".jsonl"))
      if let problem {
        problems.append(
          Problem(kind: .malformedRecord, path: path.display, line: problem.line, message: problem.message))
      } else if statements.isEmpty {
        problems.append(
          Problem(
            kind: .malformedRecord, path: path.display, line: 1,
            message: "a signature over something else than an in-toto statement"))
      }
      for (line, statement) in statements {
        if statement.isModelSignature {
          models.add(statement, at: path)
        } else {
          facts += provenance.facts(of: statement, at: path, line: line)
        }
      }
    }
    let all = models.facts() + facts
    // A version's own record says how it was made, whoever else reads it.
    var records = RecordPipeline(tree: tree, context: context, sink: sink)
    for place in models.places {
      guard let folder = try? tree.list(place) else { continue }
      for entry in folder.entries where entry.kind == .file && RecordNames.isRun(entry.text.lowercased()) {
        try await records.parse(folder.path(of: entry), in: folder)
      }
    }
    if all.isEmpty, problems.isEmpty {
      problems.append(
        Problem(
          kind: .malformedRecord, path: place.display,
          message: "no signed model: no Sigstore bundle and no in-toto statement lies in the folder"))
    }
    try sink.receive(all + problems.map(Fact.problem))
    _ = try await records.finish()
    return !all.isEmpty
  }

  private static let endings = [
    ".sig", ".sigstore", ".sigstore.json", ".bundle.json", ".intoto.json", ".intoto.jsonl", ".att.json", ".att",
    ".provenance.json", ".provenance.jsonl", ".slsa.json", ".dsse.json", ".dsse",
  ]

  /// Whether a signature or a statement may have such a name.
  static func isCandidate(_ name: String) -> Bool {
    let lower = name.lowercased()
    return endings.contains(where: lower.hasSuffix) || lower == "provenance.json" || lower == "attestation.json"
  }

  /// The file's bytes when they mention a statement or an envelope; other tools sign into `.sig` too.
  static func statementBytes(_ path: TreePath, in tree: StoreTree) -> [UInt8]? {
    guard let bytes = try? tree.read(path), bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
      let text = String(validating: bytes.prefix(4096), as: UTF8.self)
        ?? Optional(TextDecoding.decode(Array(bytes.prefix(4096))))
    else { return nil }
    let marks = ["dev.sigstore.bundle", "in-toto.io/Statement", "vnd.in-toto", "dsseEnvelope"]
    return marks.contains(where: text.contains) || TextDecoding.decode(bytes).contains("in-toto") ? bytes : nil
  }
}

/// Finds folders with a Sigstore bundle or an in-toto statement.
struct SignedModelSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    let holds = folder.entries.contains { entry in
      entry.kind == .file && SignedModelReader.isCandidate(entry.text)
        && SignedModelReader.statementBytes(folder.path(of: entry), in: tree) != nil
    }
    return holds ? [StoreSighting(place: folder.path, territory: .everybody)] : []
  }
}
