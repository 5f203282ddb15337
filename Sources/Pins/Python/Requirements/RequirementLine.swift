/// One requirement as a person writes it: `name[extra]==1.0 ; marker --hash=…`, a URL, a path or `-e …`.
package struct RequirementLine: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// One that an index resolves.
    case named
    case repository
    case url
    case path
    case invalid
  }

  package fileprivate(set) var kind = Kind.invalid
  /// As written; nil when the line names none.
  package fileprivate(set) var writtenName: String?
  /// In their normal spelling.
  package fileprivate(set) var extras: [String] = []
  package fileprivate(set) var specifier = PythonVersionSpecifier(clauses: [])
  /// With one spacing and quoting.
  package fileprivate(set) var marker: String?
  package fileprivate(set) var url: String?
  /// `git`, `hg`, `svn` or `bzr`.
  package fileprivate(set) var tool: String?
  package fileprivate(set) var revision: String?
  package fileprivate(set) var isEditable = false
  package fileprivate(set) var hashes: [RequirementHash] = []
  /// The digest in the URL's fragment.
  package fileprivate(set) var digest: RequirementHash?
  /// As written, without comment and options.
  package fileprivate(set) var text = ""
  package fileprivate(set) var pin = RequirementPin.invalid
  /// Why it is invalid, or what in it does not do what it says.
  package fileprivate(set) var problem: String?
  /// Whether its target is a file, which can have a digest.
  fileprivate var isArchive = false

  /// `Foo.Bar_baz` is `foo-bar-baz`.
  package var name: String? { writtenName.map(PackageName.normalised) }

  /// Whether it has a digest that a file can have, which `--hash` gives.
  package var hashed: Bool { hashes.contains(where: \.isHex) }

  /// Whether pip checks what it installs by a digest, be it one of an option or of the URL.
  var isVerified: Bool { hashed || digest?.isHex == true }

  /// Reads a line without comment; options may follow the requirement.
  package init(_ line: String) {
    let bytes = Array(line.utf8)
    let text = PythonWhitespace.trim(bytes, 0..<bytes.count)
    self.init(RequirementsLine(Array(bytes[text])))
  }

  /// Reads the requirement of a line, be it its arguments or the first `-e`.
  init(_ line: RequirementsLine) {
    let editable = line.arguments.isEmpty ? line.firstEditable : nil
    isEditable = editable != nil
    text = editable.map { "-e \($0)" } ?? String(decoding: line.arguments, as: UTF8.self)
    hashes = line.hashes
    problem = line.note
    do throws(RequirementMistake) {
      if let mistake = line.mistake { throw mistake }
      if let editable {
        try readEditable(Array(editable.utf8))
      } else if line.arguments.isEmpty {
        throw RequirementMistake("an option, and no requirement")
      } else {
        try read(line.arguments)
      }
      judge()
    } catch {
      kind = .invalid
      pin = .invalid
      let variable = EnvironmentVariable.first(in: Array(text.utf8))
      problem = variable.map { "`\($0)` gets its value elsewhere: \(error.message)" } ?? error.message
      if writtenName == nil { writtenName = Self.leadingName(text) }
    }
  }

  /// What a line that is otherwise wrong begins with, so that people find it.
  private static func leadingName(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    if RequirementScheme(of: bytes) != nil { return nil }
    var cursor = ByteCursor(bytes)
    guard let name = PackageName.take(&cursor), cursor.current != 0x2F, cursor.current != 0x3A else { return nil }
    return cursor.text(name)
  }
}

