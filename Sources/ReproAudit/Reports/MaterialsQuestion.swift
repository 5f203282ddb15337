import AuditDatabase
import Pins
import Records
import Reports

/// What one version is made of, for others' programs to read: a bill of materials.
public struct MaterialsQuestion: Sendable {
  /// Chooses among stores that have a version or an alias of this name.
  public var store: String?
  /// Chooses between a version and an alias of one name: `version` or `alias`.
  public var kind: String?

  public init() {}

  /// Writes the bill of the version `name`, or of the one that the alias `name` points at, to `path`; `-` is standard output.
  ///
  /// Returns what is not recorded of it; throws `AuditError` when there is no such version, `ReportFailure` when the bill
  /// cannot be written.
  public func write(_ name: String, of audit: AuditResult, to path: String) throws -> [String] {
    let version = try choose(name, audit)
    let materials = try VersionMaterials(of: version.id, in: audit.database)
    let origin = BillOfMaterials.Origin(
      tool: ProductVersion.name, toolVersion: audit.toolVersion, now: audit.now,
      properties: [
        ("scan", audit.scanID), ("policy", audit.policy.name), ("policy-digest", audit.policyDigest),
        ("ledger", audit.ledger.entry?.digest),
      ].compactMap { name, value in value.map { (name, $0) } })
    return try AuditResult.writing {
      let bill = BillOfMaterials(of: version.subject, materials, origin: origin) { Self.index(of: $0) }
      try bill.write(to: try ReportFile(path: path))
      return materials.gaps
    }
  }

  private func choose(_ name: String, _ audit: AuditResult) throws -> SubjectEvidence.Found {
    let asked = try SubjectEvidence.choose(name, store: store, kind: kind, in: audit)
    switch asked.subject.kind {
    case .version: return asked
    case .alias:
      let facts = try SubjectEvidence(of: asked.id, in: audit.database)
      guard let target = facts.parents.first(where: { $0.kind == "version" })?.other else {
        throw AuditError.unusable("`\(name)` points at no version that is there")
      }
      return try SubjectEvidence.choose(target, store: asked.subject.store, kind: "version", in: audit)
    case let kind:
      throw AuditError.unusable("`\(name)` is a \(kind.rawValue); name a version or an alias")
    }
  }

  /// The index that a file's packages come from, by the name of the file.
  private static func index(of path: String?) -> String {
    switch path.flatMap({ LockFile.kind(of: $0) }) {
    case .condaLock, .condaExplicit, .condaEnvironment, .pixi: "conda"
    case .renv: "cran"
    case .juliaProject, .juliaManifest: "julia"
    default: "pypi"
    }
  }
}
