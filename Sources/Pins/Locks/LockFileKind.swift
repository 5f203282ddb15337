/// The files that freeze an environment, or say what one is made of, other than requirements files.
package enum LockFileKind: String, Sendable, CaseIterable {
  /// `uv.lock`, and `tool.py.lock` beside a script.
  case uv
  /// `poetry.lock`
  case poetry
  /// `Pipfile.lock`
  case pipfileLock = "pipfile-lock"
  /// `pylock.toml`, `pylock.gpu.toml` (PEP 751).
  case pylock
  /// `pdm.lock`
  case pdm
  /// `conda-lock.yml`, `gpu.conda-lock.yml`
  case condaLock = "conda-lock"
  /// A list of conda packages by URL, told by its line `@EXPLICIT`.
  case condaExplicit = "conda-explicit"
  /// `pixi.lock`
  case pixi
  /// `environment.yml`, and `conda.yaml` as MLflow writes it.
  case condaEnvironment = "conda-environment"
  /// `python_env.yaml`, as MLflow writes it.
  case pythonEnvironment = "python-env"
  /// `pyproject.toml`
  case pyproject
  /// `Pipfile`
  case pipfile
  /// `renv.lock`
  case renv
  /// `Project.toml`
  case juliaProject = "julia-project"
  /// `Manifest.toml`, `Manifest-v1.11.toml`
  case juliaManifest = "julia-manifest"
}

extension LockFile {
  /// The kind of the file at `path` by its name; `bytes` let lists named anything be told by their `@EXPLICIT`.
  package static func kind(of path: String, bytes: [UInt8]? = nil) -> LockFileKind? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    switch name.lowercased() {
    case "uv.lock": return .uv
    case "poetry.lock": return .poetry
    case "pipfile.lock": return .pipfileLock
    case "pylock.toml": return .pylock
    case "pdm.lock": return .pdm
    case "conda-lock.yml", "conda-lock.yaml": return .condaLock
    case "pixi.lock": return .pixi
    case "environment.yml", "environment.yaml", "conda.yml", "conda.yaml", "conda_env.yml", "conda_env.yaml":
      return .condaEnvironment
    case "python_env.yml", "python_env.yaml": return .pythonEnvironment
    case "pyproject.toml": return .pyproject
    case "pipfile": return .pipfile
    case "renv.lock": return .renv
    // Only Julia writes these with a capital; a `manifest.toml` is somebody else's.
    case "project.toml" where name.hasPrefix("P"), "juliaproject.toml": return .juliaProject
    case "manifest.toml" where name.hasPrefix("M"), "juliamanifest.toml": return .juliaManifest
    default: return kind(ofShape: name.lowercased(), written: name) ?? bytes.flatMap(kind(ofContent:))
    }
  }

  private static func kind(ofShape name: String, written: String) -> LockFileKind? {
    if name.hasSuffix(".py.lock") { return .uv }
    if name.hasSuffix(".conda-lock.yml") || name.hasSuffix(".conda-lock.yaml") { return .condaLock }
    if written.hasPrefix("Manifest-v"), name.hasSuffix(".toml") { return .juliaManifest }
    // PEP 751: one word without a dot between.
    if name.hasPrefix("pylock."), name.hasSuffix(".toml"), name.split(separator: ".").count == 3 { return .pylock }
    return nil
  }

  private static func kind(ofContent bytes: [UInt8]) -> LockFileKind? {
    CondaExplicitList.hasMark(bytes) ? .condaExplicit : nil
  }
}
