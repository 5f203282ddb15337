extension RequirementLine {
  /// Reads a URL, a path or a named requirement, with its marker.
  mutating func read(_ bytes: [UInt8]) throws(RequirementMistake) {
    let scheme = RequirementScheme(of: bytes)
    let cut = Self.semicolon(bytes, mustHaveBlank: scheme != nil)
    let body = PythonWhitespace.trim(bytes, 0..<(cut ?? bytes.count))
    if let cut {
      let marker = PythonWhitespace.trim(bytes, (cut + 1)..<bytes.count)
      if !marker.isEmpty { self.marker = try MarkerGrammar.parse(bytes, marker) }
    }
    let requirement = Array(bytes[body])
    if let scheme {
      point(at: try RequirementTarget(url: String(decoding: requirement, as: UTF8.self), scheme: scheme))
      return
    }
    do throws(RequirementMistake) {
      let named = try NamedRequirement(requirement, 0..<requirement.count)
      // `x-1.0.zip` and `x==1/2` could be both.
      if named.url != nil || !Self.looksLikePath(requirement) { return try take(named) }
    } catch {
      if !Self.looksLikePath(requirement) { throw error }
    }
    point(at: try RequirementTarget(path: String(decoding: requirement, as: UTF8.self)))
  }

  /// A semicolon may be part of a URL unless a blank follows.
  private static func semicolon(_ bytes: [UInt8], mustHaveBlank: Bool) -> Int? {
    mustHaveBlank
      ? bytes.indices.first { bytes[$0] == 0x3B && $0 + 1 < bytes.count && bytes[$0 + 1] == 0x20 }
      : bytes.firstIndex(of: 0x3B)
  }

  private mutating func take(_ named: NamedRequirement) throws(RequirementMistake) {
    writtenName = named.name
    guard let url = named.url else {
      kind = .named
      specifier = named.specifier
      extras = named.extras
      return
    }
    if let scheme = RequirementScheme(of: url.utf8) {
      point(at: try RequirementTarget(url: url, scheme: scheme, isNamed: true))
    } else {
      point(at: try RequirementTarget(path: url, isNamed: true))
      if !Self.looksLikePath(Array(url.utf8)) { kind = .url }
      let variable = EnvironmentVariable.first(in: Array(url.utf8))
      problem =
        variable.map { "the URL of `\(named.name)` gets its value elsewhere: `\($0)`" }
        ?? "`\(Excerpt.of(url))` begins with no scheme of a URL that pip installs from"
    }
    writtenName = named.name
    extras = named.extras
  }

  /// Reads what stands behind `-e`.
  mutating func readEditable(_ bytes: [UInt8]) throws(RequirementMistake) {
    guard !bytes.isEmpty else { throw RequirementMistake("`-e` names nothing") }
    if try readNamedEditable(bytes) { return }
    var text = String(decoding: bytes, as: UTF8.self)
    // `git://host/x` is short for `git+git://host/x` here, and only here.
    for tool in ["git", "hg", "svn", "bzr"] where bytes.map(ASCII.lower).starts(with: "\(tool):".utf8) {
      text = "\(tool)+\(text)"
    }
    guard let scheme = RequirementScheme(of: text.utf8) else {
      if text.utf8.split(separator: 0x2F).first?.last == 0x3A { throw Self.notEditable(bytes) }
      return point(at: try RequirementTarget(path: text))
    }
    let target = try RequirementTarget(url: text, scheme: scheme)
    switch target.place {
    case .web: throw Self.notEditable(bytes)
    case .repository where target.name == nil:
      throw RequirementMistake("an editable repository needs a name: `\(Excerpt.of(text))` has no `#egg=`")
    case .repository, .disk: point(at: target)
    }
  }

  /// `name @ git+https://… ; marker`; false when it is none.
  private mutating func readNamedEditable(_ bytes: [UInt8]) throws(RequirementMistake) -> Bool {
    let cut = bytes.firstIndex(of: 0x3B)
    let body = PythonWhitespace.trim(bytes, 0..<(cut ?? bytes.count))
    guard let named = try? NamedRequirement(bytes, body) else { return false }
    guard let url = named.url else {
      if named.specifier.clauses.isEmpty { return false }
      throw Self.notEditable(bytes)
    }
    switch RequirementScheme(of: url.utf8) {
    case .repository, .file: try take(named)
    case .web, nil: throw Self.notEditable(bytes)
    }
    if let cut { marker = try MarkerGrammar.parse(bytes, PythonWhitespace.trim(bytes, (cut + 1)..<bytes.count)) }
    return true
  }

  private static func notEditable(_ bytes: [UInt8]) -> RequirementMistake {
    let text = Excerpt.of(bytes[...])
    return RequirementMistake("`\(text)` is neither a folder nor a repository such as `git+https://…`, as `-e` wants")
  }

  private static func looksLikePath(_ bytes: [UInt8]) -> Bool {
    let isPlain = bytes.first == 0x2F || bytes.starts(with: "./".utf8) || bytes.starts(with: "../".utf8)
    // `x==1/2` and `.x==1` are requirements with a mistake.
    if !isPlain, holdsComparison(bytes) { return false }
    if bytes.first == 0x2E || RequirementTarget.isArchive(bytes) { return true }
    // `C:\x` and `C:/x`.
    if bytes.count > 2, ASCII.isLetter(bytes[0]), bytes[1] == 0x3A, bytes[2] == 0x5C || bytes[2] == 0x2F { return true }
    guard let slash = bytes.firstIndex(of: 0x2F) else { return false }
    // `git://x` is a URL that pip does not know.
    return slash == 0 || bytes[slash - 1] != 0x3A
  }

  private static func holdsComparison(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { first, second in
      second == 0x3D && (first == 0x3D || first == 0x3E || first == 0x3C || first == 0x7E || first == 0x21)
    }
  }

  private mutating func point(at target: RequirementTarget) {
    url = target.url
    writtenName = target.name
    extras = target.extras
    digest = target.digest
    isArchive = RequirementTarget.isArchive(Array(target.url.utf8))
    if let note = target.problem { problem = problem ?? note }
    switch target.place {
    case .web: kind = .url
    case .disk: kind = RequirementScheme(of: target.url.utf8) == nil ? .path : .url
    case .repository(let tool, let revision):
      kind = .repository
      self.tool = tool
      self.revision = revision
    }
  }
}
