/// Judges the texts that say which Python runs.
package enum PythonVersionText {
  /// An exact version is one build of one release: `3.10.13`, `3.11.0rc1`, `==3.10.13`, `pypy3.10-7.3.12`.
  package static func pin(_ text: String, path: String, line: Int) -> PythonPin {
    let version = isExact(text) ? PythonVersion.normalised(text) : nil
    return PythonPin(text: text.trimmed, version: version, path: path, line: line)
  }

  /// The version that an image's tag names, `python:3.10.13-slim` for one; nil when it names none.
  package static func pin(ofImage image: String, path: String, line: Int) -> PythonPin? {
    guard let reference = try? ImageReference(parsing: image), let tag = reference.tag else { return nil }
    let words = tag.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = words.first else { return nil }
    let folders = reference.repository.split(separator: "/")
    let name = folders.last.map(String.init) ?? ""
    // `devcontainers/python:1-3.11` counts its own versions; the official image and its mirrors count Python's.
    let isOfficial =
      folders.count == 1 || folders[folders.count - 2] == "library" || first.hasPrefix("3.") || first.hasPrefix("2.7")
    let text: String
    if name == "python", isOfficial, startsWithDigit(first) {
      text = String(first)
    } else if name == "pypy", isOfficial, startsWithDigit(first) {
      text = words.count > 1 && startsWithDigit(words[1]) ? "pypy\(first)-\(words[1])" : "pypy\(first)"
    } else if first == "python", words.count > 1, startsWithDigit(words[1]) {
      text = String(words[1])
    } else if first.hasPrefix("python"), startsWithDigit(first.dropFirst(6)) {
      text = String(first.dropFirst(6))
    } else {
      return nil
    }
    return pin(text, path: path, line: line)
  }

  private static func startsWithDigit(_ text: Substring) -> Bool { text.utf8.first.map(ASCII.isDigit) ?? false }

  static func isExact(_ text: String) -> Bool {
    let version = PythonVersion.normalised(text)
    if isRelease(version) { return true }
    if let specifier = PythonVersionSpecifier(version), !specifier.clauses.isEmpty {
      return specifier.clauses.contains { $0.isExact && isRelease($0.text) }
    }
    return isBuild(version)
  }

  /// Three numbers at least, perhaps with `rc1` behind them, or a `t` for the build without a global lock.
  private static func isRelease(_ text: String) -> Bool {
    let body = text.hasSuffix("t") ? String(text.dropLast()) : text
    guard let version = PythonPackageVersion(body), version.release.count >= 3 else { return false }
    return version.dev == nil && version.local.isEmpty
  }

  /// `cpython-3.10.13-linux-x86_64-gnu` as uv writes it, `pypy3.10-7.3.12` and `miniconda3-22.11.1-1` as pyenv does.
  private static func isBuild(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, ASCII.isLetter(first), bytes.allSatisfy(ASCII.isNameByte) else { return false }
    let words = text.split(separator: "-").dropFirst()
    let numbers = words.prefix { startsWithDigit($0) || $0.hasPrefix("v") && startsWithDigit($0.dropFirst()) }
    return numbers.joined(separator: ".").split(separator: ".").count >= 3
  }
}
