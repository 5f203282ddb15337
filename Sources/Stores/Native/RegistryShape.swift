import Records

/// What tells versions, models and registries from other folders, by names and content alone.
package struct RegistryShape: Sendable {
  /// What a folder holds that a version would.
  package struct Content: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    static let model = Content(rawValue: 1)
    static let run = Content(rawValue: 2)
    static let metrics = Content(rawValue: 4)
    static let checksum = Content(rawValue: 8)
    static let manifest = Content(rawValue: 16)
  }

  /// Always a registry's root, never a project.
  package static let rootNames: Set<String> = ["models", "registry", "model-registry", "model_registry"]
  /// Folders whose children are runs, data or code, whatever they hold.
  private static let otherFolders: Set<String> = [
    "runs", "experiments", "output", "outputs", "out", "results", "logs", "checkpoints", "data", "datasets", "src",
    "tests", "docs", "scripts", "notebooks", "mlruns", "wandb",
  ]
  private static let usualAliases: Set<String> = [
    "prod", "production", "staging", "stage", "dev", "development", "test", "testing", "qa", "latest", "current",
    "champion", "challenger", "candidate", "canary", "shadow", "archived", "stable", "previous", "rollback", "default",
  ]

  private let aliases: Set<String>

  package init(stages: Set<String>) { aliases = Self.usualAliases.union(stages.map { $0.lowercased() }) }

  package static func content(of folder: Folder) -> Content {
    var content: Content = []
    for entry in folder.entries {
      let name = entry.text.lowercased()
      switch entry.kind {
      case .file, .link:
        if ArtifactRole(path: name) == .model { content.insert(.model) }
        if RecordNames.isRun(name) { content.insert(.run) }
        if RecordNames.isManifest(name) { content.insert(.manifest) }
        if RecordNames.isChecksum(name) { content.insert(.checksum) }
        if name.hasPrefix("metrics.") { content.insert(.metrics) }
      case .directory:
        if name == "model" || name == "saved_model" { content.insert(.model) }
      case .special, .missing, .linkLoop, .unreadable: break
      }
    }
    return content
  }

  /// Whether a name is one that aliases usually have, or a stage of the policy.
  package func isAliasName(_ name: String) -> Bool { aliases.contains(name.lowercased()) }

  /// The children of `model` that are versions.
  package func versions(
    model: TreePath, children: [(name: [UInt8], summary: Content)]
  ) -> [(name: [UInt8], content: Content)] {
    let folderName = model.displayName.lowercased()
    let parentName = model.parent?.displayName.lowercased() ?? ""
    let grandparentName = model.parent?.parent?.displayName.lowercased() ?? ""
    let isInRegistry = Self.rootNames.contains(parentName) || Self.rootNames.contains(grandparentName)
    if Self.otherFolders.contains(folderName)
      || (Self.rootNames.contains(folderName) && !Self.rootNames.contains(parentName))
    {
      return []
    }
    let strong = children.filter { Self.isVersion($0, inRegistry: isInRegistry) }
    guard !strong.isEmpty else { return [] }
    return children.filter { child in
      let name = TreePath(bytes: child.name).display
      // Beside a sure version, an odd name with a model in it is a version too, and so is an empty `1.3.0`.
      return Self.isVersion(child, inRegistry: isInRegistry) || child.summary.contains(.model)
        || Self.looksNumbered(name)
    }.map { ($0.name, $0.summary) }
  }

  private static func isVersion(_ child: (name: [UInt8], summary: Content), inRegistry: Bool) -> Bool {
    let content = child.summary
    let name = TreePath(bytes: child.name).display
    if inRegistry {
      return looksNumbered(name) ? !content.isEmpty : content.contains(.model) || content.contains(.checksum)
    }
    let describesModel = !content.isDisjoint(with: [.model, .run, .metrics])
    if looksDotted(name) { return describesModel }
    if looksNumbered(name) { return content.contains(.model) && content.count > 1 }
    return content.contains(.checksum) && describesModel
  }

  /// `1.2.0`, `v1.2`, `2024.1-rc1`.
  private static func looksDotted(_ name: String) -> Bool {
    let body = name.hasPrefix("v") || name.hasPrefix("V") ? name.dropFirst() : name[...]
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 2 && parts[0].utf8.allSatisfy { $0 >= 48 && $0 <= 57 } && !parts[0].isEmpty
      && parts[1].utf8.first.map { $0 >= 48 && $0 <= 57 } ?? false
  }

  /// `7`, `v7`, `2024-01-15`, and what `looksDotted` takes.
  private static func looksNumbered(_ name: String) -> Bool {
    let body = name.hasPrefix("v") || name.hasPrefix("V") ? name.dropFirst() : name[...]
    return body.utf8.first.map { $0 >= 48 && $0 <= 57 } ?? false
  }
}

extension RegistryShape.Content {
  fileprivate var count: Int { rawValue.nonzeroBitCount }
}
