import Documents

/// Bitbucket pipelines: the images of the pipeline, its steps and its services.
enum BitbucketPipeline {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    var found: [DocumentNode] = []
    root.forEachMap { _, map in
      if let image = map["image"]?.text(or: "name") { found.append(image) }
      if let pipe = map["pipe"], let text = pipe.text, text.hasPrefix("docker://") {
        found.append(DocumentNode(.string(String(text.dropFirst(9))), line: pipe.line))
      }
    }
    for node in found { images.add(node) }
  }
}
