import Documents

/// Reads lists of conda packages by URL, as `conda list --explicit` and conda-lock write them.
///
/// conda-lock adds pip's packages as comments (`# pip name @ url --hash=…`), which its own install command reads.
enum CondaExplicitList {
  /// Whether a line says `@EXPLICIT`, near the start: a list has only comments before it.
  static func hasMark(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(64 * 1024)
    guard head.contains(UInt8(ascii: "@")) else { return false }
    for line in head.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let text = String(decoding: line.prefix(80), as: UTF8.self).trimmed
      if text == mark || text == "\u{FEFF}\(mark)" { return true }
      if !text.hasPrefix("#"), !text.hasPrefix("\u{FEFF}#"), !text.isEmpty { return false }
    }
    return false
  }

  private static let mark = "@EXPLICIT"

  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    let text = TextDecoding.decode(bytes).utf8
    for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      add(trimmed(line), line: index + 1, to: &rows)
    }
    return rows.reading
  }

  private static func trimmed(_ line: Substring.UTF8View) -> String {
    var line = line.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
    return String(Substring(line))
  }

  private static func add(_ text: String, line: Int, to rows: inout LockRows) {
    if text.hasPrefix("# pip ") {
      return rows.addRequirement(String(text.dropFirst("# pip ".count)), line: line)
    }
    if text.isEmpty || text.hasPrefix("#") || text == mark { return }
    guard let package = CondaPackageURL(text) else {
      return rows.addProblem(
        "not the URL of a conda package: `\(LockText.redacted(String(text.prefix(200))))`", line: line)
    }
    if package.hasUnknownFragment {
      return rows.addProblem("what follows `#` is neither an MD5 nor a SHA-256 digest", line: line)
    }
    let shown = LockText.redacted(package.url)
    if package.isMisnamed {
      return rows.addProblem("a package's file is named `name-version-build`: `\(shown.suffix(80))`", line: line)
    }
    if let parts = package.parts {
      rows.add(parts.name, shown, package.spec.pin, line: line)
      if parts.name == "python" { rows.addPython(parts.version, line: line) }
    } else {
      rows.add(nil, shown, package.spec.pin, line: line)
    }
  }
}
