import Documents

/// Kustomizations: the images they put in, and the resources they put them into.
enum Kustomization {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    for image in root["images"]?.elements ?? [] { add(image, &images) }
    for group in ["resources", "bases", "components"] {
      for resource in root[group]?.elements ?? [] where resource.text?.contains("://") == false {
        // Folders and repositories have kustomizations of their own.
        guard let text = resource.text, text.hasSuffix(".yaml") || text.hasSuffix(".yml") else { continue }
        images.addReference(resource)
      }
    }
  }

  private static func add(_ image: DocumentNode, _ images: inout ServiceImages) {
    guard let name = image["newName"] ?? image["name"], let text = name.text else { return }
    if let digest = image["digest"]?.text, !digest.isEmpty { return images.add("\(text)@\(digest)", line: name.line) }
    if let tag = image["newTag"]?.text, !tag.isEmpty { return images.add("\(text):\(tag)", line: name.line) }
    images.add(unresolved: text, reason: "the resource that it is put into gives its tag", line: name.line)
  }
}