extension RequirementLine {
  private mutating func read(_ bytes: [UInt8]) throws(RequirementMistake) {
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
    // `name @ ../x.whl` looks like a path, and is none.
    let parsed = Result { () throws(RequirementMistake) in try NamedRequirement(requirement, 0..<requirement.count) }
    switch parsed {
    case .success(let named) where named.url != nil || !Self.looksLikePath(requirement):
      try take(named)
    case .success, .failure:
      if Self.looksLikePath(requirement) {
        point(at: RequirementTarget(path: String(decoding: requirement, as: UTF8.self)))
      } else {
        try take(parsed.get())
      }
    }
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
      point(at: RequirementTarget(path: url))
    }
    writtenName = named.name
    extras = named.extras
  }

  private mutating func readEditable(_ bytes: [UInt8]) throws(RequirementMistake) {
    let range = 0..<(bytes.firstIndex(of: 0x3B) ?? bytes.count)
    if let named = try? NamedRequirement(bytes, PythonWhitespace.trim(bytes, range)) {
      if named.url != nil {
        try take(named)
        return
      }
      if !named.specifier.clauses.isEmpty {
        throw RequirementMistake("an editable requirement is a folder or a repository, not `\(Excerpt.of(bytes[...]))`")
      }
    }
    var text = String(decoding: bytes, as: UTF8.self)
    // `git://host/x` is short for `git+git://host/x` here, and only here.
    for tool in ["git", "hg", "svn", "bzr"] where bytes.map(ASCII.lower).starts(with: "\(tool):".utf8) {
      text = "\(tool)+\(text)"
    }
    guard let scheme = RequirementScheme(of: text.utf8) else {
      if text.utf8.split(separator: 0x2F).first?.last == 0x3A || Self.isUserAtHost(bytes) {
        throw RequirementMistake(
          "`\(Excerpt.of(bytes[...]))` is neither a folder nor a repository such as `git+https://…`")
      }
      return point(at: RequirementTarget(path: text))
    }
    let target = try RequirementTarget(url: text, scheme: scheme)
    switch target.place {
    case .web: throw RequirementMistake("an editable requirement is a folder or a repository, not a file on the web")
    case .repository where target.name == nil:
      throw RequirementMistake("an editable repository needs a name: `\(Excerpt.of(text))` has no `#egg=`")
    case .repository, .disk: point(at: target)
    }
  }

  /// `git@host:path`, which git knows and pip does not.
  private static func isUserAtHost(_ bytes: [UInt8]) -> Bool {
    guard let at = bytes.firstIndex(of: 0x40), let colon = bytes[at...].firstIndex(of: 0x3A) else { return false }
    return !bytes[..<colon].contains(0x2F)
  }

  private static func looksLikePath(_ bytes: [UInt8]) -> Bool {
    if bytes.first == 0x2E || RequirementTarget.isArchive(bytes) { return true }
    // `C:\x` and `C:/x`.
    if bytes.count > 2, ASCII.isLetter(bytes[0]), bytes[1] == 0x3A, bytes[2] == 0x5C || bytes[2] == 0x2F { return true }
    guard let slash = bytes.firstIndex(of: 0x2F) else { return false }
    // `git://x` is a URL that pip does not know.
    return slash == 0 || bytes[slash - 1] != 0x3A
  }

  private mutating func point(at target: RequirementTarget) {
    url = target.url
    writtenName = target.name
    extras = target.extras
    digest = target.digest
    isArchive = target.isArchive
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

  private mutating func judge() {
    for hash in hashes {
      if let mistake = hash.mistake { problem = problem ?? mistake }
    }
    switch kind {
    case .invalid: pin = .invalid
    case .named:
      pin = specifier.pin
      if pin == .exact, hashed { pin = .hashed }
    case .repository:
      pin = revision.map(Self.isCommit) == true ? .vcsCommit : .vcsFloating
      if let variable = revision.flatMap({ EnvironmentVariable.first(in: Array($0.utf8)) }) {
        problem = problem ?? "the revision `\(variable)` gets its value elsewhere"
      }
    case .url, .path:
      let isOnDisk = kind == .path || url.flatMap { RequirementScheme(of: $0.utf8) } == .file
      if digest?.isHex == true || hashed && (isArchive || !isOnDisk) {
        pin = isEditable ? .local : .urlDigest
      } else {
        pin = isOnDisk ? .local : .url
      }
    }
  }

  /// A whole SHA-1 or SHA-256, and no abbreviation of one.
  private static func isCommit(_ revision: String) -> Bool {
    [40, 64].contains(revision.utf8.count) && revision.utf8.allSatisfy(ASCII.isHex)
  }
}
