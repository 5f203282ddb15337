import Hashing
import Rules
import Stores

/// Finds the policy of an audit.
struct PolicyFinder {
  static let fileName = "repro-audit.yaml"

  let catalogue: RuleCatalogue

  /// The policy `named` (a built-in name or a file), or `repro-audit.yaml` from `directory` upwards, or `default`.
  func find(_ named: String?, near directory: String) throws -> Policy {
    if let named {
      if let policy = Policy.builtIn(named, catalogue: catalogue) { return noticing(policy, in: directory) }
      return try read(named)
    }
    var folder = directory
    while true {
      let candidate = (folder == "/" ? "" : folder) + "/" + Self.fileName
      do {
        let bytes = try WholeFile.read(SystemPath(candidate))
        return try PolicyLayers.policy(bytes, path: candidate, name: Self.fileName, catalogue: catalogue)
      } catch let error as FileAccessError where error != .missing {
        // A policy that is there and cannot be read must not be passed over.
        throw AuditError.unreadablePolicy(path: candidate, reason: error.reason)
      } catch FileAccessError.missing {}
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { break }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    guard let policy = Policy.builtIn("default", catalogue: catalogue) else {
      throw AuditError.unusable("the built-in policy `default` is missing from this binary")
    }
    return noticing(policy, in: directory)
  }

  /// A built-in policy lies nowhere, so that no waiver file lies beside it.
  private func noticing(_ policy: Policy, in directory: String) -> Policy {
    let name = PolicyReader.waiverFileName
    guard StoreTree.kind(absolute: SystemPath("\(directory)/\(name)")) != .missing else { return policy }
    var policy = policy
    policy.notices.append("\(name) is not read: no policy lies beside it; add a \(Self.fileName), which may be empty")
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
    return try PolicyLayers.policy(bytes, path: path, name: path, catalogue: catalogue)
  }
}
