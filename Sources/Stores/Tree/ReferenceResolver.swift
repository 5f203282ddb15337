import Hashing
import Records

/// Turns the paths and URIs that records state into files of the store.
package struct ReferenceResolver: Sendable {
  private let tree: StoreTree
  private let maps: [LocationMap]
  private let realFolders = RealFolders()
  private let knownKinds = KnownKinds()
  /// The folder of the record that is read, when it is known what stands in it.
  private var listing: Folder?

  package init(tree: StoreTree, maps: [LocationMap] = []) {
    self.tree = tree
    self.maps = maps
  }

  /// This resolver for the records of a folder whose entries are known: the system is not asked for them again.
  package func beside(_ listing: Folder?) -> ReferenceResolver {
    var resolver = self
    resolver.listing = listing
    return resolver
  }

  /// What stands at a place of the store, links not followed.
  package func kind(of path: TreePath) -> EntryKind {
    if let listing, path.isDirectly(in: listing.path) { return listing.kind(named: path.name) }
    return knownKinds.kind(of: path, from: listing?.path) { tree.kind(of: path) }
  }

  /// Where `text` leads, as written in a record that lies in `folder`.
  ///
  /// A path with a slash is also looked for from every folder above, since people write paths from where they worked,
  /// and from `bases`. What exists nowhere is reported where it would lie beside the record.
  package func resolve(_ text: String, from folder: TreePath, bases: [TreePath] = []) -> FileReference {
    if let mapped = maps.lazy.compactMap({ $0.apply(to: text) }).first { return local(absolute: mapped) }
    switch Location(text) {
    case .remote(let scheme):
      return FileReference(
        path: Redaction.redact(text), location: .remote, reason: "\(scheme) is not reached by this scan")
    case .path(let path) where path.hasPrefix("/"):
      return local(absolute: path)
    case .path(let path):
      return relative(path, from: folder, bases: bases)
    }
  }

  /// The file at exactly this place, whether it is there or not; what a link leads out of the store is outside.
  package func exact(_ path: TreePath) -> FileReference {
    guard let place = path.normalised else {
      return FileReference(
        path: path.display, raw: path.raw, location: .outside, reason: "it lies outside the store")
    }
    switch look(at: place, from: .root) {
    case .inside(let found, let form): return FileReference(path: found.display, raw: found.raw, form: form)
    case .absent: return FileReference(path: place.display, raw: place.raw)
    case .outside:
      return FileReference(
        path: place.display, raw: place.raw, location: .outside, reason: "a link leads out of the store")
    }
  }

  /// Where `text` leads, when something stands there.
  package func existing(_ text: String, from folder: TreePath, bases: [TreePath] = []) -> FileReference? {
    for base in candidates(text, folder: folder, bases: bases) {
      guard let joined = base.appending(text).normalised else { continue }
      if case .inside(let place, let form) = look(at: joined, from: folder) {
        return FileReference(path: place.display, raw: place.raw, form: form)
      }
    }
    return nil
  }

  /// Whether something stands at a place of the store, links followed as long as they stay inside.
  package func exists(_ path: TreePath) -> Bool {
    if case .inside = look(at: path, from: path.parent ?? .root) { true } else { false }
  }

  private func relative(_ path: String, from folder: TreePath, bases: [TreePath]) -> FileReference {
    var first: Look?
    for base in candidates(path, folder: folder, bases: bases) {
      guard let joined = base.appending(path).normalised else {
        if first == nil { first = .outside }
        continue
      }
      let look = look(at: joined, from: folder)
      if case .inside(let place, let form) = look {
        return FileReference(path: place.display, raw: place.raw, form: form)
      }
      if first == nil { first = look }
    }
    let place = folder.appending(path).normalised ?? folder.appending(path)
    switch first {
    case .outside:
      return FileReference(
        path: place.display, raw: place.raw, location: .outside, reason: "it lies outside the store")
    default: return FileReference(path: place.display, raw: place.raw)
    }
  }

  private func candidates(_ path: String, folder: TreePath, bases: [TreePath]) -> [TreePath] {
    var candidates = [folder]
    guard path.utf8.contains(UInt8(ascii: "/")), !path.hasPrefix("..") else { return candidates + bases }
    var above = folder.parent
    while let base = above {
      candidates.append(base)
      above = base.parent
    }
    return candidates + bases
  }

  private func local(absolute path: String) -> FileReference {
    let resolved = StoreTree.realPath(SystemPath(path)) ?? Array(path.utf8)
    let prefix = Array(tree.root.utf8) + [UInt8(ascii: "/")]
    if resolved.starts(with: prefix) {
      let place = TreePath(bytes: Array(resolved[prefix.count...]))
      return FileReference(path: place.display, raw: place.raw, form: form(of: place))
    }
    let kind = StoreTree.kind(absolute: SystemPath(bytes: resolved))
    return FileReference(path: path, form: kind == .directory ? .directory : .file)
  }

  private enum Look {
    case inside(TreePath, FileReference.Form)
    case outside
    case absent
  }

  /// `folder` is one that was reached without following a link.
  private func look(at path: TreePath, from folder: TreePath) -> Look {
    let kind = kind(of: path)
    if kind == .missing { return .absent }
    // What lies right in a folder that no link leads to is inside, and one call told.
    if kind == .file || kind == .directory, let parent = path.parent, folder.isBelow(parent) || isReal(parent) {
      return .inside(path, kind == .file ? .file : .directory)
    }
    guard let real = StoreTree.realPath(tree.absolute(path)) else { return .absent }
    let prefix = Array(tree.root.utf8)
    if real == prefix { return .inside(.root, .directory) }
    guard real.starts(with: prefix), real[prefix.count] == UInt8(ascii: "/") else { return .outside }
    let place = TreePath(bytes: Array(real[(prefix.count + 1)...]))
    return .inside(place, kind == .file ? .file : form(of: place))
  }

  private func isReal(_ folder: TreePath) -> Bool {
    realFolders.isReal(folder) {
      let path = tree.absolute(folder)
      return StoreTree.realPath(path) == path.bytes
    }
  }

  private func form(of place: TreePath) -> FileReference.Form {
    tree.kind(of: place) == .directory ? .directory : .file
  }
}

