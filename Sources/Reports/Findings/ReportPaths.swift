import Records

/// Paths as CI services want them: relative to the directory that the scan was started in, with `/`, never absolute.
///
/// Where a scanned directory was named by an absolute path or lies above, they are relative to that directory.
package struct ReportPaths: Sendable {
  private let folders: [String: [Substring]]

  /// `folders` holds the scanned directory of each store, as the user wrote it, by the store's name.
  package init(folders: [String: String]) { self.folders = folders.mapValues { Self.parts($0) ?? [] } }

  /// `path`, which is relative to the scanned directory of `store`; nil when it is a URI or leads out of that directory.
  func path(_ path: String, in store: String) -> String? {
    guard let parts = Self.parts(path) else { return nil }
    let all = (folders[store] ?? []) + parts
    return all.isEmpty ? "." : all.joined(separator: "/")
  }

  /// Where a finding is shown: its own place, else that of its subject, else the scanned directory.
  func place(of item: FlaggedItem) -> (path: String, line: Int?) {
    place(of: item.result, path: item.path, line: item.line)
  }

  /// Where the first item of a result is shown.
  func place(ofFirstIn result: RuleResult) -> (path: String, line: Int?) {
    place(of: result, path: result.details.first?.path, line: result.details.first?.line)
  }

  private func place(of result: RuleResult, path: String?, line: Int?) -> (path: String, line: Int?) {
    let store = result.subject.store
    if let path = path.flatMap({ $0.isEmpty ? nil : self.path($0, in: store) }) { return (path, line) }
    if let path = result.subjectPath.flatMap({ self.path($0, in: store) }) { return (path, nil) }
    return (self.path("", in: store) ?? ".", nil)
  }

  /// The parts of a relative path without `.` and `..`; nil for any other.
  private static func parts(_ path: String) -> [Substring]? {
    guard !path.hasPrefix("/"), !path.holdsBytes(of: "://") else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts
  }
}
