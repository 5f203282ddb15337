import AuditDatabase
import Hashing
import Records
import Stores

/// Reads a group of files on one core.
struct FileReading: Sendable {
  let trees: [String: StoreTree]
  let progress: ScanProgress
  /// Whether files come from the disk, not from memory, where an earlier read left them.
  var isUncached = false
  /// Holds readers back; nil lets them go as fast as they can.
  var pace: ReadingPace?

  /// Enough that handing over costs little, and little enough that a killed scan loses little.
  private static let mostFiles = 256
  private static let mostBytes: Int64 = 64 << 20

  /// Reads files from the queue until there is enough to hand over; nothing when the queue is empty.
  func read(from queue: HashQueue) throws -> [Observation] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: FileHasher.bufferSize, alignment: 64)
    defer { buffer.deallocate() }
    var observations: [Observation] = []
    var bytes: Int64 = 0
    while observations.count < Self.mostFiles, bytes < Self.mostBytes, Interruption.raised == nil,
      let task = try queue.next()
    {
      let observation = read(task, buffer: buffer)
      bytes += observation.size ?? 0
      observations.append(observation)
      progress.finishFile()
    }
    return observations
  }

  private func read(_ task: HashTask, buffer: UnsafeMutableRawBufferPointer) -> Observation {
    guard let tree = trees[task.store],
      let path = tree.absolute(FileReference(path: task.path, raw: task.raw))
    else { return Observation(file: task.file, state: .unreadable, message: "its store is not open") }
    if task.isDirectory { return readDirectory(task, tree: tree, buffer: buffer) }
    let format = task.table.flatMap(TableFormat.init)
    let hasher = FileHasher(
      algorithms: task.algorithms, definitions: task.definitions, table: format, wantsSchema: task.wantsSchema)
    do {
      let result = try hasher.hash(path, buffer: buffer, uncached: isUncached, progress: advance)
      guard !result.changed else {
        return Observation(
          file: task.file, state: .changing, size: result.state.size, message: "it changed while it was read")
      }
      return Observation(
        file: task.file, state: .present, size: result.state.size, modified: result.state.modified,
        changed: result.state.changed, inode: Int64(bitPattern: result.state.inode),
        sha256: result.digests.first { $0.algorithm == .sha256 }?.hex,
        others: result.digests.filter { $0.algorithm != .sha256 }, pointer: result.pointer?.digest,
        table: result.table.map {
          TableObservation(
            records: $0.message == nil ? $0.records : nil, schema: $0.message == nil ? $0.schema : nil,
            message: $0.message)
        }, message: result.pointer.map { "a \($0.tool) pointer stands in for the file" })
    } catch {
      return failure(error, of: task)
    }
  }

  private func readDirectory(_ task: HashTask, tree: StoreTree, buffer: UnsafeMutableRawBufferPointer) -> Observation {
    let folder = TreePath(bytes: task.raw ?? Array(task.path.utf8))
    var digest = DirectoryDigest()
    // DVC's definitions, each with the MD5 of files that it is made from.
    var manifests = task.definitions.compactMap {
      definition -> (DigestDefinition, DigestDefinition?, DVCDirectoryDigest)? in
      switch definition {
      case .dvcDirectory: (definition, nil, DVCDirectoryDigest())
      case .dvcDirectoryDos2unix: (definition, .dos2unix, DVCDirectoryDigest())
      case .directory1, .schema1, .gitBlob, .dos2unix: nil
      }
    }
    let hasher = FileHasher(
      algorithms: manifests.contains { $0.1 == nil } ? [.md5, .sha256] : [.sha256],
      definitions: Set(manifests.compactMap(\.1)))
    var size: Int64 = 0
    // A file that goes or comes is a change of the folder that it lies in.
    var folders: Set<[UInt8]> = []
    var modified: Int64?
    var changed: Int64?
    var unreadable: String?
    do {
      let files = try tree.files(below: folder) { path, kind in
        if kind == .unreadable { unreadable = "\(path.display) cannot be read" }
      }
      for file in files {
        let result = try hasher.hash(
          tree.absolute(file), buffer: buffer, uncached: isUncached, progress: advance)
        if result.changed {
          return Observation(file: task.file, state: .changing, message: "\(file.display) changed while it was read")
        }
        size += result.state.size
        modified = max(modified ?? result.state.modified, result.state.modified)
        changed = max(changed ?? result.state.changed, result.state.changed)
        folders.insert(file.bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(file.bytes[..<$0]) } ?? [])
        let path = Array(file.bytes[(folder.bytes.isEmpty ? 0 : folder.bytes.count + 1)...])
        for found in result.digests {
          if found.algorithm == .sha256 { digest.add(path: path, sha256: found.hex) }
          for index in manifests.indices where found.algorithm == .md5 && found.definition == manifests[index].1 {
            manifests[index].2.add(path: path, md5: found.hex)
          }
        }
      }
    } catch {
      return failure(error, of: task)
    }
    for folder in folders {
      if let time = StoreTree.modified(absolute: tree.absolute(TreePath(bytes: folder))) {
        modified = max(modified ?? time, time)
      }
    }
    if let unreadable { return Observation(file: task.file, state: .unreadable, message: unreadable) }
    return Observation(
      file: task.file, state: .present, size: size, modified: modified, changed: changed, sha256: digest.finish(),
      others: manifests.map { Digest(algorithm: .md5, hex: $0.2.finish(), definition: $0.0) })
  }

  private func advance(_ bytes: Int) {
    progress.add(bytes: bytes)
    pace?.pass(bytes)
  }

  private func failure(_ error: FileAccessError, of task: HashTask) -> Observation {
    Observation(
      file: task.file, state: error == .missing ? .missing : .unreadable,
      message: error == .missing ? nil : error.reason)
  }
}
