/// A requirement that begins with a name, by PEP 508: `name[extra] >= 1, < 2` or `name[extra] @ url`.
///
/// The marker is not part of it: pip cuts at the semicolon first.
struct NamedRequirement {
  let name: String
  let extras: [String]
  let specifier: PythonVersionSpecifier
  let url: String?

  init(_ bytes: [UInt8], _ range: Range<Int>) throws(RequirementMistake) {
    var cursor = ByteCursor(bytes, range)
    cursor.skipBlanks()
    guard let name = PackageName.take(&cursor) else {
      throw RequirementMistake("no package name at the start of `\(cursor.excerpt)`")
    }
    self.name = cursor.text(name)
    cursor.skipBlanks()
    extras = try Self.extras(&cursor)
    cursor.skipBlanks()
    if cursor.take(0x40) {
      cursor.skipBlanks()
      let url = cursor.skip { !ASCII.isBlank($0) }
      guard !url.isEmpty else { throw RequirementMistake("`\(self.name) @` names no URL") }
      self.url = cursor.text(url)
      specifier = PythonVersionSpecifier(clauses: [])
      cursor.skipBlanks()
    } else {
      url = nil
      specifier = try Self.specifier(&cursor)
    }
    guard cursor.isAtEnd else { throw Self.leftover(cursor, hasSpecifier: !specifier.clauses.isEmpty) }
  }

  private static func extras(_ cursor: inout ByteCursor) throws(RequirementMistake) -> [String] {
    guard cursor.take(0x5B) else { return [] }
    var extras: [String] = []
    cursor.skipBlanks()
    if cursor.take(0x5D) { return [] }
    while true {
      guard let extra = PackageName.take(&cursor) else {
        throw RequirementMistake("the extras hold no name at `\(cursor.excerpt)`")
      }
      extras.append(PackageName.normalised(cursor.text(extra)))
      cursor.skipBlanks()
      if cursor.take(0x5D) { return extras }
      guard cursor.take(0x2C) else { throw RequirementMistake("the extras are not closed before `\(cursor.excerpt)`") }
      cursor.skipBlanks()
    }
  }

  private static func specifier(_ cursor: inout ByteCursor) throws(RequirementMistake) -> PythonVersionSpecifier {
    let isEnclosed = cursor.take(0x28)
    var clauses: [PythonVersionClause] = []
    cursor.skipBlanks()
    while true {
      let start = cursor.index
      guard let clause = PythonVersionClause(&cursor) else {
        cursor.index = start
        break
      }
      clauses.append(clause)
      cursor.skipBlanks()
      guard cursor.take(0x2C) else { break }
      cursor.skipBlanks()
    }
    if isEnclosed {
      guard cursor.take(0x29) else {
        throw RequirementMistake("the version specifier is not closed before `\(cursor.excerpt)`")
      }
      cursor.skipBlanks()
    }
    return PythonVersionSpecifier(clauses: clauses)
  }

  /// What is wrong with what stands behind a requirement that could have ended.
  private static func leftover(_ cursor: ByteCursor, hasSpecifier: Bool) -> RequirementMistake {
    let rest = cursor.excerpt
    if ASCII.isAlphanumeric(cursor.current), hasSpecifier {
      return RequirementMistake("`\(rest)` stands behind a complete requirement; each needs a line of its own")
    }
    if cursor.current == 0x3D, cursor.peek(1) != 0x3D {
      return RequirementMistake("`=` is no comparison at `\(rest)`; write `==`")
    }
    return RequirementMistake("`\(rest)` is not a version specifier")
  }
}
