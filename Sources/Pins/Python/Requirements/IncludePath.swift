/// Where an included file lies.
enum IncludePath {
  /// Relative to the folder of the file that includes it, without `.` and `..` as far as they can be resolved.
  static func resolve(_ target: String, from path: String) -> String {
    let isAbsolute = target.hasPrefix("/") || path.hasPrefix("/")
    let folder = target.hasPrefix("/") ? "" : path.lastIndex(of: "/").map { path[...$0] } ?? ""
    var parts: [Substring] = []
    for part in (folder + target).split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }
}
