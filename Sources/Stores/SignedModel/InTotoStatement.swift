import Documents
import Hashing
import Records

/// An in-toto statement: what it speaks of, and what it says.
struct InTotoStatement: Sendable {
  /// Something that is named with its digests.
  struct Resource: Sendable {
    /// A path, or a URI.
    let name: String
    /// Value by algorithm, as written.
    let digests: [(algorithm: String, hex: String)]
    let line: Int

    /// `digest: {sha256: …}` under a name.
    init?(_ node: DocumentNode, nameKeys: [String] = ["name", "uri"]) {
      guard let name = nameKeys.lazy.compactMap({ node[$0]?.text }).first else { return nil }
      self.name = name
      digests = (node["digest"]?.entries ?? []).compactMap { entry in entry.node.text.map { (entry.key, $0) } }
      line = node.line
    }

    init(name: String, algorithm: String, hex: String, line: Int) {
      self.name = name
      digests = [(algorithm, hex)]
      self.line = line
    }

    /// A claim for each digest of an algorithm that is computed here.
    func claims(document: String, line: Int?, evidence: Claim.Evidence) -> [Claim] {
      digests.compactMap { algorithm, hex in
        guard let known = DigestAlgorithm(spelling: algorithm) else { return nil }
        return Claim(
          text: "\(known.rawValue):\(hex)", digest: Digest(text: hex, assumed: known), document: document, line: line,
          evidence: evidence)
      }
    }
  }

  let predicateType: String
  let subjects: [Resource]
  let predicate: DocumentNode?
  /// Nil for a statement that stands there unsigned.
  let envelope: DSSEEnvelope?

  /// Whether it says of files that they are a model's, and nothing of how they were made.
  var vouchesForModel: Bool { predicateType.hasPrefix("https://model_signing/") || isSummary }

  /// Whether it is a verdict on what it names, by whoever verified that.
  var isSummary: Bool { predicateType.hasPrefix("https://slsa.dev/verification_summary/") }

  /// Reads a statement, an envelope around one, or a bundle; nil for other documents.
  init?(_ root: DocumentNode) throws(DocumentError) {
    let envelope = DSSEEnvelope(root)
    let node: DocumentNode
    if let envelope {
      guard envelope.payloadType.contains("in-toto") else { return nil }
      node = try JSONDocument.read(envelope.payload)
    } else {
      node = root
    }
    guard let type = node["_type"]?.text, type.hasPrefix("https://in-toto.io/Statement/"),
      let predicateType = node["predicateType"]?.text
    else { return nil }
    self.envelope = envelope
    self.predicateType = predicateType
    subjects = (node["subject"]?.elements ?? []).compactMap { Resource($0) }
    predicate = node["predicate"]
  }

  /// The statements of a file: one document, or one a line.
  static func read(_ bytes: [UInt8], isLines: Bool) -> (
    statements: [(line: Int, statement: InTotoStatement)], problem: DocumentError?
  ) {
    var statements: [(line: Int, statement: InTotoStatement)] = []
    let texts: [(line: Int, bytes: [UInt8])] =
      isLines
      ? bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().map {
        ($0.offset + 1, Array($0.element))
      }
      : [(1, bytes)]
    for text in texts where text.bytes.contains(where: { $0 > 0x20 }) {
      do throws(DocumentError) {
        if let statement = try InTotoStatement(try JSONDocument.read(text.bytes)) {
          statements.append((text.line, statement))
        }
      } catch {
        return (statements, DocumentError(error.message, line: isLines ? text.line : error.line))
      }
    }
    return (statements, nil)
  }
}
