import Documents

/// Bake files: the images that targets take as contexts, and the Dockerfiles they build.
enum BakeFile {
  static func read(hcl bytes: [UInt8], _ images: inout ServiceImages) {
    do throws(DocumentError) {
      read(try HCLDocument.read(bytes), &images)
    } catch {
      images.fail(error.message, line: error.line)
    }
  }

  /// Reads the tree that JSON and HCL share: `target`, `variable` and `group`, each a map by name.
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    let entries = root.entries ?? []
    for entry in entries where entry.key == "variable" {
      for variable in entry.node.entries ?? [] { setVariable(variable.key, variable.node["default"], &images) }
    }
    for entry in entries where entry.key == "target" {
      for target in entry.node.entries ?? [] { readTarget(target.node, &images) }
    }
  }

  private static func setVariable(_ name: String, _ value: DocumentNode?, _ images: inout ServiceImages) {
    switch value?.value {
    case .string(let text):
      let expanded = try? VariableExpansion.expand(Array(text.utf8)[...], images.variables)
      images.variables.set(name, expanded.flatMap { $0.unknown == nil ? $0.value : nil })
    case .plain(let text) where text.utf8.allSatisfy { ImageGrammar.isDigit($0) || $0 == UInt8(ascii: ".") }:
      images.variables.set(name, Array(text.utf8))
    case .plain, .null, .list, .map, nil: images.variables.set(name, nil)
    }
  }

  private static func readTarget(_ target: DocumentNode, _ images: inout ServiceImages) {
    for context in target["contexts"]?.entries ?? [] { ComposeFile.addContext(resolved(context.node, images), &images) }
    if let inline = target["dockerfile-inline"] {
      images.addInlineDockerfile(inline, isBlock: false)
    } else if let file = target["dockerfile"], file.text != nil {
      images.addBuild(context: target["context"]?.text, dockerfile: file.text, line: file.line)
    } else if let context = target["context"], context.text != nil {
      images.addBuild(context: context.text, dockerfile: nil, line: context.line)
    }
  }

  /// A value that is nothing but a variable's name, as that variable's value.
  private static func resolved(_ node: DocumentNode, _ images: ServiceImages) -> DocumentNode {
    guard case .plain(let name) = node.value, let value = images.variables.known(name) else { return node }
    return DocumentNode(.string(value[...].text), line: node.line)
  }
}
