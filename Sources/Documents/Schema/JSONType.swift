/// The types of JSON Schema.
enum JSONType: String, CaseIterable {
  case null, boolean, integer, number, string, array, object
}

extension DocumentNode {
  /// The type of a value; a whole number is an `integer`. Plain YAML text that is neither number nor boolean is a string.
  var jsonType: JSONType {
    switch value {
    case .null: return .null
    case .string: return .string
    case .list: return .array
    case .map: return .object
    case .plain(let text):
      if ["true", "false"].contains(text.lowercased()) { return .boolean }
      guard let number = jsonNumber else { return .string }
      return number.rounded() == number ? .integer : .number
    }
  }

  /// The value of a number; nil for anything else.
  var jsonNumber: Double? {
    guard case .plain(let text) = value, let first = text.utf8.first,
      first >= 48 && first <= 57 || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        || first == UInt8(ascii: "."),
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  /// The same text for equal values: `1` and `1.0`, and maps whatever the order of their keys.
  var jsonCanonical: String {
    switch value {
    case .null: "null"
    case .string(let text): YAMLScalar.quoted(text)
    case .plain(let text):
      switch jsonType {
      case .boolean: text.lowercased()
      case .integer, .number: jsonNumber.map { number in Int(exactly: number).map { "\($0)" } ?? "\(number)" } ?? text
      default: YAMLScalar.quoted(text)
      }
    case .list(let elements): "[" + elements.map(\.jsonCanonical).joined(separator: ",") + "]"
    case .map(let entries):
      "{"
        + entries.sorted { $0.key < $1.key }.map { "\(YAMLScalar.quoted($0.key)):\($0.node.jsonCanonical)" }
        .joined(separator: ",") + "}"
    }
  }

  /// How many values a document holds, itself included.
  var jsonSize: Int {
    switch value {
    case .null, .plain, .string: 1
    case .list(let elements): elements.reduce(1) { $0 + $1.jsonSize }
    case .map(let entries): entries.reduce(1) { $0 + $1.node.jsonSize }
    }
  }
}
