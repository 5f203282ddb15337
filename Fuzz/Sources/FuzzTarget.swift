import Documents
import Pins

/// The parsers that are fuzzed, by the name that `FUZZ_TARGET` gives: `requirements`, `lock/uv`, `container/compose` ….
enum FuzzTarget {
  /// Every name, sorted.
  static let names: [String] = {
    var names = ["requirements", "python-version"]
    names += documents.keys
    names += texts.keys
    names += LockFileKind.allCases.map { "lock/\($0.rawValue)" }
    names += ContainerFileKind.allCases.map { "container/\($0.rawValue)" }
    return names.sorted()
  }()

  typealias Parser = @Sendable ([UInt8]) -> Void

  /// The parser of a name; nil for an unknown one.
  static func named(_ name: String) -> Parser? {
    if let read = documents[name] { return { _ = try? read($0) } }
    if let read = texts[name] { return { read(String(decoding: $0, as: UTF8.self)) } }
    let parts = name.split(separator: "/").map(String.init)
    switch (parts.first, parts.last) {
    case ("requirements", _): return reader(of: "requirements.txt", .requirements)
    case ("python-version", _): return reader(of: ".tool-versions", .pythonVersion)
    case ("lock", let kind?):
      return LockFileKind(rawValue: kind).flatMap { reader(of: "folder/lock", .lock($0)) }
    case ("container", let kind?):
      return ContainerFileKind(rawValue: kind).flatMap { reader(of: "folder/file", .container($0)) }
    default: return nil
    }
  }

  private static let documents: [String: @Sendable ([UInt8]) throws -> Void] = [
    "json": { _ = try JSONDocument.read($0) },
    "toml": { _ = try TOMLDocument.read($0) },
    "yaml": { _ = try YAMLDocument.readAll($0) },
  ]

  private static let texts: [String: @Sendable (String) -> Void] = [
    "image": { text in
      if let reference = try? ImageReference(parsing: text) { precondition(!reference.repository.isEmpty) }
      _ = ImageReference.pin(of: text)
      _ = PythonVersionText.pin(ofImage: text, path: "f", line: 1)
    },
    "python-specifier": { text in
      guard let specifier = PythonVersionSpecifier(text), let version = PythonPackageVersion("1.2.3") else { return }
      _ = specifier.contains(version)
    },
    "python-package-version": { text in
      if let version = PythonPackageVersion(text) { precondition(!(version < version)) }
      _ = VersionName(text)
    },
    "conda-matchspec": { _ = try? CondaMatchSpec(parsing: $0) },
  ]

  /// What any reader of a file must keep to, whatever it reads.
  private static func reader(of path: String, _ kind: PinFile.Kind) -> Parser {
    { bytes in
      // Every file that it includes is the same again, so that cycles and depth are met.
      let lookup = FileLookup { $0.utf8.count < 256 ? .found(bytes) : .missing }
      let reading = PinFile.read(kind, path: path, bytes: bytes, lookup: lookup)
      for row in reading.requirements {
        precondition(row.line >= 1)
        precondition(!row.pinned || row.pin != .invalid)
      }
      precondition(reading.images.allSatisfy { $0.line >= 1 && ($0.pin == .unresolved) == ($0.reason != nil) })
      precondition(reading.pythons.allSatisfy { $0.line >= 1 })
      precondition(reading.installs.allSatisfy { $0.line >= 1 })
      precondition(reading.problems.allSatisfy { !$0.message.isEmpty })
    }
  }
}