/// `--map URI-PREFIX=PATH`: an auditor's copy lies elsewhere than the records say.
package struct LocationMap: Sendable, Hashable {
  package let prefix: String
  package let replacement: String

  package init(prefix: String, replacement: String) {
    self.prefix = prefix
    self.replacement = replacement
  }

  /// The local path of `text` when it begins with the prefix, at a boundary.
  func apply(to text: String) -> String? {
    guard text.hasPrefix(prefix) else { return nil }
    let rest = text.dropFirst(prefix.count)
    guard rest.isEmpty || prefix.hasSuffix("/") || rest.hasPrefix("/") else { return nil }
    let joined = replacement.hasSuffix("/") || rest.isEmpty || rest.hasPrefix("/") ? "" : "/"
    return replacement + joined + rest
  }
}

/// A path or a URI, told apart.
package enum Location: Sendable, Hashable {
  case path(String)
  case remote(scheme: String)

  /// `file:` URIs are paths; any other `scheme://` is remote.
  package init(_ text: String) {
    if let path = Self.path(ofFileURI: text) {
      self = .path(path)
    } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8[colon...].starts(with: "://".utf8),
      Self.isScheme(text[..<colon])
    {
      self = .remote(scheme: String(text[..<colon]).lowercased())
    } else {
      self = .path(text)
    }
  }

  private static func path(ofFileURI text: String) -> String? {
    guard text.utf8.count >= 5, text.utf8.prefix(5).map({ $0 | 0x20 }).elementsEqual("file:".utf8.map { $0 | 0x20 })
    else {
      return nil
    }
    var rest = text.dropFirst(5)
    guard rest.hasPrefix("//") else { return decode(rest) }
    rest = rest.dropFirst(2)
    if rest.lowercased().hasPrefix("localhost/") { rest = rest.dropFirst(9) }
    // `file://data/train.csv` names a host; people mean the relative path.
    return decode(rest)
  }

  private static func decode(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value != 0
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else {
      return false
    }
    return text.utf8.allSatisfy {
      ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z"))
        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
        || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
  }
}
