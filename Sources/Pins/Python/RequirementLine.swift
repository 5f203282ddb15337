/// One requirement as a person writes it: `name[extra]==1.0 ; marker --hash=…`, a URL, a path or `-e …`.
struct RequirementLine {
  let name: String?
  let text: String
  let pin: RequirementPin
  let hashed: Bool
  let problem: String?

  init(_ line: String) {
    var body = line
    var isEditable = false
    for option in ["-e ", "--editable ", "--editable="] where body.hasPrefix(option) {
      body = String(body.dropFirst(option.count)).trimmed
      isEditable = true
    }
    let hashes = body.firstRange(of: " --hash")
    let options = body.firstRange(of: " --")
    hashed = hashes != nil
    if let options { body = String(body[..<options.lowerBound]).trimmed }
    text = isEditable ? "-e \(body)" : body
    let parsed = isEditable ? Self.reference(body, hashed: hashed) : Self.parse(body, hashed: hashed)
    name = parsed.name.map(Self.normalised)
    pin = parsed.pin
    problem = parsed.problem
  }

  /// `Foo.Bar_baz` is `foo-bar-baz`.
  static func normalised(_ name: String) -> String {
    name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
  }

  private typealias Parsed = (name: String?, pin: RequirementPin, problem: String?)

  private static func parse(_ body: String, hashed: Bool) -> Parsed {
    if isReference(body.split(whereSeparator: { $0.isWhitespace || $0 == "@" }).first.map(String.init) ?? "") {
      return reference(body, hashed: hashed)
    }
    let name = String(body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    guard let first = name.first, first.isLetter || first.isNumber else {
      return (nil, .invalid, "not a requirement: `\(body.prefix(80))`")
    }
    var rest = Substring(body.dropFirst(name.count)).trimmed
    if rest.hasPrefix("[") {
      guard let close = rest.firstIndex(of: "]") else {
        return (name, .invalid, "extras are not closed: `\(body.prefix(80))`")
      }
      rest = rest[rest.index(after: close)...].trimmed
    }
    if rest.hasPrefix("@") {
      let target = rest.dropFirst().split(separator: ";", maxSplits: 1).first.map(\.trimmed) ?? ""
      let found = reference(target, hashed: hashed)
      return (name, found.pin, found.problem)
    }
    let specifier = rest.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0].trimmed
    return pin(name: name, specifier: specifier, hashed: hashed)
  }

  private static func pin(name: String, specifier: String, hashed: Bool) -> Parsed {
    var body = specifier
    if body.hasPrefix("("), body.hasSuffix(")") { body = String(body.dropFirst().dropLast()) }
    if body.isEmpty { return (name, .none, nil) }
    var result = RequirementPin.range
    for clause in body.split(separator: ",").map(\.trimmed) {
      guard let (comparison, version) = split(clause) else {
        return (name, .invalid, "`\(clause.prefix(80))` is not a version specifier")
      }
      let isWildcard = version.hasSuffix(".*")
      if comparison == "===" || comparison == "==" && !isWildcard { result = hashed ? .hashed : .exact }
      if comparison == "==", isWildcard, result == .range { result = .wildcard }
    }
    return (name, result, nil)
  }

  /// `>= 1.0` as its comparison and its version.
  private static func split(_ clause: String) -> (comparison: String, version: String)? {
    guard let comparison = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"].first(where: clause.hasPrefix) else {
      return nil
    }
    let version = clause.dropFirst(comparison.count).trimmed
    return version.isEmpty || version.contains(where: \.isWhitespace) ? nil : (comparison, version)
  }

  private static func isReference(_ body: String) -> Bool {
    body.contains("://") || body.hasPrefix(".") || body.hasPrefix("/") || body.hasPrefix("file:")
      || body.hasSuffix(".whl") || body.hasSuffix(".tar.gz") || body.hasSuffix(".zip")
  }

  private static func reference(_ body: String, hashed: Bool) -> Parsed {
    let parts = body.split(separator: "#", maxSplits: 1).map(String.init)
    let fragment = parts.count > 1 ? parts[1] : ""
    let egg = fragment.split(separator: "&").first { $0.hasPrefix("egg=") }.map {
      String($0.dropFirst(4).prefix { $0 != "[" })
    }
    let url = parts.first ?? ""
    if let scheme = url.firstRange(of: "+"), ["git", "hg", "svn", "bzr"].contains(String(url[..<scheme.lowerBound])) {
      let path = url[scheme.upperBound...].split(separator: "://", maxSplits: 1).last ?? ""
      // `git+ssh://git@host/x` names a user, `…/x@v1` a revision: only what stands behind the last slash counts.
      let last = path.split(separator: "/").last ?? ""
      let revision = last.split(separator: "@").dropFirst().last ?? ""
      let isCommit = revision.utf8.count == 40 && revision.utf8.allSatisfy(isHex)
      return (egg, isCommit ? .vcsCommit : .vcsFloating, nil)
    }
    let hasDigest = hashed || ["sha256=", "sha512=", "sha384=", "sha1=", "md5="].contains { fragment.contains($0) }
    if hasDigest { return (egg, .urlDigest, nil) }
    return (egg, url.contains("://") && !url.hasPrefix("file:") ? .url : .local, nil)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte >= 48 && byte <= 57 || (byte | 0x20) >= 97 && (byte | 0x20) <= 102
  }
}

extension StringProtocol {
  var trimmed: String {
    var rest = self[...]
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest.drop(while: \.isWhitespace))
  }
}
