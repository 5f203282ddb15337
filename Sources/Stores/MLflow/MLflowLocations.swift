import Hashing
import Records

/// Turns the URIs that MLflow writes into places of the scanned directory.
///
/// MLflow writes absolute paths; a store that was moved or copied is found again by what its experiments say.
struct MLflowLocations: Sendable {
  /// Where a URI leads.
  enum Place: Sendable, Hashable {
    /// Inside the scanned directory, whether or not something stands there.
    case inside(TreePath)
    /// Elsewhere, or refused.
    case elsewhere(FileReference)
  }

  let tree: StoreTree
  /// The folder that holds the store.
  let folder: TreePath
  private let resolver: ReferenceResolver
  private let maps: [LocationMap]
  /// Absolute paths as they were, with the places that they are now, and whether all of it came along.
  private var moved: [Substring: (place: TreePath, isWhole: Bool)] = [:]

  init(tree: StoreTree, folder: TreePath, maps: [LocationMap]) {
    self.tree = tree
    self.folder = folder
    self.maps = maps
    resolver = ReferenceResolver(tree: tree, maps: maps)
  }

  /// Learns that what was at `uri` is now at `place`, and with it the folders around both.
  ///
  /// What lay in `store` and is not there is missing; what lay around it may just not have been copied.
  mutating func learn(_ uri: String, isNow place: TreePath, in store: TreePath) {
    guard case .path(let text) = Location(uri), text.hasPrefix("/") else { return }
    var path = Self.trimmed(text)
    var now: TreePath? = place
    while let here = now, path.utf8.count > 1, moved[path] == nil {
      moved[path] = (here, here.isBelow(store))
      guard let slash = path.lastIndex(of: "/") else { break }
      path = path[..<slash]
      now = here.parent
    }
  }

  /// Looks for what `uri` names beside the store, by the end of its path, and learns where it is.
  mutating func search(_ uri: String) {
    guard case .path(let text) = Location(uri), text.hasPrefix("/") else { return }
    let parts = text.split(separator: "/")
    for count in stride(from: parts.count, to: 0, by: -1) {
      let end = parts.suffix(count).joined(separator: "/")
      var base: TreePath? = folder
      while let here = base {
        if let place = here.appending(end).normalised, tree.kind(of: place) == .directory,
          resolver.exact(place).location == .local,
          count > 1 || MLflowSQLiteSignature.holdsArtifacts(place, in: tree)
        {
          return learn(uri, isNow: place, in: place)
        }
        base = here.parent
      }
    }
  }

  /// Where `uri` leads.
  func find(_ uri: String) -> Place {
    if maps.contains(where: { $0.apply(to: uri) != nil }) { return mapped(uri) }
    if let scheme = Self.scheme(of: uri) {
      if scheme == "mlflow-artifacts" { return served(uri) }
      if scheme != "file" { return remote(uri, "\(scheme) is not reached by this scan") }
    }
    guard case .path(let path) = Location(uri) else { return remote(uri, "it is not reached by this scan") }
    return path.hasPrefix("/") ? absolute(path, uri) : relative(path, uri)
  }

  /// What a place is as a file; a folder that is not there is told from a file by `form`.
  func reference(_ place: Place, form: FileReference.Form) -> FileReference {
    switch place {
    case .inside(let path): FileReference(path: path.display, raw: path.raw, form: form)
    case .elsewhere(let file): file
    }
  }

  private func mapped(_ uri: String) -> Place {
    let file = resolver.resolve(uri, from: folder)
    guard file.location == .local, !file.path.hasPrefix("/") else { return .elsewhere(file) }
    return .inside(TreePath(bytes: file.raw ?? Array(file.path.utf8)))
  }

  private func absolute(_ path: String, _ uri: String) -> Place {
    // From the whole path up, so that the longest one that is known counts.
    var was = path[...]
    while !was.isEmpty {
      if let (now, isWhole) = moved[was] {
        let rest = path[was.endIndex...].drop { $0 == "/" }
        guard let place = now.appending(rest).normalised, place.isBelow(now) else { return refused(uri) }
        if isWhole || tree.kind(of: place) != .missing { return checked(place) }
      }
      was = was[..<(was.lastIndex(of: "/") ?? was.startIndex)]
    }
    if let real = StoreTree.realPath(SystemPath(path)), real.starts(with: Array(tree.root.utf8) + [UInt8(ascii: "/")]) {
      return .inside(TreePath(bytes: Array(real[(tree.root.utf8.count + 1)...])))
    }
    return remote(
      uri, "it lies outside the scanned directory; say with --map \(Self.trimmed(uri))=PATH where it is now")
  }

  /// Relative to where MLflow was started: the store's folder, or one above.
  private func relative(_ path: String, _ uri: String) -> Place {
    var base: TreePath? = folder
    var first: TreePath?
    while let here = base {
      if let place = here.appending(path).normalised {
        if tree.kind(of: place) != .missing { return checked(place) }
        first = first ?? place
      } else if first == nil {
        return refused(uri)
      }
      base = here.parent
    }
    return first.map(checked) ?? refused(uri)
  }

  /// `mlflow-artifacts:/…` is served from a folder that the store does not name; the usual ones are tried.
  private func served(_ uri: String) -> Place {
    var rest = uri.dropFirst("mlflow-artifacts:".count)
    if rest.hasPrefix("//") { rest = rest.dropFirst(2).drop { $0 != "/" } }
    let path = LinkedData.decoded(String(rest.drop { $0 == "/" }))
    for name in ["mlartifacts", "mlruns", "artifacts"] {
      let root = folder.appending(name)
      guard let place = root.appending(path).normalised, place.isBelow(root) else { return refused(uri) }
      if tree.kind(of: place) != .missing { return checked(place) }
    }
    return remote(uri, "an MLflow server serves it; say with --map mlflow-artifacts:/=PATH where its files are")
  }

  /// The place with its links resolved; what they lead out of the store is elsewhere.
  private func checked(_ place: TreePath) -> Place {
    let file = resolver.exact(place)
    if let real = file.place { return .inside(real) }
    return .elsewhere(
      FileReference(path: file.path, raw: file.raw, location: file.location, form: .directory, reason: file.reason))
  }

  private func remote(_ uri: String, _ reason: String) -> Place {
    .elsewhere(FileReference(path: Redaction.redact(uri), location: .remote, form: .directory, reason: reason))
  }

  private func refused(_ uri: String) -> Place {
    .elsewhere(
      FileReference(
        path: Redaction.redact(uri), location: .outside, form: .directory, reason: "it leads out of the store"))
  }

  /// `s3` of `s3://…`, `dbfs` of `dbfs:/…`; nil for a path.
  static func scheme(of uri: String) -> String? {
    guard let colon = uri.firstIndex(of: ":"), uri[uri.index(after: colon)...].hasPrefix("/"), colon > uri.startIndex,
      uri[..<colon].utf8.allSatisfy({ $0 | 0x20 >= 97 && $0 | 0x20 <= 122 || $0 >= 43 && $0 <= 57 })
    else { return nil }
    return uri[..<colon].lowercased()
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while text.utf8.count > 1, text.hasSuffix("/") { text = text.dropLast() }
    return text
  }
}
