/// Why an audit database cannot be used.
package enum AuditDatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
  case notADatabase(path: String)
  case noDatabase(path: String)
  case noHistory(path: String)
  case newerSchema(path: String, version: Int)
  case foreignSchema(path: String)
  case cannotOpen(path: String, reason: String)
  case cannotWrite(path: String, reason: String, isKept: Bool)
  /// `holder` says which process has it and since when.
  case inUse(path: String, holder: String)

  package var description: String {
    switch self {
    case .notADatabase(let path): "\(path): not a database; name another file, this one is left alone"
    case .noDatabase(let path): "\(path): there is no such file; `repro-audit scan --db \(path)` makes one"
    case .noHistory(let path):
      "\(path): no scan is kept in it; scan again with --db \(path)"
    case .newerSchema(let path, let version):
      "\(path): written by a newer repro-audit (schema \(version), this one knows \(SchemaMigrations.current)); update repro-audit"
    case .foreignSchema(let path): "\(path): a database of another program; name another file, this one is left alone"
    case .cannotOpen(let path, let reason): "\(path): cannot be used as audit database: \(reason)"
    case .cannotWrite(let path, let reason, let isKept):
      "\(path): cannot be written: \(reason)"
        + (isKept
          ? "; what it keeps of earlier scans is unharmed: mend that, and scan again"
          : "; make room there, or name another place with TMPDIR or --db")
    case .inUse(let path, let holder):
      "\(path): another scan uses it (\(holder)); wait until it has ended, or name another file"
    }
  }
}
