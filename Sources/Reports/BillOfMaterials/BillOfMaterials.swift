import AuditDatabase
import Crypto
import Records

/// What a model version is made of, as a CycloneDX 1.6 bill of materials for machine learning (ML-BOM).
package struct BillOfMaterials: Sendable {
  /// What the bill says of the scan that it is made from.
  package struct Origin: Sendable {
    package let tool: String
    package let toolVersion: String
    /// The scan's clock, RFC 3339 in UTC.
    package let now: String
    /// By name, such as `scan`.
    package let properties: [(name: String, value: String)]

    package init(tool: String, toolVersion: String, now: String, properties: [(name: String, value: String)]) {
      self.tool = tool
      self.toolVersion = toolVersion
      self.now = now
      self.properties = properties
    }
  }

  static let prefix = "repro-audit:"

  let subject: Subject
  let materials: VersionMaterials
  let origin: Origin
  /// Where the package index of a requirements or lock file is, by its path.
  let index: @Sendable (String?) -> String

  /// `index` names the package index of the file at a path: pypi, conda, cran or julia.
  package init(
    of subject: Subject, _ materials: VersionMaterials, origin: Origin, index: @escaping @Sendable (String?) -> String
  ) {
    self.subject = subject
    self.materials = materials
    self.origin = origin
    self.index = index
  }

  /// Writes the bill; the same facts give the same bytes.
  package func write(to file: ReportFile) throws {
    let components = components
    var json = JSONWriter(file)
    try json.object { json in
      try json.field("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
      try json.field("bomFormat", "CycloneDX")
      try json.field("specVersion", "1.6")
      try json.field("serialNumber", serialNumber(components))
      try json.field("version", 1)
      try writeMetadata(&json)
      try json.key("components")
      try json.array { json in
        for component in components {
          try json.object { json in
            try component.writeFields(&json)
            if component.kind == .data { try writeData(component, &json) }
          }
        }
      }
      try writeDependencies(components, &json)
      try writeCompositions(&json)
    }
    try file.write("\n")
    try file.finish()
  }

  private func writeMetadata(_ json: inout JSONWriter) throws {
    try json.key("metadata")
    try json.object { json in
      try json.field("timestamp", origin.now)
      try json.key("tools")
      try json.object { json in
        try json.key("components")
        try json.array { json in
          try json.object {
            try $0.field("type", "application")
            try $0.field("name", origin.tool)
            try $0.field("version", origin.toolVersion)
          }
        }
      }
      try json.key("component")
      try json.object { json in
        try model.writeFields(&json)
        try writeCard(&json)
      }
      try BOMComponent.write(properties: origin.properties.map { (Self.prefix + $0.name, $0.value) }, &json)
    }
  }

  /// The data that it was made from, and how well it does.
  private func writeCard(_ json: inout JSONWriter) throws {
    try json.key("modelCard")
    try json.object { json in
      if !materials.datasets.isEmpty {
        try json.key("modelParameters")
        try json.object { json in
          try json.key("datasets")
          try json.array { json in
            for dataset in materials.datasets { try json.object { try $0.field("ref", reference(of: dataset)) } }
          }
        }
      }
      if !materials.metrics.isEmpty {
        try json.key("quantitativeAnalysis")
        try json.object { json in
          try json.key("performanceMetrics")
          try json.array { json in
            for metric in materials.metrics {
              try json.object {
                try $0.field("type", metric.name)
                try $0.field("value", metric.text)
              }
            }
          }
        }
      }
      try BOMComponent.write(
        properties: materials.seeds.map { ("\(Self.prefix)seed:\($0.framework)", $0.value) }, &json)
    }
  }

  private func writeData(_ component: BOMComponent, _ json: inout JSONWriter) throws {
    guard let dataset = materials.datasets.first(where: { reference(of: $0) == component.reference }) else { return }
    try json.key("data")
    try json.array { json in
      try json.object { json in
        try json.field("type", "dataset")
        try json.field("name", component.name)
        if let location = dataset.location {
          try json.key("contents")
          try json.object { try $0.field("url", BOMComponent.address(location)) }
        }
      }
    }
  }

  /// The version rests on everything; nothing is known of what its parts rest on.
  private func writeDependencies(_ components: [BOMComponent], _ json: inout JSONWriter) throws {
    try json.key("dependencies")
    try json.array { json in
      try json.object { json in
        try json.field("ref", model.reference)
        try json.field("dependsOn", components.map(\.reference).sorted())
      }
      for component in components.sorted(by: { $0.reference < $1.reference }) {
        try json.object { try $0.field("ref", component.reference) }
      }
    }
  }

  /// What is not recorded is not passed over.
  private func writeCompositions(_ json: inout JSONWriter) throws {
    try json.key("compositions")
    try json.array { json in
      try json.object {
        try $0.field("aggregate", materials.gaps.isEmpty ? "unknown" : "incomplete")
        try $0.field("dependencies", [model.reference])
      }
    }
  }

  /// A UUID from the digest of what the bill says, so that the same bill has the same one.
  private func serialNumber(_ components: [BOMComponent]) -> String {
    var hasher = SHA256()
    func add(_ texts: [String]) { hasher.update(data: Array((texts.joined(separator: "\u{1F}") + "\u{1E}").utf8)) }
    add([origin.tool, origin.toolVersion, origin.now] + origin.properties.flatMap { [$0.name, $0.value] })
    for component in [model] + components {
      add([component.kind.rawValue, component.reference, component.name, component.version ?? ""])
      add(component.digests + component.properties.flatMap { [$0.name, $0.value] } + component.links.map(\.url))
    }
    add(materials.metrics.flatMap { [$0.name, $0.text] } + materials.seeds.flatMap { [$0.framework, $0.value] })
    var bytes = Array(hasher.finalize().prefix(16))
    // Version 8 of RFC 9562: made from whatever its maker says.
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    var parts: [Substring] = []
    var rest = hex[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return "urn:uuid:" + parts.joined(separator: "-")
  }
}
