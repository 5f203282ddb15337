import Documents

/// Development containers: their image or Dockerfile, and the features put on top.
enum DevcontainerFile {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    images.add(root["image"])
    if let build = root["build"], let file = build["dockerfile"], file.text != nil {
      images.addReference(file)
    }
    images.addReference(root["dockerFile"])
    if let files = root["dockerComposeFile"]?.elements {
      files.forEach { images.addReference($0) }
    } else {
      images.addReference(root["dockerComposeFile"])
    }
    for feature in root["features"]?.entries ?? [] { readFeature(feature, &images) }
  }

  /// `ghcr.io/devcontainers/features/python:1` is fetched as an image is; `./local` and bare names are not.
  private static func readFeature(_ feature: DocumentEntry, _ images: inout ServiceImages) {
    guard feature.key.contains("/"), !feature.key.hasPrefix("."), !feature.key.contains("://") else { return }
    images.add(feature.key, line: feature.line)
    let name = feature.key.split(separator: "/").last?.prefix { $0 != ":" && $0 != "@" }
    guard name == "python", let version = feature.node.text(or: "version"), let text = version.text,
      text.utf8.first.map(ImageGrammar.isDigit) == true
    else { return }
    images.reading.pythons.append(PythonVersionText.pin(text, path: images.path, line: version.line))
  }
}
