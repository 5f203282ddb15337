import Records
import Crypto

#if canImport(Glibc)
  import Glibc
#endif

/// What the file system says of all that lies below a directory, without opening a file.
///
/// Two equal digests mean that nothing was added, removed, renamed or written in between: of every entry they hold the name,
/// the kind and the permissions, size, time of writing, time of change and inode. Whoever writes to a disk beside the file
/// system is not seen.
package struct TreeState: Sendable, Hashable {
  /// Lower-case hexadecimal digits.
  package let digest: String
  /// When the youngest entry was last changed, nanoseconds since 1970.
  package let newest: Int64

  /// Looks through `folder`, `jobs` directories at a time. Nil where one cannot be listed.
  package static func read(below folder: SystemPath, jobs: Int) async -> TreeState? {
    var hasher = SHA256()
    var newest = Int64.min
    var level = [folder.bytes]
    while !level.isEmpty {
      let parts = level.slices(jobs)
      let found = await withTaskGroup(of: (Int, [FolderState]?).self) { group in
        for (number, part) in parts.enumerated() {
          group.addTask {
            let states = part.compactMap { FolderState(of: $0) }
            return (number, states.count == part.count ? states : nil)
          }
        }
        return await group.reduce(into: [Int: [FolderState]]()) { $0[$1.0] = $1.1 }
      }
      level = []
      for number in parts.indices {
        guard let states = found[number] else { return nil }
        for state in states {
          hasher.update(data: state.digest)
          newest = max(newest, state.newest)
          level += state.folders
        }
      }
    }
    return TreeState(digest: hasher.finalize().hexadecimal, newest: newest)
  }
}

/// What the file system says of one directory and of what lies directly in it.
private struct FolderState: Sendable {
  let digest: [UInt8]
  private(set) var newest = Int64.min
  /// The directories in it, in the order that the file system keeps: another order only makes the same tree look changed.
  private(set) var folders: [[UInt8]] = []

  /// Nil where it cannot be listed, or something went while it was looked at.
  init?(of folder: [UInt8]) {
    let descriptor = SystemPath(bytes: folder).withCString {
      open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return nil }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return nil
    }
    defer { closedir(stream) }
    var bytes: [UInt8] = folder + [0]
    var newest = Int64.min
    var folders: [[UInt8]] = []
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    Self.add(status, to: &bytes, &newest)
    errno = 0
    while let entry = readdir(stream) {
      let isThere = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        // The name is a C array whose tuple type Swift cannot subscript; it ends with a NUL inside the record.
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          let text = UnsafeRawBufferPointer(start: name, count: strnlen(name, 256))
          if text.first == UInt8(ascii: "."), text.count == 1 || text.count == 2 && text[1] == UInt8(ascii: ".") {
            return true
          }
          guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
          bytes.append(contentsOf: text)
          bytes.append(0)
          Self.add(status, to: &bytes, &newest)
          if status.st_mode & S_IFMT == S_IFDIR { folders.append(folder + [UInt8(ascii: "/")] + text) }
          return true
        }
      }
      guard isThere else { return nil }
      errno = 0
    }
    guard errno == 0 else { return nil }
    digest = Array(SHA256.hash(data: bytes))
    (self.newest, self.folders) = (newest, folders)
  }

  private static func add(_ status: stat, to bytes: inout [UInt8], _ newest: inout Int64) {
    let changed = FileState.nanoseconds(status.st_ctim)
    let modified = FileState.nanoseconds(status.st_mtim)
    newest = max(newest, changed)
    let numbers = (
      Int64(status.st_mode), Int64(status.st_size), modified, changed, Int64(bitPattern: UInt64(status.st_ino))
    )
    withUnsafeBytes(of: numbers) { bytes.append(contentsOf: $0) }
  }
}
