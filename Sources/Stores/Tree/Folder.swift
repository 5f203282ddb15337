import Glibc
import Hashing
import SystemPackage

/// The entries of one directory, sorted by the bytes of their names.
package struct Folder: Sendable {
  /// A name and what stands there.
  package struct Entry: Sendable, Hashable {
    package let name: [UInt8]
    package let kind: EntryKind

    /// The name as text; invalid UTF-8 is shown, not kept.
    package var text: String { TreePath(bytes: name).display }
  }

  package let path: TreePath
  package let entries: [Entry]

  package init(path: TreePath, entries: [Entry]) {
    self.path = path
    self.entries = entries
  }

  package func entry(named name: String) -> Entry? { entries.first { $0.name.elementsEqual(name.utf8) } }

  /// What stands under a name, found by halving since the entries are sorted.
  package func kind(named name: [UInt8]) -> EntryKind {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].name == name ? entries[low].kind : .missing
  }

  package func path(of entry: Entry) -> TreePath { path.appending(entry.name) }
}

extension StoreTree {
  /// Lists a directory; throws when it cannot be read, is a link, or is reached over a link that leads out of the store.
  package func list(_ path: TreePath) throws(FileAccessError) -> Folder {
    let stream = try open(path)
    defer { closedir(stream) }
    var entries: [Folder.Entry] = []
    while let entry = readdir(stream) {
      // The name is a C array whose tuple type Swift cannot subscript; it ends with a NUL inside the record.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { start in
          UnsafeBufferPointer(start: start, count: strnlen(start, 256)).map { UInt8(bitPattern: $0) }
        }
      }
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
      let kind: EntryKind =
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .directory
        case Int(DT_LNK): .link
        case Int(DT_UNKNOWN): self.kind(of: path.appending(name))
        default: .special
        }
      entries.append(Folder.Entry(name: name, kind: kind))
    }
    entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return Folder(path: path, entries: entries)
  }

  private func open(_ path: TreePath) throws(FileAccessError) -> OpaquePointer {
    let place = absolute(path)
    let descriptor = place.withCString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    guard descriptor >= 0 else {
      let error = Errno(rawValue: errno)
      // To the system a link is no directory, whatever it leads to.
      throw error == .notDirectory && kind(of: path) == .link ? .linkLoop : FileAccessError(error)
    }
    guard holds(descriptor, opened: place), let stream = fdopendir(descriptor) else {
      close(descriptor)
      throw .outside
    }
    return stream
  }

  /// All regular files below a directory with their paths, depth first in byte order; `other` gets what is no file.
  package func files(
    below path: TreePath, depth: Int = 0, other: (TreePath, EntryKind) -> Void
  ) throws(FileAccessError) -> [TreePath] {
    guard depth < FolderDepth.maximum else { throw .unreadable("directories nest deeper than \(FolderDepth.maximum)") }
    let folder = try list(path)
    var files: [TreePath] = []
    for entry in folder.entries {
      let place = folder.path(of: entry)
      switch entry.kind {
      case .file: files.append(place)
      case .directory:
        do {
          files += try self.files(below: place, depth: depth + 1, other: other)
        } catch .missing {
          // Removed since it was listed.
        } catch { other(place, error == .linkLoop ? .link : .unreadable) }
      case .link, .special, .missing, .linkLoop, .unreadable: other(place, entry.kind)
      }
    }
    return files
  }
}
