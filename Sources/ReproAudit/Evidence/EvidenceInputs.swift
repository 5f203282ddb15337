import Hashing

/// The files that decided about an audit, as they were when it began.
public struct EvidenceInputs: Sendable {
  /// In the policy's order.
  let waivers: [[UInt8]]
  let baseline: [UInt8]?
  let runSchema: [UInt8]?

  /// Reads them again; throws `ReportFailure` when one is no longer what the audit read.
  public init(of result: AuditResult) throws {
    guard result.selection == nil else {
      throw ReportFailure(description: "evidence of a part would pass for that of the whole")
    }
    waivers = try result.policy.waiverFiles.map { try Self.read($0.place, named: $0.name, digest: $0.digest) }
    baseline = try result.baseline.map { try Self.read($0.path, named: $0.path, digest: $0.digest) }
    runSchema = try result.policy.runSchema.map { try Self.read($0.place, named: $0.path, digest: $0.digest) }
  }

  private static func read(_ place: String, named name: String, digest: String) throws -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(place), limit: Baseline.largest)
    } catch {
      throw ReportFailure(description: "\(name): it cannot be packed as evidence: \(error.reason)")
    }
    guard "sha256:\(BytesDigest.sha256(bytes))" == digest else {
      throw ReportFailure(
        description: "\(name): it was changed while the scan ran, so no evidence is packed; scan again")
    }
    return bytes
  }
}
