/// A Python version as records and tools write it.
package enum PythonVersion {
  /// The version alone: `Python 3.10.13`, as `python -V` prints it, and `sys.version` both give `3.10.13`.
  package static func normalised(_ text: String) -> String {
    let trimmed = text.trimmed
    let body = withoutName(trimmed)
    // `3.10.13 (main, Aug 24 2023, …) [GCC 11.2.0]`, `3.10.13 | packaged by conda-forge | (…)`.
    guard let first = body.utf8.first, ASCII.isDigit(first) else { return trimmed }
    let word = body.prefix { !$0.isWhitespace }
    for platform in ["-linux", "-macos", "-windows"] {
      // `cpython-3.10.13-linux-x86_64-gnu`, as uv names what it installs.
      if let start = word.firstRange(of: platform)?.lowerBound { return String(word[..<start]) }
    }
    return String(word)
  }

  private static func withoutName(_ text: String) -> Substring {
    for name in ["cpython", "python"] where text.utf8.count > name.utf8.count {
      guard text.prefix(name.count).lowercased() == name else { continue }
      var rest = text.dropFirst(name.count)
      if let digit = rest.utf8.first, ASCII.isDigit(digit) { return rest }
      for separator in ["==", "=", "-", "@", " "] where rest.hasPrefix(separator) {
        rest = rest.dropFirst(separator.count).drop(while: \.isWhitespace)
        return rest
      }
    }
    return text[...]
  }
}
