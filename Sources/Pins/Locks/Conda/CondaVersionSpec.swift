/// The version part of a match spec: `>=1.2,<2|3.*`.
enum CondaVersionSpec {
  /// One version, with `==` or nothing before it.
  static func isExact(_ text: String) -> Bool {
    guard let first = text.utf8.first, !isOperator(first) else { return false }
    return isValid(text) && !text.utf8.contains { isGlob($0) || isJoint($0) }
  }

  /// `1.26.*`, and nothing else.
  static func isWildcard(_ text: String) -> Bool {
    guard let first = text.utf8.first, !isOperator(first) else { return false }
    return text.utf8.contains(where: isGlob) && !text.utf8.contains(where: isJoint)
  }

  /// Whether every clause is an operator, or none, before a version.
  static func isValid(_ text: String) -> Bool {
    if text.hasPrefix("^"), text.hasSuffix("$"), text.utf8.count > 2 { return true }
    return text.utf8.split(omittingEmptySubsequences: false, whereSeparator: isJoint).allSatisfy(isClause)
  }

  private static func isClause(_ clause: Substring.UTF8View) -> Bool {
    let sign = clause.prefix(while: isOperator)
    switch String(Substring(sign)) {
    case "", "=", "==", "!=", "<", "<=", ">", ">=", "~=": break
    default: return false
    }
    let version = clause.dropFirst(sign.count)
    return !version.isEmpty && version.allSatisfy(isVersionByte)
  }

  static func isOperator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "~")
  }

  static func isJoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") }

  static func isGlob(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") }

  private static func isVersionByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "!"), UInt8(ascii: "*"):
      true
    default: false
    }
  }
}
