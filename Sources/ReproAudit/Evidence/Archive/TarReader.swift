import Hashing
import SystemPackage

/// Finds the members of a tar archive; nothing of it is unpacked by its name.
final class TarReader {
  /// A member and where its bytes stand.
  struct Member: Sendable, Hashable {
    let name: String
    let offset: Int
    let size: Int
  }

  /// Why reading ended; `offset` is the byte of the archive.
  struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    let offset: Int
    let reason: String

    var description: String { "byte \(offset): \(reason)" }
  }

  static let mostMembers = 4096

  private let file: OpenFile
  let size: Int
  private(set) var members: [Member] = []
  /// Whether another program wrote it: owner, mode and times are others than this one writes.
  private(set) var isPackedAnew = false
  /// Programs fill archives up to a multiple of so many bytes.
  private static let record = 10_240

  /// Opens the archive at `path`.
  init(path: String) throws(FileAccessError) {
    let file = try OpenFile(SystemPath(path))
    size = Int(try file.state().size)
    self.file = file
  }

  /// Finds all members. On a fault, those before it are known.
  func readMembers() throws(Fault) {
    var offset = 0
    while true {
      let start = offset
      let first = try bytes(at: offset, count: TarHeader.block)
      offset += TarHeader.block
      if first.allSatisfy({ $0 == 0 }) { return try checkEnd(at: start) }
      let header: TarHeader
      do {
        let read = try TarHeader.read(first) { count in
          let more = try bytes(at: offset, count: count)
          offset += count
          return more
        }
        isPackedAnew = isPackedAnew || read?.isOurs != true
        guard let read else { continue }
        header = read.header
      } catch let refusal as TarHeader.Refusal {
        throw Fault(offset: start, reason: refusal.reason)
      } catch {
        throw error as? Fault ?? Fault(offset: start, reason: "\(error)")
      }
      guard members.count < Self.mostMembers else {
        throw Fault(offset: start, reason: "more than \(Self.mostMembers) members")
      }
      guard header.size <= size - offset else {
        throw Fault(offset: start, reason: "the archive ends inside of `\(header.name)`: it was cut short")
      }
      let padding = TarHeader.padding(after: header.size).count
      members.append(Member(name: header.name, offset: offset, size: header.size))
      offset += header.size
      guard try bytes(at: offset, count: padding).allSatisfy({ $0 == 0 }) else {
        throw Fault(offset: offset, reason: "something stands behind the end of `\(header.name)`")
      }
      offset += padding
    }
  }

  private func checkEnd(at offset: Int) throws(Fault) {
    guard try bytes(at: offset, count: TarHeader.end.count) == TarHeader.end else {
      throw Fault(offset: offset, reason: "the archive does not end as it should")
    }
    let rest = size - offset - TarHeader.end.count
    guard rest > 0 else { return }
    let end = offset + TarHeader.end.count
    guard rest < Self.record, size % Self.record == 0, try bytes(at: end, count: rest).allSatisfy({ $0 == 0 }) else {
      throw Fault(offset: end, reason: "something was added behind the end of the archive")
    }
    isPackedAnew = true
  }

  /// Exactly `count` bytes.
  private func bytes(at offset: Int, count: Int) throws(Fault) -> [UInt8] {
    let bytes = try part(at: offset, count: count)
    guard bytes.count == count else { throw Fault(offset: size, reason: "the archive ends early: it was cut short") }
    return bytes
  }

  /// At most `count` bytes.
  private func part(at offset: Int, count: Int) throws(Fault) -> [UInt8] {
    do {
      return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          let read = try file.descriptor.read(fromAbsoluteOffset: Int64(offset + filled), into: rest)
          if read == 0 { break }
          filled += read
        }
      }
    } catch {
      throw Fault(offset: offset, reason: (error as? Errno)?.description.lowercased() ?? "\(error)")
    }
  }

  /// Gives the bytes of a member, or of the whole archive, to `body`, a part after the other.
  func forEachPart(of member: Member? = nil, _ body: ([UInt8]) throws -> Void) throws {
    let (start, count) = member.map { ($0.offset, $0.size) } ?? (0, size)
    var done = 0
    while done < count {
      let part = try bytes(at: start + done, count: min(1 << 20, count - done))
      try body(part)
      done += part.count
    }
  }

  /// SHA-256 of a member, or of the whole archive, as hexadecimal digits.
  func digest(of member: Member? = nil) throws -> String {
    var digest = RunningDigest()
    try forEachPart(of: member) { digest.update($0) }
    return digest.hexadecimal
  }

  /// A member whole; throws when it is larger than `limit` bytes.
  func bytes(of member: Member, limit: Int) throws(Fault) -> [UInt8] {
    guard member.size <= limit else {
      throw Fault(offset: member.offset, reason: "`\(member.name)` is larger than \(limit >> 20) MiB")
    }
    return try bytes(at: member.offset, count: member.size)
  }
}
