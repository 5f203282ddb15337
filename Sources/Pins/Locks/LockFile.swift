/// Reads lock files, environment files and project files: one kind of reading for all of them.
///
/// A row stands for each package, once however many platforms repeat it. The project itself is no row.
package enum LockFile {
  /// Reads `bytes`, which lie at `path`; `lookup` gets the files beside it that it needs, by their path.
  package static func read(_ kind: LockFileKind, path: String, bytes: [UInt8], lookup: FileLookup = .none) -> PinReading
  {
    switch kind {
    case .uv: UVLock.read(path: path, bytes: bytes)
    case .poetry: PoetryLock.read(path: path, bytes: bytes)
    case .pipfileLock: PipfileLock.read(path: path, bytes: bytes)
    case .pylock: Pylock.read(path: path, bytes: bytes)
    case .pdm: PDMLock.read(path: path, bytes: bytes)
    case .condaLock: CondaLock.read(path: path, bytes: bytes)
    case .condaExplicit: CondaExplicitList.read(path: path, bytes: bytes)
    case .pixi: PixiLock.read(path: path, bytes: bytes)
    case .condaEnvironment: CondaEnvironment.read(path: path, bytes: bytes, lookup: lookup)
    case .pythonEnvironment: PythonEnvironment.read(path: path, bytes: bytes, lookup: lookup)
    case .pyproject: PyProject.read(path: path, bytes: bytes, lookup: lookup)
    case .pipfile: Pipfile.read(path: path, bytes: bytes, lookup: lookup)
    case .renv: RenvLock.read(path: path, bytes: bytes)
    case .juliaProject: JuliaProject.read(path: path, bytes: bytes, lookup: lookup)
    case .juliaManifest: JuliaManifest.read(path: path, bytes: bytes)
    }
  }
}
