import Documents

/// Helm values: `image: {registry, repository, tag, digest}` maps, and images that are one text.
enum HelmValues {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    var found: [(key: String, map: DocumentNode)] = []
    root.forEachMap { key, map in found.append((key, map)) }
    for (key, map) in found {
      for entry in map.entries ?? [] where isImageKey(entry.key) { images.add(entry.node) }
      guard let repository = map["repository"], let name = repository.text, !name.isEmpty, !name.contains("://"),
        isImageKey(key) || map["tag"] != nil || map["digest"] != nil
      else { continue }
      add(name, map, line: repository.line, &images)
    }
  }

  private static func isImageKey(_ key: String) -> Bool { key == "image" || key.hasSuffix("Image") }

  private static func add(_ repository: String, _ map: DocumentNode, line: Int, _ images: inout ServiceImages) {
    let registry = text(map["registry"]).map { "\($0)/" } ?? ""
    let tag = text(map["tag"]).map { ":\($0)" } ?? ""
    let name = "\(registry)\(repository)\(tag)"
    if let digest = text(map["digest"]) { return images.add("\(name)@\(digest)", line: line) }
    let last = repository.split(separator: "/").last ?? ""
    if tag.isEmpty, !last.contains(":"), !last.contains("@") {
      return images.add(unresolved: name, reason: "the chart gives its tag", line: line)
    }
    images.add(name, line: line)
  }

  private static func text(_ node: DocumentNode?) -> String? {
    guard let text = node?.text, !text.isEmpty else { return nil }
    return text
  }
}
