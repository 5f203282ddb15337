/// Reads environment markers (`python_version >= "3.9" and extra == 'x'`) and writes them with one spacing and quoting.
struct MarkerGrammar {
  /// Parentheses that nest deeper are refused, as by the tools.
  private static let deepest = 200

  /// A comparison or a group, and how many operands it was made of.
  private struct Term {
    var text: String
    var isGroup: Bool
  }

  private var cursor: ByteCursor

  /// The marker in its normal spelling.
  static func parse(_ bytes: [UInt8], _ range: Range<Int>) throws(RequirementMistake) -> String {
    var grammar = MarkerGrammar(cursor: ByteCursor(bytes, range))
    let term = try grammar.expression(depth: 0)
    guard grammar.cursor.isAtEnd else {
      throw RequirementMistake("the marker goes on with `\(grammar.cursor.excerpt)` after its end")
    }
    return term.text
  }

  private mutating func expression(depth: Int) throws(RequirementMistake) -> Term {
    let first = try atom(depth: depth)
    var text = first.isGroup ? "" : first.text
    var isChain = false
    while true {
      guard let connective = ["and", "or"].first(where: { takeKeyword($0) }) else { break }
      let next = try atom(depth: depth)
      if !isChain, first.isGroup { text = "(\(first.text))" }
      isChain = true
      text += " \(connective) " + (next.isGroup ? "(\(next.text))" : next.text)
    }
    // Parentheses around all of it say nothing.
    return isChain ? Term(text: text, isGroup: true) : first
  }

  private mutating func atom(depth: Int) throws(RequirementMistake) -> Term {
    cursor.skipBlanks()
    let start = cursor.index
    var term: Term
    if cursor.take(0x28) {
      guard depth < Self.deepest else {
        throw RequirementMistake("the marker nests more than \(Self.deepest) parentheses")
      }
      term = try expression(depth: depth + 1)
      guard cursor.take(0x29) else {
        cursor.index = start
        throw RequirementMistake("a parenthesis of the marker is not closed: `\(cursor.excerpt)`")
      }
    } else {
      term = Term(text: try comparison(), isGroup: false)
    }
    cursor.skipBlanks()
    return term
  }

  private mutating func comparison() throws(RequirementMistake) -> String {
    var left = try operand()
    cursor.skipBlanks()
    let comparison = try comparisonOperator()
    cursor.skipBlanks()
    var right = try operand()
    left.normalise(beside: right)
    right.normalise(beside: left)
    return "\(left.spelling) \(comparison) \(right.spelling)"
  }

  private mutating func operand() throws(RequirementMistake) -> MarkerOperand {
    let quote = cursor.current
    if quote == 0x22 || quote == 0x27 {
      let start = cursor.index
      cursor.index += 1
      let value = cursor.skip { $0 != quote }
      if cursor.take(quote) { return .value(cursor.text(value)) }
      cursor.index = start
      throw RequirementMistake("a quote of the marker is not closed: `\(cursor.excerpt)`")
    }
    let start = cursor.index
    let word = cursor.skip { ASCII.isWordByte($0) || $0 == 0x2E }
    if let name = MarkerOperand.known(cursor.text(word)) { return name }
    cursor.index = start
    throw RequirementMistake("the marker has no variable or quoted text at `\(cursor.excerpt)`")
  }

  private mutating func comparisonOperator() throws(RequirementMistake) -> String {
    if takeKeyword("in") { return "in" }
    let start = cursor.index
    if takeKeyword("not") {
      let blanks = cursor.skip(while: ASCII.isBlank)
      if !blanks.isEmpty, takeKeyword("in") { return "not in" }
      cursor.index = start
    }
    for symbol in ["===", "==", "~=", "!=", "<=", ">=", "<", ">"] where takeSymbol(symbol) { return symbol }
    throw RequirementMistake("the marker has no comparison at `\(cursor.excerpt)`")
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    let length = symbol.utf8.count
    guard cursor.index + length <= cursor.end else { return false }
    guard cursor.bytes[cursor.index..<cursor.index + length].elementsEqual(symbol.utf8) else { return false }
    cursor.index += length
    return true
  }

  /// A word that does not go on behind it, nor before.
  private mutating func takeKeyword(_ word: String) -> Bool {
    let start = cursor.index
    if start > 0, ASCII.isWordByte(cursor.bytes[start - 1]) { return false }
    guard takeSymbol(word), !ASCII.isWordByte(cursor.current) else {
      cursor.index = start
      return false
    }
    return true
  }
}
