import Hashing
import Pins
import Records
import Synchronization

/// Reads the files that say what environments are made of, once, however many runs name them.
package final class EnvironmentReader: Sendable {
  /// One such file, with what it refers to.
  package struct FilePins: Sendable {
    package let facts: PinFacts
    /// SHA-256 of everything in `facts`.
    package let fingerprint: String
    package let state: EnvironmentFact.RequirementsState
  }

  /// What a run is to the file: its list of requirements, or something that stands beside its record.
  package enum Purpose: Sendable, Hashable { case requirements, beside }

  private struct Key: Hashable {
    let path: String
    let purpose: Purpose
  }

  /// More distinct files than this are parsed again when they are named again, so that memory stays flat.
  private static let cacheLimit = 256
  /// Files that name files that name files …
  private static let deepestReference = 4

  private let tree: StoreTree
  private let files = Mutex<[Key: FilePins]>([:])
  private let judged = Mutex<[String: JudgedText]>([:])
  private let pinFileNames = Mutex<[[UInt8]: Bool]>([:])
  private let environments = Mutex<[String: (fact: EnvironmentFact, problems: [Problem])]>([:])

  package init(tree: StoreTree) { self.tree = tree }

  /// What a file of the store says; as requirements, a file of unknown kind is a requirements file.
  package func pins(in file: FileReference, for purpose: Purpose) -> FilePins {
    let key = Key(path: file.path, purpose: purpose)
    if let known = files.withLock({ $0[key] }) { return known }
    let read = parse(file, purpose)
    files.withLock { if $0.count < Self.cacheLimit { $0[key] = read } }
    return read
  }

  /// A text of a record, judged as an image and as a Python version.
  private struct JudgedText {
    let image: ImageFact
    let pythonOfImage: PythonFact?
    let python: PythonFact
  }

  /// The image that a run used, and the Python it brings.
  package func runImage(_ text: String) -> (image: ImageFact, python: PythonFact?) {
    let judged = judge(text)
    return (judged.image, judged.pythonOfImage)
  }

  /// The Python that a run's record names.
  package func runPython(_ text: String) -> PythonFact { judge(text).python }

  private func judge(_ text: String) -> JudgedText {
    if let known = judged.withLock({ $0[text] }) { return known }
    let result = JudgedText(
      image: ImageFact(ofRun: text),
      pythonOfImage: PythonVersionText.pin(ofImage: text, path: "", line: 1).map {
        PythonFact($0, source: .image, path: nil, line: nil)
      },
      python: PythonFact(PythonVersionText.pin(text, path: "", line: 1), source: .record, path: nil, line: nil))
    judged.withLock { if $0.count < Self.cacheLimit { $0[text] = result } }
    return result
  }

  /// Whether a file of this name is read beside a record. A range in `pyproject.toml` is no version that runs.
  package func isPinFile(_ name: [UInt8]) -> Bool {
    if let known = pinFileNames.withLock({ $0[name] }) { return known }
    let result: Bool =
      switch PinFile.kind(of: String(decoding: name, as: UTF8.self)) {
      case .requirements, nil: false
      case .lock(let kind): kind != .pyproject && kind != .pipfile && kind != .juliaProject
      case .pythonVersion, .container: true
      }
    pinFileNames.withLock { if $0.count < Self.cacheLimit { $0[name] = result } }
    return result
  }

  /// The environment that `parts` tell apart from every other, made by `make` from its fingerprint when it is new.
  package func environment(
    of parts: String, make: (_ fingerprint: String) -> (EnvironmentFact, [Problem])
  ) -> (EnvironmentFact, [Problem]) {
    if let known = environments.withLock({ $0[parts] }) { return (known.fact, known.problems) }
    let (fact, problems) = make(BytesDigest.sha256(parts))
    environments.withLock { if $0.count < Self.cacheLimit { $0[parts] = (fact, problems) } }
    return (fact, problems)
  }

  /// Requirement lines that a record holds itself.
  package static func inline(_ lines: [(text: String, line: Int)], path: String) -> [RequirementFact] {
    lines.flatMap { entry in
      let reading = RequirementsFile.read(path: path, bytes: Array(entry.text.utf8), lookup: .none)
      return reading.requirements.map { RequirementFact($0, path: path, line: entry.line) }
    }
  }

  private func parse(_ file: FileReference, _ purpose: Purpose) -> FilePins {
    guard file.location == .local else {
      return FilePins(facts: PinFacts(), fingerprint: file.path, state: .missing)
    }
    do {
      let facts = facts(path: file.path, bytes: try tree.read(file), purpose, depth: 0)
      return FilePins(facts: facts, fingerprint: BytesDigest.sha256(facts.content), state: .read)
    } catch {
      var facts = PinFacts()
      if error != .missing {
        facts.problems = [Problem(kind: .unreadable, path: file.path, message: error.reason)]
      }
      return FilePins(
        facts: facts, fingerprint: "\(file.path) \(error.reason)", state: error == .missing ? .missing : .unreadable)
    }
  }

  /// The facts of a file, and for requirements those of the files it leaves its requirements to.
  private func facts(path: String, bytes: [UInt8], _ purpose: Purpose, depth: Int) -> PinFacts {
    let kind = PinFile.kind(of: path, bytes: bytes) ?? .requirements
    let reading = PinFile.read(kind, path: path, bytes: bytes, lookup: lookup)
    var facts = PinFacts(reading, pythonSource: kind.namesImages ? .image : .file)
    guard purpose == .requirements else {
      // Requirements come from the file that the record names, or from the first of the usual ones.
      facts.requirements = []
      return facts
    }
    for reference in reading.references {
      let target = PinFile.path(of: reference)
      func fail(_ message: String) {
        facts.problems.append(
          Problem(kind: .malformedRecord, path: reference.path, line: reference.line, message: message))
      }
      guard depth < Self.deepestReference else {
        fail("`\(reference.target)` is named by too many files in a row")
        continue
      }
      switch lookup.read(target) {
      case .found(let bytes): facts.append(self.facts(path: target, bytes: bytes, purpose, depth: depth + 1))
      case .missing: fail("`\(reference.target)` is not there")
      case .unreadable(let reason), .refused(let reason): fail("`\(reference.target)` cannot be read: \(reason)")
      }
    }
    return facts
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
}

extension PinFile.Kind {
  /// Whether its Python versions are those of images.
  fileprivate var namesImages: Bool {
    switch self {
    case .container: true
    case .requirements, .lock, .pythonVersion: false
    }
  }
}
