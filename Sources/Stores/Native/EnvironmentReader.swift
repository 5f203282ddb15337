import Hashing
import Pins
import Records
import Synchronization

/// Reads requirements files and Dockerfiles once, however many runs name them.
package final class EnvironmentReader: Sendable {
  /// A requirements file as facts.
  package struct Requirements: Sendable {
    package let facts: [RequirementFact]
    /// SHA-256 of everything in `facts`.
    package let fingerprint: String
    package let state: EnvironmentFact.RequirementsState
    package let problems: [Problem]
  }

  /// More distinct files than this are parsed again when they are named again, so that memory stays flat.
  private static let cacheLimit = 256

  private let tree: StoreTree
  private let requirements = Mutex<[String: Requirements]>([:])
  private let images = Mutex<[String: [ImageFact]]>([:])
  private let runImages = Mutex<[String: ImageFact]>([:])
  private let fingerprints = Mutex<[String: String]>([:])

  package init(tree: StoreTree) { self.tree = tree }

  /// The requirements in a file of the store.
  package func requirements(in file: FileReference) -> Requirements {
    if let known = requirements.withLock({ $0[file.path] }) { return known }
    let read = parse(file)
    requirements.withLock { if $0.count < Self.cacheLimit { $0[file.path] = read } }
    return read
  }

  /// The images that a Dockerfile of the store builds on.
  package func baseImages(in file: FileReference) -> [ImageFact] {
    if let known = images.withLock({ $0[file.path] }) { return known }
    var facts: [ImageFact] = []
    if let place = tree.absolute(file), let bytes = try? WholeFile.read(place) {
      for image in Dockerfile.read(path: file.path, bytes: bytes).images where image.source == .from {
        facts.append(Self.fact(image.text, role: .base, path: file.path, line: image.line))
      }
    }
    let result = facts
    images.withLock { if $0.count < Self.cacheLimit { $0[file.path] = result } }
    return result
  }

  /// The image that a run used. It has no place: runs with the same image share the environment.
  package func runImage(_ text: String) -> ImageFact {
    if let known = runImages.withLock({ $0[text] }) { return known }
    let fact = Self.fact(text, role: .run, path: nil, line: nil)
    runImages.withLock { if $0.count < Self.cacheLimit { $0[text] = fact } }
    return fact
  }

  /// SHA-256 of what an environment consists of.
  package func fingerprint(of text: String) -> String {
    if let known = fingerprints.withLock({ $0[text] }) { return known }
    let digest = BytesDigest.sha256(text)
    fingerprints.withLock { if $0.count < Self.cacheLimit { $0[text] = digest } }
    return digest
  }

  /// An image reference as a fact.
  package static func fact(_ text: String, role: ImageFact.Role, path: String?, line: Int?) -> ImageFact {
    let reference = try? ImageReference(parsing: text)
    return ImageFact(
      role: role, text: Redaction.redact(text), registry: reference?.registry, repository: reference?.repository,
      tag: reference?.tag, digest: reference?.digest, pin: ImageReference.pin(of: text).rawValue, path: path, line: line
    )
  }

  /// Requirement lines that a record holds itself.
  package static func inline(_ lines: [(text: String, line: Int)], path: String) -> [RequirementFact] {
    lines.flatMap { entry in
      let reading = RequirementsFile.read(path: path, bytes: Array(entry.text.utf8), lookup: .none)
      return reading.requirements.map { fact($0, path: path, line: entry.line) }
    }
  }

  private func parse(_ file: FileReference) -> Requirements {
    guard file.location == .local, let place = tree.absolute(file) else {
      return Requirements(facts: [], fingerprint: file.path, state: .missing, problems: [])
    }
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(place)
    } catch {
      let state: EnvironmentFact.RequirementsState = error == .missing ? .missing : .unreadable
      let problems =
        error == .missing ? [] : [Problem(kind: .unreadable, path: file.path, message: error.reason)]
      return Requirements(facts: [], fingerprint: "\(file.path) \(error.reason)", state: state, problems: problems)
    }
    let reading = RequirementsFile.read(path: file.path, bytes: bytes, lookup: lookup)
    let facts = reading.requirements.map { Self.fact($0, path: $0.path, line: $0.line) }
    let problems = reading.problems.map {
      Problem(kind: .malformedRecord, path: $0.path, line: $0.line, message: $0.message)
    }
    let content = facts.map { "\($0.path ?? "")\t\($0.line ?? 0)\t\($0.pin)\t\($0.text)" }.joined(separator: "\n")
    return Requirements(
      facts: facts, fingerprint: BytesDigest.sha256(content), state: .read, problems: problems)
  }

  private var lookup: FileLookup {
    let tree = tree
    return FileLookup { path in
      guard let place = TreePath(path).normalised else { return .refused("it lies outside the store") }
      do throws(FileAccessError) {
        return .found(try tree.read(place))
      } catch .missing {
        return .missing
      } catch {
        return .unreadable(error.reason)
      }
    }
  }

  private static func fact(_ requirement: Requirement, path: String?, line: Int?) -> RequirementFact {
    RequirementFact(
      name: requirement.name, text: Redaction.redact(requirement.text), pin: requirement.pin.rawValue,
      pinned: requirement.pinned, hashed: requirement.hashed, path: path, line: line)
  }
}
