import Hashing
import Pins
import Records

/// Judges the files that say what an environment is made of, on their own: no store, no records, no database.
public struct PinCheck: Sendable {
  /// What could not be understood, or not be read.
  public struct Problem: Sendable, Hashable {
    public let message: String
    public let path: String
    public let line: Int?
    /// Whether the file itself could not be read, so that nothing is known of it.
    public let leavesGap: Bool
  }

  /// By path and line.
  public private(set) var pins: [PinVerdict] = []
  public private(set) var problems: [Problem] = []
  /// How many files were read, those that others include not counted.
  public private(set) var files = 0

  private var read: Set<String> = []

  /// Reads `paths`, and the files that they leave their requirements to.
  public init(paths: [String]) {
    for path in paths { add(path) }
    pins = Self.sorted(pins) { ($0.path, $0.line) }
    problems = Self.sorted(problems) { ($0.path, $0.line ?? 0) }
  }

  /// `1` when something floats or cannot be parsed, `2` when something cannot be read or told from the files.
  public var exitCode: ExitCode {
    if problems.contains(where: \.leavesGap) || pins.contains(where: { $0.level == .undecided }) { return .incomplete }
    return problems.isEmpty && !pins.contains { $0.level == .floats } ? .compliant : .findings
  }

  private mutating func add(_ path: String) {
    guard read.insert(path).inserted else { return }
    let bytes: [UInt8]
    do throws(FileAccessError) {
      bytes = try WholeFile.read(SystemPath(path))
    } catch {
      problems.append(Problem(message: error.reason, path: path, line: nil, leavesGap: true))
      return
    }
    guard let kind = PinFile.kind(of: path, bytes: bytes) ?? Self.assumedKind(path) else {
      problems.append(
        Problem(
          message: "no pins are read from files of this name; docs/pins.md lists those that are", path: path, line: nil,
          leavesGap: true))
      return
    }
    files += 1
    let reading = PinFile.read(kind, path: path, bytes: bytes, lookup: Self.disk)
    pins += reading.requirements.map(PinVerdict.init) + reading.images.map(PinVerdict.init)
    pins += reading.pythons.map { PinVerdict($0, isOfImage: kind.buildsImage) }
    pins += reading.installs.map(PinVerdict.init)
    problems += reading.problems.map {
      Problem(message: $0.message, path: $0.path, line: $0.line, leavesGap: false)
    }
    for reference in reading.references { follow(reference, isBuilt: kind.buildsImage) }
  }

  private mutating func follow(_ reference: PinReference, isBuilt: Bool) {
    let target = PinFile.path(of: reference)
    if case .missing = Self.disk.read(target) {
      // A build's files lie in its context, which only its command line names.
      let reason = isBuilt ? "is judged where it lies; it is not beside this file" : "is not there"
      problems.append(
        Problem(
          message: "`\(reference.target)` \(reason)", path: reference.path, line: reference.line, leavesGap: isBuilt))
    } else {
      add(target)
    }
  }

  /// A list of requirements may have any name that ends so, when somebody gives it to be judged.
  private static func assumedKind(_ path: String) -> PinFile.Kind? {
    [".txt", ".in"].contains(where: path.lowercased().hasSuffix) ? .requirements : nil
  }

  private static let disk = FileLookup { path in
    do throws(FileAccessError) {
      return .found(try WholeFile.read(SystemPath(path)))
    } catch .missing {
      return .missing
    } catch {
      return .unreadable(error.reason)
    }
  }

  /// Equal places keep their order.
  private static func sorted<Element>(_ elements: [Element], by place: (Element) -> (String, Int)) -> [Element] {
    elements.enumerated().sorted { left, right in
      let (first, second) = (place(left.element), place(right.element))
      return (first.0, first.1, left.offset) < (second.0, second.1, right.offset)
    }.map(\.element)
  }
}

extension PinFile.Kind {
  /// Whether the file is instructions for a build elsewhere.
  fileprivate var buildsImage: Bool {
    switch self {
    case .container: true
    case .requirements, .lock, .pythonVersion: false
    }
  }
}
