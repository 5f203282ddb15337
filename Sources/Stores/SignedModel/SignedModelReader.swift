import Documents
import Hashing
import Records

/// Reads what signs or attests the files of a folder: bundles of model-signing as versions, in-toto statements as runs.
struct SignedModelReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    guard let folder = try sink.folder(place, of: tree) else { return false }
    var models = SignedModels(tree: tree, context: context)
    let provenance = ProvenanceReader(tree: tree, context: context)
    var facts: [Fact] = []
    var problems: [Problem] = []
    for entry in folder.entries where entry.kind == .file && AttestationName.fits(entry.name) {
      let path = folder.path(of: entry)
      let bytes: [UInt8]
      do throws(FileAccessError) {
        guard context.includes(path.display), let found = try Self.statementBytes(path, in: tree) else { continue }
        bytes = found
      } catch {
        problems.append(Problem(error, at: path))
        continue
      }
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
        if statement.vouchesForModel {
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

  /// Endings that no other tool gives its files, and the name that model-signing gives its signature.
  private static let own = [".sigstore", ".sigstore.json", ".intoto.json", ".intoto.jsonl"].map { Array($0.utf8) }

  /// The file's bytes when it is a statement or a bundle, or should be one by its name; other tools sign into `.sig` too.
  static func statementBytes(_ path: TreePath, in tree: StoreTree) throws(FileAccessError) -> [UInt8]? {
    let name = path.name
    let isOwn = name.elementsEqual("model.sig".utf8) || own.contains { name.suffix($0.count).elementsEqual($0) }
    let bytes: [UInt8]
    do throws(FileAccessError) {
      bytes = try tree.read(path)
    } catch {
      if isOwn { throw error }
      return nil
    }
    // Signatures of PGP are armoured, or begin with a packet whose first bit is set.
    if isOwn, !bytes.starts(with: "-----BEGIN".utf8), bytes.first.map({ $0 < 0x80 }) ?? true { return bytes }
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
    let text = TextDecoding.decode(bytes)
    let marks = ["in-toto", "dev.sigstore.bundle", "dsseEnvelope"]
    return marks.contains(where: text.contains) ? bytes : nil
  }
}

/// Finds folders with a Sigstore bundle or an in-toto statement.
struct SignedModelSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    let holds = folder.entries.contains { entry in
      entry.kind == .file && AttestationName.fits(entry.name)
        && Self.isStatement(folder.path(of: entry), in: tree)
    }
    return holds ? [StoreSighting(place: folder.path, territory: .everybody)] : []
  }

  /// What cannot be read is for the reader to report.
  private static func isStatement(_ path: TreePath, in tree: StoreTree) -> Bool {
    do throws(FileAccessError) {
      return try SignedModelReader.statementBytes(path, in: tree) != nil
    } catch {
      return true
    }
  }
}
