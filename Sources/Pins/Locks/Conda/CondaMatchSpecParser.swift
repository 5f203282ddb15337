/// Takes a match spec apart in the order conda does: comment, file, brackets, channel, name, version and build.
enum CondaMatchSpecParser {
  typealias Mistake = CondaMatchSpec.Mistake

  /// Longer ones are no specs, and the look-backs below would be slow on them.
  private static let maximumLength = 4096

  static func parse(_ text: String) throws(Mistake) -> CondaMatchSpec {
    guard text.utf8.count <= maximumLength else { throw Mistake(message: "longer than \(maximumLength) characters") }
    if let file = CondaPackageURL(text.trimmed) { return try spec(of: file) }
    var rest = text.prefix { $0 != "#" }.trimmed
    if let file = CondaPackageURL(rest) { return try spec(of: file) }
    guard !rest.isEmpty else { throw Mistake(message: "nothing is asked for") }
    // A feature, which conda no longer looks for, fits every package.
    if rest.hasSuffix("@") { return CondaMatchSpec(name: "*") }
    let brackets = try CondaBrackets.take(from: &rest)
    if rest.contains("(") || rest.contains(")") {
      throw Mistake(message: "conda does not read parentheses")
    }
    let (channel, body) = channel(of: rest)
    let (name, constraint) = try name(of: body)
    var (version, build) = try versionAndBuild(constraint)
    if let written = brackets["version"] { version = normalised(written, hasBuild: false) }
    if let written = brackets["build"] { build = written }
    if let version, !CondaVersionSpec.isValid(version) {
      throw Mistake(message: "`\(version.prefix(80))` is not a version")
    }
    return CondaMatchSpec(
      name: name, channel: brackets["channel"] ?? channel, version: version, build: build, url: brackets["url"],
      digest: brackets["sha256"] ?? brackets["md5"])
  }

  private static func spec(of file: CondaPackageURL) throws(Mistake) -> CondaMatchSpec {
    if file.isMisnamed { throw Mistake(message: "a package's file is named `name-version-build`") }
    return file.spec
  }

  /// What stands before `::`, with a subdir behind a slash or not, and an old namespace between single colons.
  private static func channel(of text: String) -> (channel: String?, body: Substring) {
    guard let colon = text.lastIndex(of: ":") else { return (nil, text[...]) }
    let before = text[..<colon]
    let channel = before.lastIndex(of: ":").map { before[..<$0] } ?? ""
    return (channel.isEmpty ? nil : channel.trimmed, text[text.index(after: colon)...])
  }

  private static func name(of text: Substring) throws(Mistake) -> (name: String, constraint: String) {
    let body = text.trimmed
    let name = body.prefix { !" =<>!~".contains($0) }
    guard isName(name) else { throw Mistake(message: "`\(body.prefix(80))` names no package") }
    return (name.contains("*") ? "*" : name.lowercased(), body.dropFirst(name.count).trimmed)
  }

  /// Letters and digits, with single `-` and `.` between them; `_` and `*` anywhere.
  private static func isName(_ name: Substring) -> Bool {
    var previousIsWord = false
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "*"):
        previousIsWord = true
      case UInt8(ascii: "-"), UInt8(ascii: "."):
        guard previousIsWord else { return false }
        previousIsWord = false
      default: return false
      }
    }
    return previousIsWord
  }

  /// `=1.0=py_0`, `==1.0`, `>=1,<2 py_0`, `1.0 py_0`.
  private static func versionAndBuild(_ text: String) throws(Mistake) -> (version: String?, build: String?) {
    guard !text.isEmpty, text != "=" else { return (nil, nil) }
    let parts = splitBuild(text)
    let version = parts.version.filter { !$0.isWhitespace }
    guard !version.isEmpty else { throw Mistake(message: "`\(text.prefix(80))` is not a version") }
    return (normalised(version, hasBuild: parts.build != nil), parts.build)
  }

  /// The build stands behind the last space or `=`, when what comes before it is a version and no operator.
  private static func splitBuild(_ text: String) -> (version: String, build: String?) {
    let bytes = Array(text.utf8)
    let isStop: (UInt8) -> Bool = { CondaVersionSpec.isOperator($0) || CondaVersionSpec.isJoint($0) || $0 == 0x20 }
    guard let last = bytes.lastIndex(where: isStop), last + 1 < bytes.count, last > 0,
      bytes[last] == UInt8(ascii: "=") || bytes[last] == 0x20
    else { return (text, nil) }
    let before = bytes[..<last].last { $0 != 0x20 } ?? 0x20
    if CondaVersionSpec.isOperator(before) || CondaVersionSpec.isJoint(before) || before == 0x20 { return (text, nil) }
    if bytes[last] == UInt8(ascii: "="), bytes[last - 1] == 0x20 { return (text, nil) }
    return (String(decoding: bytes[..<last], as: UTF8.self), String(decoding: bytes[(last + 1)...], as: UTF8.self))
  }

  /// `==1.0` is `1.0`; `=1.0` is `1.0.*` without a build and `1.0` with one.
  private static func normalised(_ version: String, hasBuild: Bool) -> String {
    // conda takes the sign off the first clause even when others follow.
    let version = version.hasPrefix("==") ? String(version.dropFirst(2)) : version
    if version.contains(",") || version.contains("|") {
      return version.split(separator: "|", omittingEmptySubsequences: false).map { alternative in
        alternative.split(separator: ",", omittingEmptySubsequences: false).map(globbed).joined(separator: ",")
      }.joined(separator: "|")
    }
    guard version.hasPrefix("=") else { return globbed(version[...]) }
    let body = version.dropFirst()
    return hasBuild || body.hasSuffix("*") ? globbed(body) : "\(body).*"
  }

  /// `1.7*` is `1.7.*` to conda.
  private static func globbed(_ version: Substring) -> String {
    guard version.hasSuffix("*"), let first = version.utf8.first, !CondaVersionSpec.isOperator(first) else {
      return String(version)
    }
    let body = version.dropLast()
    return body.isEmpty || body.hasSuffix(".") || body.contains("*") ? String(version) : "\(body).*"
  }
}
