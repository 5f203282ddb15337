import Documents
import Hashing
import Pins
import Records

/// Turns a folder that holds versions into a model with its versions and aliases.
struct ModelFolderReader {
  let tree: StoreTree
  let context: ReadingContext
  let shape: RegistryShape

  /// The model's facts, and the problems found on the way.
  func read(_ folder: Folder, versions: [(name: [UInt8], content: RegistryShape.Content)]) -> [Fact] {
    var model = Self.model(at: folder.path, tree: tree)
    model.documents = folder.entries.filter { $0.kind == .file }.compactMap {
      ModelDocument(path: folder.path(of: $0).display, name: $0.text)
    }
    var facts: [Fact] = [.model(model)]
    let names = Set(versions.map { TreePath(bytes: $0.name).display })
    var copies: [Fact] = []
    var originals: [LifecycleReader.Place] = []
    for version in versions {
      let name = TreePath(bytes: version.name).display
      if let copy = copiedAlias(name, in: folder, model: model, among: names) {
        copies.append(.alias(copy))
      } else {
        let path = folder.path.appending(version.name)
        let found = VersionFolderReader(tree: tree, context: context).read(path, name: name, model: model)
        originals.append(LifecycleReader.Place(path: path, version: name, names: Self.names(in: path, found)))
        facts += found
      }
    }
    facts += copies
    let own = LifecycleReader.Place(path: folder.path, version: nil, names: Set(folder.entries.map(\.text)))
    facts += LifecycleReader(tree: tree, context: context, model: model).read(own, versions: originals)
    for entry in folder.entries where context.includes(folder.path(of: entry).display) {
      switch entry.kind {
      case .link: facts += link(entry, in: folder, model: model, versions: names)
      case .file: facts += file(entry, in: folder, model: model).map { [.alias($0)] } ?? []
      case .directory, .missing: break
      case .special, .linkLoop, .unreadable:
        facts.append(
          .problem(
            Problem(
              kind: .specialFile, path: folder.path(of: entry).display,
              message: FileAccessError.specialFile.reason)))
      }
    }
    return facts
  }

  /// The names of the files that stand in a version's folder itself.
  private static func names(in folder: TreePath, _ facts: [Fact]) -> Set<String> {
    let prefix = folder.display + "/"
    var names: Set<String> = []
    for case .version(let version) in facts {
      for artifact in version.artifacts where artifact.file.path.hasPrefix(prefix) {
        names.insert(String(artifact.file.path.dropFirst(prefix.count)))
      }
    }
    return names
  }

  /// The name of the model at `path`: `project/name`, with the way to a registry that is not the store's main one.
  static func model(at path: TreePath, tree: StoreTree) -> ModelFact {
    let parts = path.bytes.isEmpty ? [tree.name] : path.display.split(separator: "/").map(String.init)
    let name = parts.last ?? tree.name
    var above = Array(parts.dropLast())
    // The registry's root is at most two levels up; a conventional name says where, and is no part of the name.
    if let root = above.suffix(2).lastIndex(where: { RegistryShape.rootNames.contains($0.lowercased()) }) {
      above.remove(at: root)
    }
    let qualifier = above.joined(separator: "/")
    return ModelFact(
      subject: qualifier.isEmpty ? name : "\(qualifier)/\(name)", project: above.last, name: name, path: path.display)
  }

  /// A directory where an alias was: its name is an alias's, and what it holds is a version that stands beside it.
  private func copiedAlias(
    _ name: String, in folder: Folder, model: ModelFact, among versions: Set<String>
  ) -> AliasFact? {
    let path = folder.path.appending(name)
    guard VersionName(name) == nil else { return nil }
    let original = original(of: path, in: folder, among: versions.subtracting([name]))
    guard shape.isAliasName(name) || original != nil else { return nil }
    return AliasFact(
      model: model.subject, name: name, path: path.display, target: original, version: original, form: .directory)
  }

