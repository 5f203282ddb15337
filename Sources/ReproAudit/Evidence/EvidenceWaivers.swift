import AuditDatabase
import Hashing
import Rules

/// Holds the waivers of the effective policy against those that rules saw, and against the files they stand in.
struct EvidenceWaivers {
  private(set) var differences: [String] = []
  /// Of the policy's waivers, in the order in which the scan had them.
  private(set) var ids: [Int64] = []

  /// Orders the waivers of `policy` as `database` has them.
  init(_ policy: inout Policy, _ database: AuditDatabase) throws {
    let written = try WaiverFacts(database).written()
    var left = Dictionary(policy.waivers.map { ($0.name, $0) }) { first, _ in first }
    var ordered: [Waiver] = []
    for (id, seen) in written {
      guard let waiver = left.removeValue(forKey: seen.name) else {
        differences.append("policy: rules saw the waiver `\(seen.name)`, which the policy has not")
        continue
      }
      ids.append(id)
      ordered.append(waiver)
      var stated = waiver.fact(horizon: policy.waiverHorizon)
      (stated.path, stated.line) = (seen.path, seen.line)
      if stated != seen {
        differences.append("policy: the waiver `\(seen.name)` says something else than rules saw of it")
      }
    }
    differences += left.keys.sorted().map { "policy: the policy has the waiver `\($0)`, which rules did not see" }
    policy.waivers = ordered
  }

  /// Holds what rules saw against the pack's files of waivers, each with the name that the policy gives it.
  mutating func compare(_ files: [(name: String, bytes: [UInt8])], catalogue: RuleCatalogue, _ database: AuditDatabase)
    throws
  {
    let written = try WaiverFacts(database).written().map(\.waiver)
    for file in files {
      var reader = PolicyReader(catalogue: catalogue, path: file.name, place: "", onto: Policy(name: ""))
      reader.readWaivers(of: file.bytes)
      guard reader.mistakes.isEmpty else {
        differences.append("policy: \(file.name): \(reader.mistakes[0])")
        continue
      }
      let stated = Set(reader.policy.waivers.map { "`\($0.name)` at line \($0.line)" })
      let seen = Set(written.filter { $0.path == file.name }.map { "`\($0.name)` at line \($0.line)" })
      differences += seen.subtracting(stated).sorted().map {
        "policy: \(file.name) lacks the waiver \($0), which rules saw"
      }
      differences += stated.subtracting(seen).sorted().map {
        "policy: \(file.name) has the waiver \($0), which rules did not see"
      }
    }
  }
}
