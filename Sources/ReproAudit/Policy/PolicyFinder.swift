import Hashing
import Rules

/// Finds the policy of an audit.
struct PolicyFinder {
  static let fileName = "repro-audit.yaml"

  let catalogue: RuleCatalogue

  /// The policy `named` (a built-in name or a file), or `repro-audit.yaml` from `directory` upwards, or `default`.
  func find(_ named: String?, near directory: String) throws -> Policy {
    if let named {
      if let policy = Policy.builtIn(named, catalogue: catalogue) { return policy }
      return try read(named)
    }
    var folder = directory
    while true {
      let candidate = (folder == "/" ? "" : folder) + "/" + Self.fileName
      if let bytes = try? WholeFile.read(SystemPath(candidate)) { return try parse(bytes, path: Self.fileName) }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { break }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    guard let policy = Policy.builtIn("default", catalogue: catalogue) else {
      throw AuditError.unusable("the built-in policy `default` is missing from this binary")
    }
    return policy
  }

  private func read(_ path: String) throws -> Policy {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(path))
    } catch {
      let hint =
        error == .missing ? NearestName.find(path, among: Policy.builtIn).map { " (did you mean `\($0)`?)" } : nil
      throw AuditError.unreadablePolicy(path: path, reason: error.reason + (hint ?? ""))
    }
    return try parse(bytes, path: path)
  }

  private func parse(_ bytes: [UInt8], path: String) throws -> Policy {
    try PolicyReader(catalogue: catalogue, path: path).read(bytes)
  }
}
