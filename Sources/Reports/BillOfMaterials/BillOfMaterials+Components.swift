import AuditDatabase
import Records

/// What the bill lists, each once.
extension BillOfMaterials {
  /// The version itself.
  var model: BOMComponent {
    var component = BOMComponent(.model, reference: "version:\(subject.name)", name: materials.model)
    component.group = materials.project
    component.version = materials.version
    // A model of one file is that file.
    let models = materials.files.filter { $0.role == "model" }
    if models.count == 1 { component.digests = models[0].digests }
    if let repository = materials.repository {
      component.links.append(("vcs", repository, materials.commit.map { "commit \($0)" }))
    }
    for document in materials.documents {
      component.links.append((document.kind == "card" ? "model-card" : "license", document.path, nil))
    }
    var properties: [(String, String?)] = [
      ("store", subject.store), ("run", materials.run), ("commit", materials.commit), ("os", materials.system),
      ("hardware", materials.hardware),
    ]
    properties += materials.aliases.map { ("alias", $0) } + materials.gaps.map { ("gap", $0) }
    component.properties = Self.properties(properties)
    return component
  }

  /// Sorted by what they are and their reference; of two with one reference the first.
  var components: [BOMComponent] {
    let all =
      materials.datasets.map(data) + materials.requirements.map(library) + materials.images.map(container)
      + materials.files.map(file)
      + materials.upstream.map { BOMComponent(.model, reference: "version:\($0)", name: $0) }
      + [platform].compactMap { $0 }
    // Two names that look the same are two names when their bytes differ.
    var known: Set = [Array(model.reference.utf8)]
    return all.sorted { ($0.kind.rawValue, $0.reference) < ($1.kind.rawValue, $1.reference) }
      .filter { known.insert(Array($0.reference.utf8)).inserted }
  }

  func reference(of dataset: VersionMaterials.Dataset) -> String {
    dataset.subject.hasPrefix("dataset:") ? dataset.subject : "dataset:\(dataset.subject)"
  }

  private static func properties(_ pairs: [(String, String?)]) -> [(name: String, value: String)] {
    pairs.compactMap { name, value in value.map { (prefix + name, $0) } }
  }

  private func data(_ dataset: VersionMaterials.Dataset) -> BOMComponent {
    var component = BOMComponent(.data, reference: reference(of: dataset), name: dataset.name)
    if dataset.files.count == 1 { component.digests = dataset.files[0].digests }
    component.properties =
      Self.properties(
        dataset.roles.map { ("role", $0.isEmpty ? nil : $0) } + [
          ("records", dataset.records.map(String.init)), ("claimed", dataset.contentHash),
        ])
      + dataset.files.filter { _ in dataset.files.count > 1 }.flatMap { file in
        file.digests.map { (Self.prefix + "file", "\($0)  \(file.path)") }
      }
    return component
  }

  private func library(_ requirement: VersionMaterials.Requirement) -> BOMComponent {
    let index = PackageIdentity.Index(rawValue: index(requirement.path)) ?? .pypi
    let identity = requirement.name.map { PackageIdentity(requirement, name: $0, index: index) }
    // Several lines on one name differ in their markers.
    let reference = (identity?.version).flatMap { _ in identity?.url } ?? "requirement:\(requirement.text)"
    var component = BOMComponent(.library, reference: reference, name: requirement.name ?? requirement.text)
    component.version = identity?.version
    component.packageURL = identity?.url
    component.properties = Self.properties([
      ("requirement", requirement.text), ("pin", requirement.pin), ("pinned", requirement.isPinned ? "true" : "false"),
      ("hashed", requirement.isHashed ? "true" : "false"), ("path", requirement.path),
    ])
    return component
  }

  private func container(_ image: VersionMaterials.Image) -> BOMComponent {
    let name = [image.registry, image.repository].compactMap { $0 }.joined(separator: "/")
    var component = BOMComponent(.container, reference: "image:\(image.text)", name: name.isEmpty ? image.text : name)
    component.version = image.tag ?? image.digest
    component.digests = [image.digest].compactMap { $0 }
    component.properties = Self.properties([("image", image.text), ("role", image.role)])
    return component
  }

  private func file(_ file: VersionMaterials.File) -> BOMComponent {
    var component = BOMComponent(.file, reference: "file:\(file.path)", name: file.path)
    component.digests = file.digests
    component.properties = Self.properties([
      ("role", file.role), ("size", file.size.map(String.init)), ("form", file.isDirectory ? "directory" : nil),
      // A file that nobody could read is in the bill, and says so.
      ("read", file.digests.isEmpty && !file.isDirectory ? "false" : nil),
    ])
    return component
  }

  private var platform: BOMComponent? {
    guard let python = materials.python else { return nil }
    var component = BOMComponent(.platform, reference: "python:\(python)", name: "python")
    component.version = python
    return component
  }
}
