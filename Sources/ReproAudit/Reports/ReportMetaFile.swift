import Documents
import Hashing
import Reports

/// The file of `--report-meta`: what people say of an audit, shown in the HTML report.
public struct ReportMetaFile: Sendable {
  private static let largest = 1 << 20
  private static let mostLines = 20
  private static let texts: [(key: String, field: any WritableKeyPath<ReportMeta, String?> & Sendable)] = [
    ("organisation", \.organisation), ("engagement", \.engagement), ("auditor", \.auditor), ("period", \.period),
    ("classification", \.classification),
  ]
  private static let keys = texts.map(\.key) + ["sign_off"]

  let meta: ReportMeta

  /// Throws `PolicyErrors` with every mistake of the file and its line.
  public init(path: String) throws {
    let root: DocumentNode
    do {
      root = try YAMLDocument.read(try WholeFile.read(SystemPath(path), limit: Self.largest))
    } catch let error as DocumentError {
      throw PolicyErrors([PolicyError(path: path, line: error.line, message: error.message)])
    } catch let error as FileAccessError {
      throw PolicyErrors([PolicyError(path: path, line: nil, message: "cannot be read: \(error.reason)")])
    }
    self = try ReportMetaFile(root, path: path)
  }

  /// What such a file said.
  init(_ meta: ReportMeta) { self.meta = meta }

  private init(_ root: DocumentNode, path: String) throws(PolicyErrors) {
    let known = Self.keys.map { "`\($0)`" }.joined(separator: ", ")
    guard let entries = root.entries, !entries.isEmpty else {
      let message = "says nothing of the report; it is a map with some of \(known)"
      throw PolicyErrors([PolicyError(path: path, line: root.line, message: message)])
    }
    var meta = ReportMeta()
    var mistakes: [PolicyError] = []
    for entry in entries {
      do throws(PolicyError) {
        try Self.take(entry, into: &meta, path: path)
      } catch {
        mistakes.append(error)
      }
    }
    guard mistakes.isEmpty else { throw PolicyErrors(mistakes) }
    self.meta = meta
  }

  private static func take(_ entry: DocumentEntry, into meta: inout ReportMeta, path: String) throws(PolicyError) {
    func fail(_ message: String, _ line: Int) -> PolicyError { PolicyError(path: path, line: line, message: message) }
    if let text = texts.first(where: { $0.key == entry.key }) {
      guard let value = entry.node.text, !value.allSatisfy(\.isWhitespace) else {
        throw fail("`\(entry.key)` takes a text", entry.node.line)
      }
      meta[keyPath: text.field] = value
      return
    }
    guard entry.key == "sign_off" else { throw fail(NearestName.message("key", entry.key, among: keys), entry.line) }
    let lines = (entry.node.elements ?? []).map(\.text)
    guard !lines.isEmpty, lines.allSatisfy({ $0?.isEmpty == false }) else {
      throw fail("`sign_off` takes a list of texts, one for each line to sign on", entry.node.line)
    }
    guard lines.count <= mostLines else {
      throw fail("`sign_off` has \(lines.count) lines; at most \(mostLines) are shown", entry.node.line)
    }
    meta.signOff = lines.compactMap { $0 }
  }
}
