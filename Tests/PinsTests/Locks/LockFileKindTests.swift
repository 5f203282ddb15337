import Pins
import Testing

@Suite struct LockFileKindTests {
  @Test(arguments: [
    ("uv.lock", LockFileKind?.some(.uv)), ("a/b/uv.lock", .uv), ("tools/train.py.lock", .uv), ("poetry.lock", .poetry),
    ("Pipfile.lock", .pipfileLock), ("Pipfile", .pipfile), ("pylock.toml", .pylock), ("pylock.gpu.toml", .pylock),
    ("pylock.gpu.x.toml", nil), ("pdm.lock", .pdm), ("conda-lock.yml", .condaLock), ("gpu.conda-lock.yml", .condaLock),
    ("pixi.lock", .pixi), ("environment.yml", .condaEnvironment), ("environment.yaml", .condaEnvironment),
    ("model/conda.yaml", .condaEnvironment), ("python_env.yaml", .pythonEnvironment), ("pyproject.toml", .pyproject),
    ("renv.lock", .renv), ("Project.toml", .juliaProject), ("project.toml", nil), ("Manifest.toml", .juliaManifest),
    ("Manifest-v1.11.toml", .juliaManifest), ("manifest.toml", nil), ("JuliaManifest.toml", .juliaManifest),
    ("requirements.txt", nil), ("Cargo.lock", nil), ("", nil), ("/", nil),
  ])
  func `knows a file by its name`(path: String, kind: LockFileKind?) {
    #expect(LockFile.kind(of: path) == kind)
  }

  @Test(arguments: [
    ("# comment\n# platform: linux-64\n@EXPLICIT\nhttps://e.org/x\n", true), ("\u{FEFF}@EXPLICIT\r\n", true),
    ("  @EXPLICIT  \n", true), ("numpy==1.26.4\n@EXPLICIT\n", false), ("# @EXPLICIT\n", false), ("", false),
    ("@explicit\n", false),
  ])
  func `knows an explicit list by its content`(text: String, isList: Bool) {
    #expect(LockFile.kind(of: "env-linux-64.txt", bytes: Array(text.utf8)) == (isList ? .condaExplicit : nil))
  }

  @Test(arguments: LockFileKind.allCases)
  func `an empty file and one of another format are problems or nothing, and no pins`(kind: LockFileKind) {
    for text in ["", "\u{0}\u{FF}", "]]][[[", "[1, 2]", "null", "{"] {
      let reading = LockFile.read(kind, path: "f", bytes: Array(text.utf8))
      #expect(!reading.requirements.contains { $0.pinned })
      if !text.isEmpty { #expect(!reading.problems.isEmpty, "\(kind) \(text)") }
      #expect(reading.problems.allSatisfy { $0.path == "f" && $0.line != nil })
    }
  }
}
