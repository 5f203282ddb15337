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

  /// Nil where a directory cannot be listed, or nests deeper than paths can be.
  package init?(below folder: SystemPath) {
    var walk = Walk()
    guard walk.add(folder: folder.bytes) else { return nil }
    digest = walk.finish()
    newest = walk.newest
  }

  private struct Walk {
    private static let flushSize = 1 << 16

    private var hasher = SHA256()
    private var waiting: [UInt8] = []
    private(set) var newest = Int64.min

    mutating func finish() -> String {
      flush()
      return hasher.finalize().hexadecimal
    }

    /// Adds the directory itself and all below it, in the order that the file system keeps: another order only makes the
    /// same tree look changed.
    mutating func add(folder root: [UInt8]) -> Bool {
      var folders = [root]
      while let folder = folders.popLast() {
        guard let stream = Self.open(folder) else { return false }
        defer { closedir(stream) }
        add(number: Int64(folder.count))
        waiting += folder
        var status = stat()
        guard fstat(dirfd(stream), &status) == 0 else { return false }
        add(status)
        errno = 0
        while let entry = readdir(stream) {
          guard add(entry, of: dirfd(stream), below: folder, &folders) else { return false }
          if waiting.count >= Self.flushSize { flush() }
          errno = 0
        }
        guard errno == 0 else { return false }
      }
      return true
    }

    private static func open(_ folder: [UInt8]) -> OpaquePointer? {
      let descriptor = SystemPath(bytes: folder).withCString {
        Glibc.open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard descriptor >= 0 else { return nil }
      guard let stream = fdopendir(descriptor) else {
        close(descriptor)
        return nil
      }
      return stream
    }

    /// False where the entry went while it was looked at.
    private mutating func add(
      _ entry: UnsafeMutablePointer<dirent>, of descriptor: CInt, below folder: [UInt8], _ folders: inout [[UInt8]]
    ) -> Bool {
      withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        // The name is a C array whose tuple type Swift cannot subscript; it ends with a NUL inside the record.
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          let bytes = UnsafeRawBufferPointer(start: name, count: strnlen(name, 256))
          if bytes.first == UInt8(ascii: "."), bytes.count == 1 || bytes.count == 2 && bytes[1] == UInt8(ascii: ".") {
            return true
          }
          var status = stat()
          guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
          add(number: Int64(bytes.count))
          waiting.append(contentsOf: bytes)
          add(status)
          if status.st_mode & S_IFMT == S_IFDIR { folders.append(folder + [UInt8(ascii: "/")] + bytes) }
          return true
        }
      }
    }

    private mutating func add(_ status: stat) {
      let changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
      let modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
      newest = max(newest, changed)
      for number in [
        Int64(status.st_mode), Int64(status.st_size), modified, changed, Int64(bitPattern: UInt64(status.st_ino)),
      ] {
        add(number: number)
      }
    }

    private mutating func add(number: Int64) {
      withUnsafeBytes(of: number.littleEndian) { waiting.append(contentsOf: $0) }
    }

    private mutating func flush() {
      hasher.update(data: waiting)
      waiting.removeAll(keepingCapacity: true)
    }
  }
}