  /// The version beside whose record, or else checksum, is byte for byte the same.
  private func original(of copy: TreePath, in folder: Folder, among versions: Set<String>) -> String? {
    for record in ["run.json", "run.yaml", "checksum.txt"] {
      guard let bytes = try? tree.read(copy.appending(record)) else { continue }
      // The first that is there decides: another version may well hold the same model.
      return versions.sorted().first { version in
        (try? tree.read(folder.path.appending(version).appending(record))) == bytes
      }
    }
    return nil
  }

  private func link(_ entry: Folder.Entry, in folder: Folder, model: ModelFact, versions: Set<String>) -> [Fact] {
    let path = folder.path(of: entry)
    guard let target = tree.linkTarget(path) else { return [] }
    let text = TreePath(bytes: target).display
    // A link to a file inside the model's folder is a file by another name, not an alias.
    if case .file? = resolvedKind(path) { return [] }
    let version = follow(target, from: folder, seen: [entry.name], versions: versions)
    var facts: [Fact] = [
      .alias(
        AliasFact(
          model: model.subject, name: entry.text, path: path.display, target: text, version: version, form: .link))
    ]
    if version == nil, let problem = problem(path, target: target, folder: folder) { facts.append(.problem(problem)) }
    return facts
  }

  /// Follows `prod -> staging -> 1.2.1` as far as it stays in the model's folder.
  private func follow(_ target: [UInt8], from folder: Folder, seen: [[UInt8]], versions: Set<String>) -> String? {
    guard target.first != UInt8(ascii: "/"),
      let place = folder.path.appending(target).normalised, place.parent == folder.path
    else { return nil }
    let name = place.displayName
    if versions.contains(name) { return name }
    guard !seen.contains(place.name), seen.count < 16, tree.kind(of: place) == .link, let next = tree.linkTarget(place)
    else { return nil }
    return follow(next, from: folder, seen: seen + [place.name], versions: versions)
  }

  private func resolvedKind(_ path: TreePath) -> EntryKind? {
    StoreTree.realPath(tree.absolute(path)).map { StoreTree.kind(absolute: SystemPath(bytes: $0)) }
  }

  private func problem(_ path: TreePath, target: [UInt8], folder: Folder) -> Problem? {
    let text = TreePath(bytes: target).display
    if resolvedKind(path) == nil, follows(path, into: path) {
      return Problem(kind: .linkLoop, path: path.display, message: "the link `\(text)` leads back to itself")
    }
    let isInside = target.first != UInt8(ascii: "/") && folder.path.appending(target).normalised != nil
    if isInside { return nil }
    return Problem(kind: .outside, path: path.display, message: "the link `\(text)` leads out of the store")
  }

  private func follows(_ path: TreePath, into start: TreePath) -> Bool {
    var place = path
    for _ in 0..<16 {
      guard let target = tree.linkTarget(place), target.first != UInt8(ascii: "/"),
        let next = (place.parent ?? .root).appending(target).normalised
      else { return false }
      if next == start { return true }
      place = next
    }
    return true
  }

  /// A one-line text file that names a version, for stores without links.
  private func file(_ entry: Folder.Entry, in folder: Folder, model: ModelFact) -> AliasFact? {
    let name = entry.text
    let isUsual = shape.isAliasName(name)
    guard !name.contains("."), isUsual || Self.couldBeAlias(name),
      let bytes = try? tree.read(folder.path(of: entry), limit: 4096)
    else { return nil }
    let lines = TextDecoding.decode(bytes).split(whereSeparator: \.isNewline)
      .map { $0.filter { !$0.isWhitespace || $0 == " " } }.filter { !$0.isEmpty }
    let target = lines.count == 1 ? lines[0] : nil
    let looksMeant = target.map { VersionName($0) != nil && !$0.contains(" ") } ?? false
    guard isUsual || looksMeant else { return nil }
    return AliasFact(
      model: model.subject, name: name, path: folder.path(of: entry).display, target: target ?? "", version: target,
      form: .file)
  }

  private static func couldBeAlias(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter else { return false }
    return !["README", "LICENSE", "VERSION", "CODEOWNERS", "OWNERS", "Makefile", "Dockerfile"].contains(name)
  }
}
