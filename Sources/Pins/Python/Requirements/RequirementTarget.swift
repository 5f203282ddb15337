/// What a requirement points at instead of an index: a URL, a repository or a place on disk.
struct RequirementTarget {
  enum Place: Hashable {
    case web
    /// `file:`, or a path.
    case disk
    /// The tool and the revision that is asked for.
    case repository(tool: String, revision: String?)
  }

  /// As written, but for `git:` that became `git+git:`.
  let url: String
  let place: Place
  /// From `#egg=` or the name of a wheel.
  let name: String?
  let extras: [String]
  /// The first digest in the fragment.
  let digest: RequirementHash?
  /// What in it does not do what it says.
  let problem: String?

  /// Reads a URL whose scheme pip knows; behind `name @` a wheel may be called anything.
  init(url: String, scheme: RequirementScheme, isNamed: Bool = false) throws(RequirementMistake) {
    let bytes = Array(url.utf8)
    let egg = Self.fragment("egg=", in: bytes)
    let isWheel = Self.path(of: bytes).suffix(4).map(ASCII.lower).elementsEqual(".whl".utf8)
    self.url = url
    digest = RequirementHash.inFragment(of: bytes)
    switch scheme {
    case .web: place = .web
    case .file: place = .disk
    case .repository(let tool):
      place = .repository(tool: tool, revision: try Self.revision(in: bytes))
    }
    if isWheel, !isNamed, place == .web || place == .disk {
      name = try WheelName(Self.fileName(of: Self.path(of: bytes))).name
      extras = []
      problem = digest?.mistake
      return
    }
    let named = try egg.map { value throws(RequirementMistake) in try EggFragment(value) }
    name = named?.name
    extras = named?.extras ?? []
    problem = named?.problem ?? digest?.mistake
  }

  /// A path, whose existence only the disk knows; behind `name @` a wheel may be called anything.
  init(path: String, isNamed: Bool = false) throws(RequirementMistake) {
    var bytes = Array(path.utf8)
    var extras: [String] = []
    if bytes.last == 0x5D, let open = bytes.lastIndex(of: 0x5B), open > 0 {
      extras = Self.extras(bytes[(open + 1)...].dropLast())
      bytes.removeSubrange(open...)
    }
    let isWheel = !isNamed && bytes.suffix(4).map(ASCII.lower).elementsEqual(".whl".utf8)
    url = path
    place = .disk
    name = isWheel ? try WheelName(Self.fileName(of: bytes[...])).name : nil
    self.extras = extras
    digest = nil
    problem =
      bytes.contains(0x23) ? "pip takes what follows `#` as part of the path; a `file:` URL can have a fragment" : nil
  }

  private static func extras(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: 0x2C).map { piece in
      PackageName.normalised(String(decoding: piece.filter { !ASCII.isBlank($0) }, as: UTF8.self))
    }
  }

  /// Whether a path or URL names a file that can be installed, and so can have a digest.
  static func isArchive(_ bytes: [UInt8]) -> Bool {
    let path = path(of: bytes)
    let tail = path.suffix(9).map(ASCII.lower)
    return archiveEnds.contains { end in
      tail.count >= end.utf8.count && tail.suffix(end.utf8.count).elementsEqual(end.utf8)
    }
  }

  private static let archiveEnds = [
    ".zip", ".whl", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz", ".tar.lz", ".tar.lzma",
  ]

  /// What stands before a `?` or `#`.
  private static func path(of url: [UInt8]) -> ArraySlice<UInt8> { url.prefix { $0 != 0x23 && $0 != 0x3F } }

  private static func fileName(of path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    path.lastIndex(of: 0x2F).map { path[($0 + 1)...] } ?? path
  }

  /// The value behind the first `#key` or `&key`, up to the next `&`.
  static func fragment(_ key: StaticString, in url: [UInt8]) -> ArraySlice<UInt8>? {
    for index in url.indices where url[index] == 0x23 || url[index] == 0x26 {
      var cursor = ByteCursor(url, (index + 1)..<url.count)
      if cursor.takeExactly(key) { return url[cursor.skip { $0 != 0x26 }] }
    }
    return nil
  }

  /// What stands behind the last `@` of the path, which in the host's part names a user.
  private static func revision(in url: [UInt8]) throws(RequirementMistake) -> String? {
    let end = path(of: url).endIndex
    guard let colon = url[..<end].firstIndex(of: 0x3A) else { return nil }
    var start = colon + 1
    if url[start..<end].starts(with: "//".utf8) {
      guard let slash = url[(start + 2)..<end].firstIndex(of: 0x2F) else { return nil }
      start = slash
    }
    guard let at = url[start..<end].lastIndex(of: 0x40) else { return nil }
    guard at + 1 < end else { throw RequirementMistake("the URL has an empty revision behind `@`") }
    return PercentCoding.decoded(url[(at + 1)..<end])
  }
}
