import Hashing
import Records

/// The places where a repository's objects lie: its cache, and remotes that are folders of the scanned tree.
struct DVCCache: Sendable {
  /// The cache first, then the remotes by name; folders of the tree.
  private(set) var places: [TreePath] = []
  /// Places that are links out of the store, and are not looked into.
  private(set) var problems: [Problem] = []
  private let tree: StoreTree

  /// `dvc` is the folder `.dvc`.
  init(dvc: TreePath, in tree: StoreTree) {
    self.tree = tree
    let config = DVCConfig.read(dvc, in: tree)
    var places = [Self.place(config.cacheDirectory ?? "cache", from: dvc, in: tree)]
    places += config.remotes.sorted { $0.key < $1.key }.map { Self.place($0.value, from: dvc, in: tree) }
    let resolver = ReferenceResolver(tree: tree)
    for place in places.compactMap(\.self) {
      let file = resolver.exact(place)
      if let real = file.place {
        if tree.kind(of: real) == .directory { self.places.append(real) }
      } else {
        problems.append(Problem(.outside, at: place))
      }
    }
  }

  private static func place(_ text: String, from dvc: TreePath, in tree: StoreTree) -> TreePath? {
    guard case .path(let path) = Location(text) else { return nil }
    if path.hasPrefix(tree.root + "/") { return TreePath(path.dropFirst(tree.root.utf8.count + 1)).normalised }
    return path.hasPrefix("/") ? nil : dvc.appending(path).normalised
  }

  /// The manifest of a directory, from the first place that has it; a problem where one cannot be read.
  func manifest(_ md5: String, isLegacy: Bool) -> (manifest: DVCManifest?, problems: [Problem]) {
    let hex = md5.lowercased()
    guard hex.utf8.count == 32, hex.utf8.allSatisfy(\.isHexDigit) else { return (nil, []) }
    let name = "\(hex.prefix(2))/\(hex.dropFirst(2)).dir"
    var problems: [Problem] = []
    for place in places {
      for path in isLegacy ? [name, "files/md5/\(name)"] : ["files/md5/\(name)", name] {
        switch DVCManifest.read(place.appending(path), in: tree) {
        case .success(let manifest): return (manifest, problems + manifest.problems)
        case .failure(let failure): problems.append(failure.problem)
        case nil: break
        }
      }
    }
    return (nil, problems)
  }

  /// Every object of a place with the digest that its name claims, some hundreds at a time, and what is no plain file.
  func objects(of place: TreePath, each: ([Artifact], [Problem]) throws -> Void) throws {
    for (root, isLegacy) in [(place.appending("files/md5"), false), (place, true)] {
      var unreadable: [Problem] = []
      guard let folders = tree.folder(root, problems: &unreadable) else {
        try each([], unreadable)
        continue
      }
      for folder in folders.entries where folder.kind == .directory && Self.isHex(folder.name, count: 2) {
        var objects: [Artifact] = []
        var problems: [Problem] = []
        let path = folders.path(of: folder)
        for entry in tree.folder(path, problems: &problems)?.entries ?? [] {
          note(entry, in: path, prefix: folder.name, isLegacy: isLegacy, &objects, &problems)
        }
        try each(objects, problems)
      }
    }
  }

  private func note(
    _ entry: Folder.Entry, in folder: TreePath, prefix: [UInt8], isLegacy: Bool, _ objects: inout [Artifact],
    _ problems: inout [Problem]
  ) {
    let path = folder.appending(entry.name)
    let isManifest = entry.name.suffix(4).elementsEqual(".dir".utf8)
    let name = isManifest ? Array(entry.name.dropLast(4)) : entry.name
    // Downloads under way and whatever else lies there have other names.
    guard Self.isHex(name, count: 30) else { return }
    switch entry.kind {
    case .file:
      let digest = Digest(
        algorithm: .md5, hex: String(decoding: prefix + name, as: UTF8.self).lowercased(),
        // The list of a directory is JSON, and was never converted.
        definition: isLegacy && !isManifest ? .dos2unix : nil)
      let claim = Claim(text: digest.description, digest: digest, document: path.display, line: nil)
      objects.append(
        Artifact(file: FileReference(path: path.display, raw: path.raw), role: .data, claims: [claim]))
    case .link:
      let target = tree.linkTarget(path).map { TreePath(bytes: $0).display } ?? ""
      problems.append(
        Problem(
          kind: .outside, path: path.display,
          message: "an object of the cache is a link to `\(target)`, and is not read"))
    case .special:
      problems.append(Problem(.specialFile, at: path))
    case .directory, .missing, .linkLoop, .unreadable:
      problems.append(Problem(kind: .unreadable, path: path.display, message: "an object of the cache is no file"))
    }
  }

  private static func isHex(_ name: [UInt8], count: Int) -> Bool {
    name.count == count && name.allSatisfy(\.isHexDigit)
  }
}
