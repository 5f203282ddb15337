import AuditDatabase
import Records
import Reports

extension ScanComparison {
  /// Writes the comparison to standard output as `repro-audit/diff/1`; see docs/history.md.
  public func writeJSON() throws {
    try AuditResult.writing {
      let file = try ReportFile(path: "-")
      var json = JSONWriter(file)
      try json.object { json in
        try json.field("schema", "repro-audit/diff/1")
        try Self.write("from", from, &json)
        try Self.write("to", to, &json)
        try json.key("findings")
        try json.object { json in
          for (name, findings) in [
            ("new", difference.new), ("fixed", difference.fixed), ("continuing", difference.continuing),
          ] {
            try json.key(name)
            try json.array { json in for finding in findings { try Self.write(finding, &json) } }
          }
        }
        try json.key("files")
        try json.array { json in for file in difference.files { try Self.write(file, &json) } }
      }
      try file.write("\n")
      try file.finish()
    }
  }

  private static func write(_ name: String, _ scan: AuditHistory.Scan, _ json: inout JSONWriter) throws {
    try json.key(name)
    try json.object { json in
      try json.field("scan", Int(scan.number))
      try json.field("id", scan.id)
      try json.field("now", scan.now)
      try json.field("policy_digest", scan.policyDigest)
      try json.field("tool", scan.tool)
    }
  }

  private static func write(_ finding: ScanDifference.Finding, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("rule", finding.rule)
      try json.field("severity", finding.severity.rawValue)
      try json.key("subject")
      try json.object { json in
        try json.field("kind", finding.subject.kind.rawValue)
        try json.field("name", finding.subject.name)
        try json.field("store", finding.subject.store)
        try json.field("path", finding.path)
      }
      try json.field("message", finding.message)
      try json.field("new_items", finding.newItems)
      try json.field("fixed_items", finding.fixedItems)
    }
  }

  private static func write(_ file: ScanDifference.File, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field(
        "change", file.before == nil ? "added" : file.after == nil ? "removed" : "changed")
      try json.field("store", file.store)
      try json.field("path", file.path)
      for (name, state) in [("before", file.before), ("after", file.after)] {
        guard let state else { continue }
        try json.key(name)
        try json.object { json in
          try json.field("digest", state.digest)
          try json.field("size", state.size.map { Int($0) })
        }
      }
    }
  }
}
