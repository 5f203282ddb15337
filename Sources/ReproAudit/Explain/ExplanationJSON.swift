import AuditDatabase
import Records
import Reports

extension Explanation {
  /// Writes the explanation to standard output as `repro-audit/explanation/1`.
  public func writeJSON() throws {
    try AuditResult.writing {
      let file = try ReportFile(path: "-")
      var json = JSONWriter(file)
      try json.object { json in
        try json.field("schema", "repro-audit/explanation/1")
        try json.field("now", now)
        try json.field("policy", policy)
        try json.key("subject")
        try json.object { json in
          try json.field("kind", found.subject.kind.rawValue)
          try json.field("name", found.subject.name)
          try json.field("store", found.subject.store)
          try json.field("path", found.path)
          try json.field("line", found.line)
        }
        try json.field("reaches", facts.reaches)
        try json.key("results")
        try json.array { json in for verdict in verdicts { try write(verdict, &json) } }
        try json.key("others")
        try json.object { json in
          for outcome in Outcome.allCases { try json.field(outcome.rawValue, others[outcome] ?? 0) }
        }
        try json.key("files")
        try json.array { json in for file in facts.files { try write(file, &json) } }
        try Self.write("parents", facts.parents, &json)
        try Self.write("children", facts.children, &json)
      }
      try file.write("\n")
      try file.finish()
    }
  }

  private func write(_ verdict: Verdict, _ json: inout JSONWriter) throws {
    let result = verdict.result
    try json.object { json in
      try json.field("rule", result.rule)
      try json.field("title", verdict.title)
      try json.field("severity", result.severity.rawValue)
      try json.field("outcome", result.outcome.rawValue)
      try json.field("message", result.message)
      try json.key("details")
      try json.array { json in
        for item in verdict.evidence {
          try json.object { json in
            try json.field("fingerprint", Fingerprint.of(item.detail, in: result, below: root))
            try json.field("item", item.detail.item)
            try json.field("message", item.detail.message)
            try json.field("path", item.detail.path)
            try json.field("line", item.detail.line)
            try json.key("excerpt")
            try json.array { json in
              for line in item.excerpt {
                try json.object { json in
                  try json.field("line", line.number)
                  try json.field("text", line.text)
                }
              }
            }
            try json.field("commands", item.commands)
          }
        }
      }
      try json.field("detail_count", result.detailCount)
      try json.field("rationale", verdict.rationale)
      try json.field("remedy", verdict.remedy)
      try json.field("waiver", verdict.waiver?.yaml)
    }
  }

  private func write(_ file: SubjectEvidence.File, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("path", file.path)
      try json.field("role", file.role)
      try json.field("state", file.state)
      try json.field("size", file.size.map { Int($0) })
      try json.field("sha256", file.sha256)
      try json.field("message", file.message)
      try json.key("claims")
      try json.array { json in
        for claim in file.claims {
          try json.object { json in
            try json.field("text", claim.text)
            try json.field("document", claim.document)
            try json.field("line", claim.line)
            try json.field("evidence", claim.evidence)
            try json.field("verdict", claim.verdict)
            try json.field("found", claim.found)
            try json.field("verified_at", claim.verifiedAt)
            try json.field("message", claim.message)
          }
        }
      }
      try json.field("commands", Set(commands.filter { $0.path == file.path }.map(\.command)).sorted())
    }
  }

  private static func write(_ key: String, _ relations: [SubjectEvidence.Relation], _ json: inout JSONWriter) throws {
    try json.key(key)
    try json.array { json in
      for relation in relations {
        try json.object { json in
          try json.field("relation", relation.relation)
          try json.field("kind", relation.kind)
          try json.field("name", relation.other)
          try json.field("gap", relation.gap)
        }
      }
    }
  }
}
