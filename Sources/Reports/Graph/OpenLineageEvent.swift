/// One run as an event of OpenLineage 2.0.2, the last that is to be said of it.
package struct OpenLineageEvent: Sendable {
  /// What became of the run.
  package enum Kind: String, Sendable {
    case complete = "COMPLETE", fail = "FAIL", abort = "ABORT", running = "RUNNING"
  }

  /// Data or a model, before or after the run.
  package struct Dataset: Sendable, Hashable {
    package let namespace: String
    package let name: String
    /// Tells this state from others: a digest.
    package var version: String?
    /// Where it lies, when that is a URI.
    package var uri: String?
    package var rows: Int?

    package init(namespace: String, name: String) {
      self.namespace = namespace
      self.name = name
    }
  }

  /// Where the code stands.
  package struct Source: Sendable, Hashable {
    package let url: String
    package let repository: String?
    package let commit: String

    package init(url: String, repository: String?, commit: String) {
      self.url = url
      self.repository = repository
      self.commit = commit
    }
  }

  package var kind = Kind.complete
  /// RFC 3339 in UTC.
  package let time: String
  /// A UUID.
  package let run: String
  package let namespace: String
  package let job: String
  /// A URI.
  package let producer: String
  package var source: Source?
  package var inputs: [Dataset] = []
  package var outputs: [Dataset] = []
  /// What OpenLineage has no facet for: title → name → value.
  package var record: [(title: String, pairs: [(name: String, value: String?)])] = []

  package init(time: String, run: String, namespace: String, job: String, producer: String) {
    self.time = time
    self.run = run
    self.namespace = namespace
    self.job = job
    self.producer = producer
  }
}

extension OpenLineageEvent {
  private static let spec = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/"

  /// Writes the event on one line.
  package func write(to file: ReportFile) throws {
    var json = JSONWriter(file, indents: false)
    try json.object { json in
      try json.field("eventType", kind.rawValue)
      try json.field("eventTime", time)
      try json.key("run")
      try json.object { json in
        try json.field("runId", run)
        try json.key("facets")
        try json.object { json in
          guard !record.isEmpty else { return }
          // A facet of our own, which the specification asks to be named with a prefix.
          try facet("reproAudit_record", schema: Self.spec + "RunFacet", &json) { json in
            for (title, pairs) in record {
              try json.key(title)
              try json.object { json in for pair in pairs { try json.field(pair.name, pair.value) } }
            }
          }
        }
      }
      try json.key("job")
      try json.object { json in
        try json.field("namespace", namespace)
        try json.field("name", job)
        try json.key("facets")
        try json.object { try writeJobFacets(&$0) }
      }
      for (name, datasets, type) in [("inputs", inputs, "InputDataset"), ("outputs", outputs, "OutputDataset")] {
        try json.key(name)
        try json.array { json in for dataset in datasets { try write(dataset, as: type, &json) } }
      }
      try json.field("producer", producer)
      try json.field("schemaURL", Self.spec + "RunEvent")
    }
    try file.write("\n")
  }

  private func writeJobFacets(_ json: inout JSONWriter) throws {
    try facet("jobType", schema: Self.schema("JobTypeJobFacet", "2-0-3"), &json) {
      try $0.field("processingType", "BATCH")
      try $0.field("integration", "REPRO_AUDIT")
      try $0.field("jobType", "TRAINING")
    }
    guard let source else { return }
    try facet("sourceCodeLocation", schema: Self.schema("SourceCodeLocationJobFacet", "1-0-1"), &json) {
      try $0.field("type", "git")
      try $0.field("url", source.url)
      if let repository = source.repository { try $0.field("repoUrl", repository) }
      try $0.field("version", source.commit)
    }
  }

  private func write(_ dataset: Dataset, as type: String, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("namespace", dataset.namespace)
      try json.field("name", dataset.name)
      try json.key("facets")
      try json.object { json in
        if let version = dataset.version {
          try facet("version", schema: Self.schema("DatasetVersionDatasetFacet", "1-0-1"), &json) {
            try $0.field("datasetVersion", version)
          }
        }
        if let uri = dataset.uri {
          try facet("dataSource", schema: Self.schema("DatasourceDatasetFacet", "1-0-1"), &json) {
            try $0.field("name", dataset.namespace)
            try $0.field("uri", uri)
          }
        }
      }
      guard type == "InputDataset", let rows = dataset.rows else { return }
      try json.key("inputFacets")
      try json.object { json in
        let schema = Self.schema("DataQualityMetricsInputDatasetFacet", "1-0-2")
        try facet("dataQualityMetrics", schema: schema, &json) { json in
          try json.field("rowCount", rows)
          try json.key("columnMetrics")
          try json.object { _ in }
        }
      }
    }
  }

  private static func schema(_ facet: String, _ version: String) -> String {
    "https://openlineage.io/spec/facets/\(version)/\(facet).json#/$defs/\(facet)"
  }

  private func facet(
    _ name: String, schema: String, _ json: inout JSONWriter, _ body: (inout JSONWriter) throws -> Void
  ) throws {
    try json.key(name)
    try json.object { json in
      try json.field("_producer", producer)
      try json.field("_schemaURL", schema)
      try body(&json)
    }
  }
}
