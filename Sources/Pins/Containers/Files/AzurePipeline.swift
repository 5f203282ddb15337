import Documents

/// Azure pipelines: containers that are declared once, and those that jobs name.
enum AzurePipeline {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    var aliases: Set<String> = []
    for container in root["resources"]?["containers"]?.elements ?? [] {
      if let alias = container["container"]?.text { aliases.insert(alias) }
      images.add(container["image"])
    }
    var found: [DocumentNode] = []
    for entry in root.entries ?? [] where entry.key != "resources" {
      DocumentNode(.map([entry]), line: entry.line).forEachMap { _, map in
        if let container = map["container"]?.text(or: "image") { found.append(container) }
        for service in map["services"]?.entries ?? [] {
          if let image = service.node.text(or: "image") { found.append(image) }
        }
      }
    }
    for node in found where node.text.map({ !aliases.contains($0) }) ?? false { images.add(node) }
  }
}
