import Crypto
import Records

/// A claimed schema hash against the schema that a table was found to have.
struct SchemaCheck {
  let verdict: CheckVerdict
  /// `sha256:` and digits, under the definition that was decisive.
  let found: String?
  let message: String?

  /// Nil when there is no claim, or no schema to hold it against.
  init?(claim: String?, found schema: TableSchema?, declared: TableSchema?) {
    guard let claim else { return nil }
    guard let digest = Digest(text: claim), digest.algorithm == .sha256 else {
      self.init(.malformedClaim, found: nil, message: "`\(claim)` is not a SHA-256 digest")
      return
    }
    guard let schema else { return nil }
    let candidates = Self.spellings(of: schema)
    let first = Self.hash(candidates[0])
    if candidates.contains(where: { Self.hash($0) == digest.hex }) {
      self.init(.matched, found: "sha256:\(digest.hex)", message: nil)
    } else if let declared, Self.hash(declared) == digest.hex {
      // The stated schema proves which definition the claim used, so other columns in the data are a finding.
      let same = declared.columns == schema.columns
      self.init(
        same ? .matched : .mismatched, found: "sha256:\(first)",
        message: same ? nil : "the columns are \(schema.columns.joined(separator: ", "))")
    } else if digest.definition == .schema1 {
      self.init(.mismatched, found: "sha256:\(first)", message: nil)
    } else {
      self.init(
        .unknownDefinition, found: "sha256:\(first)",
        message: "definition unknown; tried \(DigestDefinition.schema1.rawValue) with plain, pandas and SQL type names")
    }
  }

  private init(_ verdict: CheckVerdict, found: String?, message: String?) {
    self.verdict = verdict
    self.found = found
    self.message = message
  }

  static func declared(columns: String?, types: String?) -> TableSchema? {
    guard let columns, let types else { return nil }
    let parts = { (text: String) in text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init) }
    return TableSchema(columns: parts(columns), types: parts(types))
  }

  /// The names that tools give the same types.
  private static func spellings(of schema: TableSchema) -> [TableSchema] {
    let names: [[String: String]] = [
      [:], ["int": "int64", "float": "float64", "string": "object"],
      ["int": "int64", "float": "float64", "string": "str"], ["int": "integer", "float": "double", "string": "string"],
    ]
    return names.map { names in
      TableSchema(columns: schema.columns, types: schema.types.map { names[$0] ?? $0 })
    }
  }

  /// SHA-256 over `{"columns":[…],"dtypes":[…]}`, compact, as Python's `json.dumps` writes it.
  static func hash(_ schema: TableSchema) -> String {
    let text = #"{"columns":[\#(list(schema.columns))],"dtypes":[\#(list(schema.types))]}"#
    return SHA256.hash(data: Array(text.utf8)).hexadecimal
  }

  private static func list(_ names: [String]) -> String { names.map(quoted).joined(separator: ",") }

  private static func quoted(_ name: String) -> String {
    var text = "\""
    for unit in name.utf16 {
      switch unit {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x08: text += "\\b"
      case 0x0C: text += "\\f"
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let hex = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return text + "\""
  }
}
