import Documents

/// Reads the small files that choose a Python: `.python-version`, `runtime.txt` and `.tool-versions`.
package enum PythonVersionFile {
  /// Which of them a file is.
  private enum Kind {
    /// pyenv and uv: one version or several, by lines or blanks.
    case pythonVersion
    /// Heroku and Binder: `python-3.10.13`.
    case runtime
    /// asdf and mise: `python 3.10.13 3.9.1`, one tool a line.
    case toolVersions

    init?(path: String) {
      switch path.split(separator: "/").last {
      case ".python-version", ".python-versions": self = .pythonVersion
      case "runtime.txt": self = .runtime
      case ".tool-versions": self = .toolVersions
      default: return nil
      }
    }
  }

  /// Whether a file is one of them, by its name.
  package static func reads(path: String) -> Bool { Kind(path: path) != nil }

  /// What it says; a file of another name is read as a `.python-version`.
  package static func read(path: String, bytes: [UInt8]) -> PinReading {
    var reading = PinReading()
    let kind = Kind(path: path) ?? .pythonVersion
    var isEmpty = true
    let text = TextDecoding.decode(bytes)
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let words = raw.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let first = words.first else { continue }
      isEmpty = false
      let line = index + 1
      switch kind {
      case .pythonVersion: for word in words { add(word, &reading, path, line) }
      case .runtime where first.hasPrefix("python-") && words.count == 1: add(first, &reading, path, line)
      // Binder's other languages.
      case .runtime where first.hasPrefix("r-") || first.hasPrefix("julia-"): continue
      case .runtime:
        fail("`\(Excerpt.of(raw.trimmed))` is no runtime; write `python-` and the version", &reading, path, line)
      case .toolVersions where first == "python":
        if words.count == 1 { fail("`python` stands without a version", &reading, path, line) }
        for word in words.dropFirst() { add(word, &reading, path, line) }
      case .toolVersions: continue
      }
    }
    if isEmpty, kind != .toolVersions { fail("the file names no Python version", &reading, path, 1) }
    return reading
  }

  private static func add(_ word: String, _ reading: inout PinReading, _ path: String, _ line: Int) {
    guard word.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return fail("`\(Excerpt.of(word))` is no Python version", &reading, path, line)
    }
    reading.pythons.append(PythonVersionText.pin(word, path: path, line: line))
  }

  private static func fail(_ message: String, _ reading: inout PinReading, _ path: String, _ line: Int) {
    reading.problems.append(PinProblem(message: message, path: path, line: line))
  }
}
