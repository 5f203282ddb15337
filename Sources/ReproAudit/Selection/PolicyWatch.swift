import Hashing
import Stores

/// Which changed files judge everything in another way: the policy, what it names, the baseline and keys.
///
/// Also names that are not there now: a policy or waivers that were removed judged before.
struct PolicyWatch {
  private var files: Set<[UInt8]> = []
  /// Folders of own rules, with their slash.
  private var ruleFolders: [[UInt8]] = []

  init(_ policy: Policy, options: AuditOptions, stores: [StoreTree]) {
    for place in policy.files {
      watch(place)
      watch(PolicyLayers.folder(of: place) + PolicyReader.waiverFileName)
    }
    for place in policy.waiverFiles.map(\.place) + [policy.runSchema?.place, options.baseline].compactMap({ $0 })
      + options.keys
    {
      watch(place)
    }
    for place in policy.ownRulePlaces {
      watch(place)
      if let real = StoreTree.realPath(SystemPath(place)) { ruleFolders.append(real + [UInt8(ascii: "/")]) }
    }
    guard options.policy == nil else { return }
    // A policy nearer to the store would have been found first.
    for tree in stores {
      var folder = Array(tree.root.utf8)
      while true {
        files.insert((folder == [UInt8(ascii: "/")] ? [] : folder) + Array("/\(PolicyFinder.fileName)".utf8))
        guard let slash = folder.lastIndex(of: UInt8(ascii: "/")), folder.count > 1 else { break }
        folder = slash == 0 ? [UInt8(ascii: "/")] : Array(folder[..<slash])
      }
    }
  }

  /// Whether a change of the file at `path`, absolute, counts as a change of everything.
  func concerns(_ path: [UInt8]) -> Bool {
    files.contains(path) || ruleFolders.contains { path.starts(with: $0) && path.suffix(4) == Array(".sql".utf8)[...] }
  }

  /// Watches the file at `place`, and what it leads to when it is a link.
  private mutating func watch(_ place: String) {
    if let real = StoreTree.realPath(SystemPath(place)) { files.insert(real) }
    let folder = PolicyLayers.folder(of: place)
    guard let real = StoreTree.realPath(SystemPath(folder.isEmpty ? "." : folder)) else { return }
    files.insert(
      (real == [UInt8(ascii: "/")] ? [] : real) + [UInt8(ascii: "/")]
        + Array(place.utf8.dropFirst(folder.utf8.count)))
  }
}
