import Lineage
import Records

/// A focused lineage for machines: `repro-audit/lineage/1`, see docs/formats/lineage.md.
package enum LineageJSON {
  package static func write(_ focus: LineageFocus, subject: Subject, hops: Int?, now: String, to file: ReportFile)
    throws
  {
    var json = JSONWriter(file)
    try json.object { json in
      try json.field("schema", "repro-audit/lineage/1")
      try json.field("now", now)
      try json.key("subject")
      try json.object {
        try $0.field("kind", subject.kind.rawValue)
        try $0.field("name", subject.name)
        try $0.field("store", subject.store)
      }
      try json.field("root", focus.root)
      try json.field("hops", hops)
      try json.field("left_out", focus.leftOut)
      try json.key("nodes")
      try json.array { json in
        for (index, node) in focus.graph.nodes.enumerated() where node.kind != .rest {
          try json.object { json in
            try json.field("id", node.id)
            try json.field("kind", node.kind.rawValue)
            try json.field("label", node.label)
            try json.field("outcome", node.isGap ? "gap" : node.outcome?.rawValue)
            for direction in LineageFocus.Direction.allCases {
              if let steps = focus.distances[direction]?[index] { try json.field(direction.rawValue, steps) }
            }
          }
        }
      }
      try json.key("edges")
      try json.array { json in
        for (edge, link) in zip(focus.graph.edges, focus.graph.links)
        where focus.graph.nodes[link.child].kind != .rest && focus.graph.nodes[link.parent].kind != .rest {
          try json.object {
            try $0.field("from", edge.from)
            try $0.field("to", edge.to)
            try $0.field("relation", edge.relation)
          }
        }
      }
    }
    try file.write("\n")
    try file.finish()
  }
}
