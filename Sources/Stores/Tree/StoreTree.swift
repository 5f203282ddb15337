import Glibc
import Hashing
import Records
import SystemPackage

/// The directory that is audited; everything below is opened read-only and nothing outside it through a relative path.
package struct StoreTree: Sendable {
  /// Absolute, with symbolic links resolved.
  package let root: String
  private let rootBytes: [UInt8]
  var log: DocumentLog?

  /// Throws when `path` is not a directory that can be entered.
  package init(path: String) throws(FileAccessError) {
    guard let resolved = Self.realPath(SystemPath(path)) else { throw FileAccessError(Errno(rawValue: errno)) }
    guard let text = String(validating: resolved, as: UTF8.self) else {
      throw .unreadable("its path is not UTF-8")
    }
    root = text
    rootBytes = resolved
    guard kind(of: .root) == .directory else { throw .missing }
  }

  /// The last component of the root's path.
  package var name: String { root.split(separator: "/").last.map(String.init) ?? "root" }

  /// What a place is called; the root has the name of the scanned directory.
  func name(of place: TreePath) -> String { place.bytes.isEmpty ? name : place.displayName }

  /// The absolute path of a place in the store, for system calls.
  package func absolute(_ path: TreePath) -> SystemPath { SystemPath(folder: rootBytes, name: path.bytes) }

  /// The absolute place of a file that facts speak of; nil when it must not or cannot be read.
  package func absolute(_ file: FileReference) -> SystemPath? {
    guard file.location == .local else { return nil }
    let bytes = file.raw ?? Array(file.path.utf8)
    return bytes.first == UInt8(ascii: "/") ? SystemPath(bytes: bytes) : SystemPath(folder: rootBytes, name: bytes)
  }

  /// The bytes of a small file; throws for a link, and for what a link on its path leads out of the store.
  package func read(
    _ path: TreePath, limit: Int = WholeFile.documentLimit
  ) throws(FileAccessError) -> [UInt8] {
    let place = absolute(path)
    let file = try OpenFile(place)
    guard holds(file.descriptor.rawValue, opened: place) else { throw .outside }
    let bytes = try WholeFile.read(file, limit: limit)
    log?.note(path.bytes, bytes)
    return bytes
  }

  /// The bytes of a small file that facts speak of, also of one that a location is mapped to.
  package func read(_ file: FileReference) throws(FileAccessError) -> [UInt8] {
    guard let place = absolute(file) else { throw .missing }
    let bytes = try WholeFile.read(place)
    log?.note(file.raw ?? Array(file.path.utf8), bytes)
    return bytes
  }

  /// Whether what was opened at `place` lies in the store: a link on the way may have led elsewhere.
  func holds(_ descriptor: CInt, opened place: SystemPath) -> Bool {
    guard let real = SystemPath.real(of: descriptor) ?? Self.realPath(place) else { return false }
    return holds(real: real)
  }

  /// Whether a path without links is the root, or lies below it.
  private func holds(real: [UInt8]) -> Bool {
    guard real.starts(with: rootBytes) else { return false }
    return real.count == rootBytes.count || rootBytes.last == UInt8(ascii: "/")
      || real[rootBytes.count] == UInt8(ascii: "/")
  }

  /// What stands at a path, links not followed.
  package func kind(of path: TreePath) -> EntryKind { Self.kind(absolute: absolute(path)) }

  package static func kind(absolute path: SystemPath) -> EntryKind {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return .missing
      case ELOOP: return .linkLoop
      default: return .unreadable
      }
    }
    return EntryKind(mode: status.st_mode)
  }

  /// Bytes of the regular file at a path, links not followed; nil when there is none.
  package static func size(absolute path: SystemPath) -> Int64? {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0, EntryKind(mode: status.st_mode) == .file else { return nil }
    return Int64(status.st_size)
  }

  /// When what stands at a path was last changed, in nanoseconds since 1970, links not followed; nil when nothing does.
  package static func modified(absolute path: SystemPath) -> Int64? {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0 else { return nil }
    return FileState.nanoseconds(status.st_mtim)
  }

  /// Where the link at `path` points, as written.
  package func linkTarget(_ path: TreePath) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = absolute(path).withCString { readlink($0, &buffer, Int(PATH_MAX)) }
    return count >= 0 ? buffer[..<count].map { UInt8(bitPattern: $0) } : nil
  }

  /// The path with every link resolved; nil (and errno) when it does not exist.
  package static func realPath(_ path: SystemPath) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard path.withCString({ realpath($0, &buffer) != nil }) else { return nil }
    return buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  }
}

/// What a directory entry is, links not followed.
package enum EntryKind: Sendable, Hashable {
  case file
  case directory
  case link
  /// A FIFO, a socket or a device.
  case special
  case missing
  case linkLoop
  case unreadable

  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    default: self = .special
    }
  }
}
