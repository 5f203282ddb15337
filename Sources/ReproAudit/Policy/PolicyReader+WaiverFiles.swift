import Documents
import Hashing
import Rules
import Stores
import SystemPackage

extension PolicyReader {
  /// Read when it lies beside a policy, also when nothing names it: a waiver file never silently does nothing.
  static let waiverFileName = "waivers.yaml"
  /// More than ten thousand waivers with long reasons.
  private static let largestWaiverFile = 16 << 20

  /// Reads `name`, which the policy's `line` names, relative to the policy.
  mutating func readWaiverFile(named name: String, line: Int) throws(PolicyError) {
    guard !name.isEmpty else { throw mistake("`waivers` names a file, or holds waivers", line: line) }
    let place = name.hasPrefix("/") ? name : folder + name
    do {
      let bytes = try WholeFile.read(SystemPath(place), limit: Self.largestWaiverFile)
      readWaiverFile(bytes, place: place, name: name.hasPrefix("/") ? name : shownFolder + name)
    } catch {
      throw mistake("the waiver file `\(name)` cannot be read: \(error.reason)", line: line)
    }
  }

  /// Reads the file beside the policy when there is one.
  mutating func readWaiverFileBeside() {
    attempt { reader throws(PolicyError) in try reader.refuseMisnamedWaivers() }
    attempt { reader throws(PolicyError) in
      let place = reader.folder + Self.waiverFileName
      let bytes: [UInt8]
      do throws(FileAccessError) {
        bytes = try WholeFile.read(SystemPath(place), limit: Self.largestWaiverFile)
      } catch {
        if error == .missing { return }
        throw PolicyError(
          path: reader.shownFolder + Self.waiverFileName, line: nil,
          message: "the waiver file cannot be read: \(error.reason)")
      }
      reader.readWaiverFile(bytes, place: place, name: reader.shownFolder + Self.waiverFileName)
    }
  }

  /// The other usual ending would be passed over, and with it what people meant to accept.
  private func refuseMisnamedWaivers() throws(PolicyError) {
    let other = "waivers.yml"
    guard StoreTree.kind(absolute: SystemPath(folder + other)) != .missing,
      !policy.waiverFiles.contains(where: { $0.place == FilePath(folder + other).lexicallyNormalized().string })
    else { return }
    throw PolicyError(
      path: shownFolder + other, line: nil,
      message: "the waiver file beside a policy is called \(Self.waiverFileName); rename it, or name it under `waivers`"
    )
  }

  private mutating func readWaiverFile(_ bytes: [UInt8], place: String, name: String) {
    // The file beside the policy may be named as well.
    let place = FilePath(place).lexicallyNormalized().string
    guard !policy.waiverFiles.contains(where: { $0.place == place }) else { return }
    policy.waiverFiles.append(
      Policy.WaiverFile(place: place, name: name, digest: "sha256:\(BytesDigest.sha256(bytes))"))
    var reader = PolicyReader(catalogue: catalogue, path: name, place: place, onto: Policy(name: ""))
    reader.readWaivers(of: bytes)
    policy.waivers += reader.policy.waivers
    for mistake in reader.mistakes { attempt { _ throws(PolicyError) in throw mistake } }
  }

  /// Reads the bytes of a file of waivers.
  mutating func readWaivers(of bytes: [UInt8]) {
    attempt { reader throws(PolicyError) in try reader.readWaiverDocument(bytes) }
  }

  private mutating func readWaiverDocument(_ bytes: [UInt8]) throws(PolicyError) {
    let root: DocumentNode
    do throws(DocumentError) {
      root = try YAMLDocument.read(bytes)
    } catch {
      throw mistake(error.message, line: error.line)
    }
    let entries = try map(root, "a waiver file")
    guard !entries.isEmpty else {
      throw mistake("the file holds no `waivers` and no `attestations`; remove it, or fill it", line: root.line)
    }
    for entry in entries {
      attempt { reader throws(PolicyError) in
        switch entry.key {
        case "waivers":
          // Files that name files would make a waiver hard to find.
          if let file = entry.node.elements?.first(where: { $0.text != nil }) {
            throw reader.mistake("a waiver is a map of keys and values", line: file.line)
          }
          try reader.readWaivers(entry)
        case "attestations": try reader.readAttestations(entry)
        default:
          throw reader.unknown("key of a waiver file", entry.key, among: Self.waiverKeys, line: entry.line)
        }
      }
    }
  }
}
