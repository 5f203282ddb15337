import AuditDatabase
import Hashing
import Records
import Stores

/// Looks at files without reading them, and decides whether memory may speak for them.
struct FileLook {
  let trees: [String: StoreTree]
  /// Whether the time of change and the inode have to be those of before too.
  let isStrict: Bool

  func decision(on candidate: ReadingPlan.Candidate) -> (file: Int64, size: Int64, rank: ReadingPlan.Rank) {
    let file = candidate.file
    do {
      let state = try self.state(of: candidate)
      let size = state.size ?? 0
      if candidate.isHeld { return (file, size, .urgent) }
      if let resumable = candidate.resumable, resumable == state { return (file, size, .resumed) }
      guard let remembered = candidate.remembered, remembered.size == state.size,
        remembered.modified == state.modified,
        !isStrict || remembered.changed == state.changed && remembered.inode == state.inode
      else { return (file, size, .unknown) }
      return (file, size, .known)
    } catch {
      // What is not there takes no time to read.
      return (file, 0, .urgent)
    }
  }

  private func state(of candidate: ReadingPlan.Candidate) throws(FileAccessError) -> ReadingPlan.State {
    guard let tree = trees[candidate.store],
      let path = tree.absolute(FileReference(path: candidate.path, raw: candidate.raw))
    else { throw .missing }
    if candidate.isDirectory { return try folderState(of: candidate, tree: tree) }
    guard let state = try FileState(of: path) else { throw .specialFile }
    return ReadingPlan.State(
      size: state.size, modified: state.modified, changed: state.changed, inode: Int64(bitPattern: state.inode))
  }

  /// As `FileReading` sums up a directory.
  private func folderState(
    of candidate: ReadingPlan.Candidate, tree: StoreTree
  ) throws(FileAccessError) -> ReadingPlan.State {
    var (size, modified, changed): (Int64, Int64?, Int64?) = (0, nil, nil)
    var folders: Set<[UInt8]> = []
    let place = TreePath(bytes: candidate.raw ?? Array(candidate.path.utf8))
    for file in try tree.files(below: place, other: { _, _ in }) {
      guard let state = try FileState(of: tree.absolute(file)) else { throw .specialFile }
      size += state.size
      modified = max(modified ?? state.modified, state.modified)
      changed = max(changed ?? state.changed, state.changed)
      folders.insert(file.bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(file.bytes[..<$0]) } ?? [])
    }
    for folder in folders {
      if let time = StoreTree.modified(absolute: tree.absolute(TreePath(bytes: folder))) {
        modified = max(modified ?? time, time)
      }
    }
    return ReadingPlan.State(size: size, modified: modified, changed: changed, inode: nil)
  }
}
