import Records

/// A comparison for machines: `repro-audit/comparison/1`, see docs/diff.md.
package enum ComparisonJSON {
  package static func write(_ comparison: Comparison, to file: ReportFile) throws {
    var json = JSONWriter(file)
    try json.object { json in
      try json.field("schema", "repro-audit/comparison/1")
      try json.field("now", comparison.now)
      try json.key("same")
      try json.value(comparison.isSame)
      try json.field("verdict", comparison.verdict)
      try json.field("warnings", comparison.warnings)
      try json.field("tolerance", comparison.tolerance)
      try json.key("first")
      if let first = comparison.first {
        try json.object {
          try $0.field("topic", first.topic.rawValue)
          try $0.field("name", first.row.name)
        }
      } else {
        try json.value(nil as String?)
      }
      try json.key("subjects")
      try json.array { json in
        for side in comparison.sides {
          try json.object {
            try $0.field("kind", side.subject.kind.rawValue)
            try $0.field("name", side.subject.name)
            try $0.field("store", side.subject.store)
            try $0.field("run", side.run)
            try $0.field("recorded_at", side.recordedAt)
          }
        }
      }
      try json.key("topics")
      try json.array { json in for section in comparison.sections { try write(section, &json) } }
      try json.key("lineage")
      try json.object { json in
        try json.field("shared", comparison.sharedLinks)
        try json.key("differing")
        try json.array { json in for link in comparison.links { try write(link, &json) } }
      }
    }
    try file.write("\n")
    try file.finish()
  }

  private static func write(_ section: Comparison.Section, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("topic", section.topic.rawValue)
      try json.key("input")
      try json.value(section.topic.isInput)
      try json.field("notes", section.notes)
      try json.key("rows")
      try json.array { json in
        for row in section.rows {
          try json.object { json in
            try json.field("name", row.name)
            try json.field("state", row.state.rawValue)
            try json.key("values")
            try json.array { json in for value in row.values { try json.value(value) } }
            if let change = row.change { try json.field("change", change) }
          }
        }
      }
      guard !section.logs.isEmpty else { return }
      try json.key("logs")
      try json.array { json in
        for log in section.logs {
          try json.object {
            try $0.field("subject", log.side)
            try $0.field("title", log.title)
            try $0.field("commits", log.lines)
            try $0.field("left_out", log.leftOut)
          }
        }
      }
    }
  }

  private static func write(_ link: Comparison.Link, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("child", link.child)
      try json.field("relation", link.relation)
      try json.field("parent", link.parent)
      for (name, flags) in [("in", link.isIn), ("parent_in", link.hasParent)] {
        try json.key(name)
        try json.array { json in for flag in flags { try json.value(flag) } }
      }
    }
  }
}
