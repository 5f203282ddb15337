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

  package internal(set) var kind = Kind.invalid
  /// As written; nil when the line names none.
  package internal(set) var writtenName: String?
  /// In their normal spelling.
  package internal(set) var extras: [String] = []
  package internal(set) var specifier = PythonVersionSpecifier(clauses: [])
  /// With one spacing and quoting.
  package internal(set) var marker: String?
  package internal(set) var url: String?
  /// `git`, `hg`, `svn` or `bzr`.
  package internal(set) var tool: String?
  package internal(set) var revision: String?
  package internal(set) var isEditable = false
  package internal(set) var hashes: [RequirementHash] = []
  /// The digest in the URL's fragment.
  package internal(set) var digest: RequirementHash?
  /// As written, without comment and options.
  package internal(set) var text = ""
  package internal(set) var pin = RequirementPin.invalid
  /// Why it is invalid, or what in it does not do what it says.
  package internal(set) var problem: String?
  /// Whether its target is a file, which can have a digest.
  var isArchive = false

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
    text = editable.map(Self.written) ?? String(decoding: line.arguments, as: UTF8.self)
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

  /// With quotes where it needs them to stay one word.
  private static func written(_ editable: String) -> String {
    guard editable.utf8.contains(where: ASCII.isBlank) else { return "-e \(editable)" }
    return editable.utf8.contains(0x27) ? "-e \"\(editable)\"" : "-e '\(editable)'"
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
