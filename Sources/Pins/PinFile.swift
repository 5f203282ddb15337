/// Reads any file that says what an environment is made of, by what kind of file it is.
package enum PinFile {
  /// The kinds, each with a reader of its own.
  package enum Kind: Sendable, Hashable {
    case requirements
    case lock(LockFileKind)
    case pythonVersion
    case container(ContainerFileKind)
  }

  /// The kind of the file at `path`, by its name and, where they are given, its `bytes`; nil for any other file.
  package static func kind(of path: String, bytes: [UInt8]? = nil) -> Kind? {
    if let kind = LockFile.kind(of: path, bytes: bytes) { return .lock(kind) }
    if PythonVersionFile.reads(path: path) { return .pythonVersion }
    if let kind = ContainerFile.kind(of: path, content: bytes) { return .container(kind) }
    return isRequirements(path) ? .requirements : nil
  }

  /// Reads `bytes`, which lie at `path`; `lookup` gets the files that it includes, by their path.
  package static func read(_ kind: Kind, path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    switch kind {
    case .requirements: RequirementsFile.read(path: path, bytes: bytes, lookup: lookup)
    case .lock(let kind): LockFile.read(kind, path: path, bytes: bytes, lookup: lookup)
    case .pythonVersion: PythonVersionFile.read(path: path, bytes: bytes)
    case .container(let kind): ContainerFile.read(kind, path: path, bytes: bytes, lookup: lookup)
    }
  }

  /// The path of a file that a reading names.
  package static func path(of reference: PinReference) -> String {
    IncludePath.resolve(reference.target, from: reference.path)
  }

  /// `requirements.txt`, `requirements-dev.in`, `dev-requirements.txt`, `requirements/base.txt`, `constraints.txt`, `requirements.lock`.
  private static func isRequirements(_ path: String) -> Bool {
    let parts = path.lowercased().split(separator: "/")
    guard let name = parts.last, [".txt", ".in", ".lock"].contains(where: name.hasSuffix) else { return false }
    return ["requirements", "constraints"].contains { word in name.firstRange(of: word) != nil }
      || parts.dropLast().last == "requirements"
  }
}
