import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Why a file's bytes could not be had.
package enum FileAccessError: Error, Sendable, Hashable {
  case missing
  /// A FIFO, a socket or a device; opening one can hang or have effects.
  case specialFile
  case isDirectory
  case linkLoop
  /// Reached over a symbolic link that leads out of the store.
  case outside
  /// The system's reason, in lower case.
  case unreadable(String)
  /// More bytes than the caller takes.
  case tooLarge(limit: Int)

  /// The error that `errno` stands for after opening a path.
  package init(_ errno: Errno) {
    switch errno {
    case .noSuchFileOrDirectory, .notDirectory: self = .missing
    case .tooManySymbolicLinkLevels: self = .linkLoop
    case .isDirectory: self = .isDirectory
    default: self = .unreadable(errno.description.lowercased())
    }
  }

  /// For people: what it is, without the place.
  package var reason: String {
    switch self {
    case .missing: "no such file"
    case .specialFile: "a FIFO, socket or device, not a file"
    case .isDirectory: "a directory, not a file"
    case .linkLoop: "a symbolic link, which is not followed"
    case .outside: "a symbolic link on its path leads out of the store"
    case .unreadable(let reason): reason
    case .tooLarge(let limit): "larger than \(limit >> 20) MiB"
    }
  }
}

/// What the file system says of an open file; two equal values mean that it did not change in between.
package struct FileState: Sendable, Hashable {
  /// Bytes.
  package let size: Int64
  /// Nanoseconds since 1970.
  package let modified: Int64
  package let changed: Int64
  package let inode: UInt64

  package init(size: Int64, modified: Int64, changed: Int64, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  fileprivate init(_ status: stat) {
    self.init(
      size: Int64(status.st_size), modified: Self.nanoseconds(status.st_mtim),
      changed: Self.nanoseconds(status.st_ctim), inode: UInt64(status.st_ino))
  }

  /// The state of the regular file at a path, without opening it; nil for anything else that is there.
  package init?(of path: SystemPath) throws(FileAccessError) {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0 else { throw FileAccessError(Errno(rawValue: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }

  /// Since 1970.
  package static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

/// A regular file open for reading; never follows a link in the last component, never blocks on a FIFO.
package struct OpenFile: ~Copyable {
  package let descriptor: FileDescriptor

  package init(_ path: SystemPath) throws(FileAccessError) {
    do {
      descriptor = try path.withCString {
        try FileDescriptor.open(
          $0, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec], permissions: nil, retryOnInterrupt: true)
      }
    } catch let error as Errno {
      throw error == .noSuchAddressOrDevice ? .specialFile : FileAccessError(error)
    } catch {
      throw .unreadable("\(error)")
    }
  }

  deinit { try? descriptor.close() }

  /// The real path of what was opened, as bytes; nil where the system does not tell.
  package var realPath: [UInt8]? { SystemPath.real(of: descriptor.rawValue) }

  /// Asks the system to forget the bytes it has in memory; those that are not yet on the disk it keeps.
  package func forgetCache() { _ = posix_fadvise(descriptor.rawValue, 0, 0, POSIX_FADV_DONTNEED) }

  /// The state now; throws when it is not a regular file.
  package func state() throws(FileAccessError) -> FileState {
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else { throw FileAccessError(Errno(rawValue: errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    default: throw .specialFile
    }
    return FileState(status)
  }
}
