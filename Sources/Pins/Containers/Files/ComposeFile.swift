import Documents

/// Compose files: the images of services, the Dockerfiles they build, and the files they extend.
enum ComposeFile {
  static func read(_ root: DocumentNode, lookup: FileLookup, _ images: inout ServiceImages) {
    images.variables = environment(beside: images.path, lookup)
    for entry in root["services"]?.entries ?? [] { readService(entry.node, &images) }
    for include in root["include"]?.elements ?? [] {
      guard let file = include.text(or: "path") else { continue }
      if let files = file.elements { files.forEach { images.addReference($0) } } else { images.addReference(file) }
    }
  }

  private static func readService(_ service: DocumentNode, _ images: inout ServiceImages) {
    images.addReference(service["extends"]?["file"])
    guard let build = service["build"], !build.isNull else { return images.add(service["image"]) }
    // Beside `build`, `image` names what is built.
    if build.text != nil { return images.addBuild(context: build.text, dockerfile: nil, line: build.line) }
    for entry in build["additional_contexts"]?.entries ?? [] { addContext(entry.node, &images) }
    for element in build["additional_contexts"]?.elements ?? [] {
      guard let value = element.text?.split(separator: "=", maxSplits: 1).dropFirst().first else { continue }
      addContext(DocumentNode(.string(String(value)), line: element.line), &images)
    }
    if let inline = build["dockerfile_inline"] {
      images.addInlineDockerfile(inline, isBlock: true)
    } else {
      let line = (build["dockerfile"] ?? build["context"] ?? build).line
      images.addBuild(context: build["context"]?.text, dockerfile: build["dockerfile"]?.text, line: line)
    }
  }

  /// `docker-image://alpine:3.20.1`
  static func addContext(_ node: DocumentNode, _ images: inout ServiceImages) {
    let scheme = "docker-image://"
    guard let text = node.text, text.hasPrefix(scheme) else { return }
    images.add(String(text.dropFirst(scheme.utf8.count)), line: node.line)
  }

  /// What the `.env` beside the file gives its variables.
  private static func environment(beside path: String, _ lookup: FileLookup) -> BuildVariables {
    var variables = BuildVariables()
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    guard case .found(let bytes) = lookup.read(folder + ".env") else { return variables }
    for line in Array(TextDecoding.decode(bytes).utf8)[...].split(separator: 0x0A) {
      var body = line.trimmed
      if body.starts(with: "export ".utf8) { body = body.dropFirst(7).trimmed }
      guard body.first != UInt8(ascii: "#"), let equals = body.firstIndex(of: UInt8(ascii: "=")) else { continue }
      var value = body[(equals + 1)...].trimmed
      if let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        value = value.dropFirst().prefix { $0 != quote }
      } else if let comment = zip(value.indices, value.indices.dropFirst()).first(where: { index, next in
        value[index].isSpace && value[next] == UInt8(ascii: "#")
      }) {
        value = value[..<comment.0].trimmed
      }
      // A value that holds another variable is not followed.
      variables.set(
        body[..<equals].trimmed.text, value.contains(UInt8(ascii: "$")) ? nil : Array(value), isEnvironment: true)
    }
    return variables
  }
}
