import Hashing

/// A pack that was opened: its members, and whether they are what the manifest says.
struct EvidenceContents {
  /// Why a file is no pack.
  enum Failure: Error, Sendable, CustomStringConvertible {
    case unreadable(String)
    case noPack(String)

    var description: String {
      switch self {
      case .unreadable(let reason): reason
      case .noPack(let reason): "no evidence pack: \(reason)"
      }
    }
  }

  private let reader: TarReader
  private let byName: [String: TarReader.Member]
  private(set) var differences: [String] = []
  /// Whether every member could be found, each once, so that what they hold can be looked at.
  let isWhole: Bool
  /// Member → SHA-256 of its bytes, as they are.
  private(set) var digests: [String: String] = [:]

  /// Opens the pack at `path`; what is wrong with one that is a pack is a difference.
  init(path: String) throws(Failure) {
    let reader: TarReader
    do {
      reader = try TarReader(path: path)
    } catch {
      throw .unreadable("it cannot be read: \(error.reason)")
    }
    var faults: [String] = []
    do {
      try reader.readMembers()
    } catch {
      faults.append("archive: \(error)")
    }
    guard let first = reader.members.first(where: { $0.name == EvidenceManifest.name }) else {
      throw .noPack(faults.first ?? "it has no member `\(EvidenceManifest.name)`")
    }
    var isWhole = faults.isEmpty
    if first != reader.members.first { faults.append("archive: \(EvidenceManifest.name) is not its first member") }
    var byName: [String: TarReader.Member] = [:]
    for member in reader.members {
      if byName.updateValue(member, forKey: member.name) != nil {
        faults.append("archive: `\(member.name)` is there twice")
        isWhole = false
      }
    }
    self.byName = byName
    do {
      let bytes = try reader.bytes(of: first, limit: EvidenceManifest.largest)
      guard let schema = EvidenceManifest.schema(of: bytes) else {
        throw Failure.noPack("its \(EvidenceManifest.name) does not begin with `# \(EvidenceManifest.schema)`")
      }
      guard schema == EvidenceManifest.schema else {
        throw Failure.noPack("it is of another repro-audit (`\(schema)`); this one knows \(EvidenceManifest.schema)")
      }
      faults += try Self.check(bytes, reader, &digests)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .unreadable("\(error)")
    }
    self.reader = reader
    self.isWhole = isWhole
    differences = faults
  }

  private static func check(
    _ manifest: [UInt8], _ reader: TarReader, _ digests: inout [String: String]
  ) throws -> [String] {
    guard let manifest = EvidenceManifest(manifest) else {
      return ["\(EvidenceManifest.name): it is not as repro-audit writes one: one line a member, sorted"]
    }
    var faults: [String] = []
    let stated = Dictionary(manifest.entries.map { ($0.name, $0.digest) }) { first, _ in first }
    let members = reader.members.filter { $0.name != EvidenceManifest.name }
    if members.map(\.name) != members.map(\.name).sorted() { faults.append("archive: its members are not in order") }
    for member in members {
      let digest = try reader.digest(of: member)
      digests[member.name] = digest
      guard let expected = stated[member.name] else {
        faults.append("\(member.name): \(EvidenceManifest.name) does not list it")
        continue
      }
      if digest != expected {
        faults.append(
          "\(member.name): its digest is sha256:\(digest), and \(EvidenceManifest.name) says sha256:\(expected)")
      }
    }
    let names = Set(members.map(\.name))
    faults += manifest.entries.filter { !names.contains($0.name) }.map { "\($0.name): it is missing" }
    return faults
  }

  /// Without the manifest, in their order.
  var names: [String] { reader.members.map(\.name).filter { $0 != EvidenceManifest.name } }

  /// Whether another program than this one put the members together.
  var isPackedAnew: Bool { reader.isPackedAnew }

  /// `sha256:…` of the whole archive.
  func digest() throws -> String { "sha256:" + (try reader.digest()) }

  /// A member whole; nil when there is none. Throws `TarReader.Fault` when it is larger than `limit` bytes.
  func bytes(_ name: String, limit: Int) throws -> [UInt8]? {
    try byName[name].map { try reader.bytes(of: $0, limit: limit) }
  }

  /// Gives a member to `body`, a part after the other.
  func forEachPart(of name: String, _ body: ([UInt8]) throws -> Void) throws {
    guard let member = byName[name] else { return }
    try reader.forEachPart(of: member, body)
  }
}
