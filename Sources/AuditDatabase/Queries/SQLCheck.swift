/// What a query must not hold although SQLite would run it; each is refused with its place.
struct SQLCheck {
  let text: SQLText
  /// Names that a common table expression must not take: the gate knows views by them.
  let reserved: Set<String>
  /// What lies behind the views, and is not asked by name.
  let tables: Set<String>

  private static let dateFunctions: Set<String> = [
    "date", "time", "datetime", "julianday", "unixepoch", "strftime",
  ]

  /// One SELECT, without a parameter and without a clock of its own.
  func check() throws(QueryError) {
    let tokens = text.tokens
    guard let first = tokens.first else { throw QueryError(.refused, "there is no SQL", offset: 0) }
    guard ["select", "with", "values"].contains(first.text), first.kind == .word else {
      throw QueryError(
        .refused, "only a SELECT is run, and this begins with `\(first.text.uppercased())`", offset: first.offset)
    }
    for token in commonTables where reserved.contains(token.text.lowercased()) {
      throw QueryError(
        .refused, "`\(token.text)` is the name of a view; call the table expression something else",
        offset: token.offset)
    }
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .sign where token.text == ";":
        if index + 1 < tokens.count {
          throw QueryError(
            .refused, "a second statement follows; only one SELECT is run", offset: tokens[index + 1].offset)
        }
      case .parameter:
        throw QueryError(
          .refused, "`\(token.text)` is a bind parameter, and nothing binds it; a value stands in the SQL or in a view",
          offset: token.offset)
      case .text: try checkClock(token, at: index)
      case .word:
        try checkWord(token, at: index)
        try checkFormat(token, at: index)
        try checkTable(token, at: index)
      case .name:
        try checkFormat(token, at: index)
        try checkTable(token, at: index)
      default: break
      }
    }
  }

  /// The SQL without a semicolon at its end, so that it can stand inside another.
  var withoutEnd: String {
    guard let last = text.tokens.last, last.kind == .sign, last.text == ";" else { return text.source }
    return String(decoding: text.source.utf8.prefix(last.offset), as: UTF8.self)
  }

  private func checkClock(_ token: SQLText.Token, at index: Int) throws(QueryError) {
    let value = token.text.lowercased().filter { !$0.isWhitespace }
    guard ["now", "localtime"].contains(value) || value == "utc" && isInDateFunction(index) else { return }
    throw QueryError(
      .refused, "`'\(token.text)'` would give another answer elsewhere or tomorrow; the scan's clock is `current.now`",
      offset: token.offset)
  }

  /// Without a time, a date function takes the clock's.
  private func checkWord(_ token: SQLText.Token, at index: Int) throws(QueryError) {
    let tokens = text.tokens
    guard Self.dateFunctions.contains(token.text), index + 1 < tokens.count, tokens[index + 1].text == "(",
      tokens[index + 1].kind == .sign
    else { return }
    var depth = 0
    var arguments = 0
    for item in tokens[(index + 1)...] {
      if item.kind == .sign {
        if item.text == "(" { depth += 1 }
        if item.text == ")" { depth -= 1 }
        if item.text == ",", depth == 1 { arguments += 1 }
        if depth == 0 { break }
      }
      if item.offset != tokens[index + 1].offset, arguments == 0 { arguments = 1 }
    }
    guard arguments < (token.text == "strftime" ? 2 : 1) else { return }
    throw QueryError(
      .refused, "`\(token.text)` without a time reads the clock; the scan's clock is `current.now`",
      offset: token.offset)
  }

  /// Widths are counted out one by one, beyond every limit: they must be there to see, and short.
  private func checkFormat(_ token: SQLText.Token, at index: Int) throws(QueryError) {
    guard ["printf", "format"].contains(token.text.lowercased()), index + 2 < text.tokens.count, isCall(index) else {
      return
    }
    let format = text.tokens[index + 2]
    let next = index + 3 < text.tokens.count ? text.tokens[index + 3] : format
    guard format.kind == .text, next.kind == .sign, [",", ")"].contains(next.text) else {
      throw QueryError(
        .refused, "`\(token.text)` takes its format as a text that stands there, as in `\(token.text)('%.2f', x)`",
        offset: token.offset)
    }
    guard format.text.contains(/%[^a-zA-Z%]*(\*|[0-9]{4})/) else { return }
    throw QueryError(
      .refused, "the width in `'\(format.text.prefix(80))'` is refused; it is a number of at most three digits",
      offset: format.offset)
  }

  /// The authorizer is not told who asks for a table of which no column is read.
  private func checkTable(_ token: SQLText.Token, at index: Int) throws(QueryError) {
    let name = token.text.lowercased()
    let isInternal = name.hasPrefix("pragma_") || name.hasPrefix("sqlite_") && !isCall(index)
    guard
      isInternal
        || tables.contains(name) && index > 0 && !commonTables.contains(where: { $0.text.lowercased() == name })
    else { return }
    let before = index > 0 ? text.tokens[index - 1].text : ""
    guard
      isInternal || ["from", "join"].contains(before)
        || before == "." && index > 1 && text.tokens[index - 2].text == "main"
    else { return }
    throw QueryError(
      .refused, "`\(token.text)` is not a view; docs/facts.md lists what can be asked", offset: token.offset)
  }

  private func isCall(_ index: Int) -> Bool {
    index + 1 < text.tokens.count && text.tokens[index + 1].text == "("
  }

  private func isInDateFunction(_ index: Int) -> Bool {
    var depth = 0
    for place in text.tokens.indices[..<index].reversed() where text.tokens[place].kind == .sign {
      if text.tokens[place].text == ")" { depth += 1 }
      if text.tokens[place].text == "(" {
        depth -= 1
        if depth < 0 { return place > 0 && Self.dateFunctions.contains(text.tokens[place - 1].text) }
      }
    }
    return false
  }

  /// The names before `AS (`, `AS MATERIALIZED (` and `AS NOT MATERIALIZED (`, perhaps with columns between.
  private var commonTables: [SQLText.Token] {
    let tokens = text.tokens
    return tokens.indices.compactMap { index in
      guard tokens[index].kind == .word, tokens[index].text == "as", index > 0 else { return nil }
      var next = index + 1
      while next < tokens.count, ["not", "materialized"].contains(tokens[next].text) { next += 1 }
      guard next < tokens.count, tokens[next].kind == .sign, tokens[next].text == "(" else { return nil }
      var before = index - 1
      if tokens[before].kind == .sign, tokens[before].text == ")" {
        while before > 0, tokens[before].text != "(" { before -= 1 }
        before -= 1
      }
      guard before >= 0, tokens[before].kind == .word || tokens[before].kind == .name || tokens[before].kind == .text
      else { return nil }
      return tokens[before]
    }
  }
}
