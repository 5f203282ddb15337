import Pins
import Testing

private func read(_ kind: LockFileKind, _ text: String, _ files: [String: String] = [:]) -> PinReading {
  LockFile.read(
    kind, path: "app/f.toml", bytes: Array(text.utf8),
    lookup: FileLookup { path in
      if files[path] == "!" { return .refused("outside of the store") }
      return files[path].map { .found(Array($0.utf8)) } ?? .missing
    })
}

private func rows(_ reading: PinReading) -> [String] {
  reading.requirements.map { "\($0.name ?? "-") \($0.pin.rawValue) \($0.text)" }
}

private let commit = "0123456789012345678901234567890123456789"

@Suite struct PyProjectTests {
  @Test func `reads every table that lists what runs, and none that only builds`() {
    let text = """
      [build-system]
      requires = ["hatchling>=1"]
      [project]
      name = "App"
      requires-python = ">=3.10"
      dependencies = ["a==1", "b>=1; python_version < '3.12'", "app[plot]"]
      [project.optional-dependencies]
      plot = ["c"]
      [dependency-groups]
      dev = ["d==2.*", { include-group = "test" }]
      test = ["e===1"]
      [tool.pdm.dev-dependencies]
      lint = ["f~=1.0"]
      [tool.uv]
      dev-dependencies = ["g"]
      """
    let reading = read(.pyproject, text)
    #expect(
      reading.requirements.map { "\($0.line) \($0.name ?? "-") \($0.pin.rawValue)" } == [
        "6 a exact", "6 b range", "8 c none", "10 d wildcard", "11 e exact", "13 f range", "15 g none",
      ])
    #expect(reading.pythonTable == ["5 >=3.10 open"])
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    ("a = { git = \"https://e.org/a\", rev = \"\(commit)\" }", "a vcs-commit a @ git+https://e.org/a@\(commit)"),
    (
      "a = { git = \"https://u:p@e.org/a\", branch = \"main\" }",
      "a vcs-floating a @ git+https://[redacted]@e.org/a@main"
    ),
    ("a = { path = \"../a\" }", "a local a @ ../a"),
    ("A = { workspace = true }", "a local a @ a member of the workspace"),
    ("a = { url = \"https://e.org/a.whl\" }", "a url a @ https://e.org/a.whl"),
    ("a = { url = \"https://e.org/a.whl#sha256=ab\" }", "a url-digest a @ https://e.org/a.whl#sha256=ab"),
    ("a = { index = \"torch\" }", "a range a>=1"),
    ("a = [{ path = \"a.whl\", marker = \"x\" }, { index = \"y\" }]", "a local a @ a.whl"),
  ])
  func `uv says where a dependency comes from`(source: String, expected: String) {
    let reading = read(.pyproject, "[project]\ndependencies = [\"a>=1\"]\n[tool.uv.sources]\n\(source)\n")
    #expect(rows(reading) == [expected])
  }

  @Test(arguments: [
    ("a = \"1.2.3\"", "a exact a 1.2.3"), ("a = \"==1.2.3\"", "a exact a ==1.2.3"),
    ("a = \"^1.2.3\"", "a range a ^1.2.3"),
    ("a = \"~1.2\"", "a range a ~1.2"), ("a = \"1.2.*\"", "a wildcard a 1.2.*"), ("a = \"*\"", "a none a *"),
    ("a = \">=1,<2\"", "a range a >=1,<2"), ("a = \"1.2 || 1.3\"", "a range a 1.2 || 1.3"), ("a = \"\"", "a none a "),
    ("a = { version = \"1.0.0\", optional = true }", "a exact a 1.0.0"),
    ("a = { path = \"../a\", develop = true }", "a local a @ ../a"),
    ("a = { git = \"https://e.org/a\", tag = \"v1\" }", "a vcs-floating a @ git+https://e.org/a@v1"),
    ("A_b = \"1.0\"", "a-b exact A_b 1.0"), ("a = { url = \"file:///a.whl\" }", "a local a @ file:///a.whl"),
  ])
  func `a bare version is exact to Poetry`(line: String, expected: String) {
    #expect(rows(read(.pyproject, "[tool.poetry.dependencies]\n\(line)\n")) == [expected])
    #expect(rows(read(.pyproject, "[tool.poetry.group.dev.dependencies]\n\(line)\n")) == [expected])
  }

  @Test func `Poetry may list several constraints of one name, and says more of what stands in project`() {
    let text = """
      [project]
      dependencies = ["b>=1"]
      [tool.poetry.dependencies]
      python = "3.11.4"
      a = [{ version = "1.0.0", python = "<3.12" }, { version = "^2.0", python = ">=3.12" }]
      b = { extras = ["all"] }
      """
    let reading = read(.pyproject, text)
    #expect(rows(reading) == ["b range b>=1", "a exact a 1.0.0", "a range a ^2.0"])
    #expect(reading.pythonTable == ["4 3.11.4 exact"])
    #expect(reading.problems.isEmpty)
  }

  @Test func `setuptools' dynamic files are judged where they lie`() {
    let text = """
      [tool.setuptools.dynamic]
      dependencies = { file = ["requirements.txt", 3] }
      optional-dependencies.dev = { file = "dev.txt" }
      """
    let reading = read(.pyproject, text)
    #expect(reading.references.map { "\($0.line) \($0.target)" } == ["2 requirements.txt", "3 dev.txt"])
    #expect(reading.problemTable == ["2 a file without text"])
  }

  @Test(arguments: [
    (
      "uv.lock", "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"r\" }\n",
      ["exact", "none", "invalid"]
    ),
    (
      "poetry.lock", "[[package]]\nname = \"B\"\nversion = \"1\"\nfiles = [{hash = \"sha256:ab\"}]\n",
      ["range", "hashed", "invalid"]
    ),
    (
      "pdm.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\nfiles = [{hash = \"sha256:ab\"}]\n",
      ["hashed", "none", "invalid"]
    ),
    ("pylock.toml", "[[packages]]\nname = \"a\"\nversion = \"1\"\nwheels = [{}]\n", ["exact", "none", "invalid"]),
    ("uv.lock", "[[package]]\nname = \"a\"\nsource = { directory = \"x\" }\n", ["range", "none", "invalid"]),
    ("uv.lock", "no TOML", ["range", "none", "invalid"]), ("Pipfile.lock", "{}", ["range", "none", "invalid"]),
  ])
  func `a lock file beside it gives the names that it locks their pins`(name: String, lock: String, pins: [String]) {
    let text = "[project]\ndependencies = [\"a>=1\", \"b\", \"c ==\"]\n"
    let reading = read(.pyproject, text, ["app/\(name)": lock])
    #expect(reading.requirements.map(\.pin.rawValue) == pins)
    #expect(reading.requirements.allSatisfy { $0.hashed == ($0.pin == .hashed) && $0.path == "app/f.toml" })
    #expect(reading.problems.map(\.path) == ["app/f.toml"])
  }

  @Test func `where markers make several of a name, the weakest counts`() {
    let lock = """
      version = 1
      [[package]]
      name = "a"
      version = "1"
      source = { registry = "r" }
      wheels = [{ hash = "sha256:ab" }]
      [[package]]
      name = "a"
      version = "2"
      source = { registry = "r" }
      [[package]]
      name = "b"
      source = { directory = "b" }
      [[package]]
      name = "b"
      version = "2"
      source = { registry = "r" }
      """
    let reading = read(.pyproject, "[project]\ndependencies = [\"a\", \"b\"]\n", ["app/uv.lock": lock])
    #expect(reading.requirements.map(\.pin) == [.exact, .none])
  }

  @Test(arguments: [
    ("[project]\ndependencies = 3\n", "2 `dependencies` is not a list"),
    ("[project]\ndependencies = [3]\n", "2 a requirement without text"),
    ("[project]\ndependencies = [{}]\n", "2 a requirement without text"),
    ("[project]\nrequires-python = []\n", "2 `requires-python` is not text"),
    ("dependency-groups = 1\n", "1 `dependency-groups` is not a table"),
    ("[dependency-groups]\na = 1\n", "2 the group `a` is not a list"),
    ("[tool.poetry.dependencies]\na = {}\n", "2 the dependency `a` has neither version nor place"),
    ("[tool.poetry]\ndependencies = 1\n", "2 `dependencies` is not a table"),
    ("[project\n", "1 expected `]` after a table's name, found the end of the line"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    let reading = read(.pyproject, text)
    #expect(reading.problemTable == [problem])
    #expect(!reading.requirements.contains { $0.pinned })
  }

  @Test func `credentials are shown nowhere`() {
    let text = """
      [project]
      dependencies = ["a @ https://user:secret@e.org/a.whl?sig=secret&x ; python_version > '3'", "b @ git+https://secret-token-of-a-user@e.org/b@v1"]
      """
    let reading = read(.pyproject, text)
    #expect(reading.requirements.map(\.pin) == [.url, .vcsFloating])
    #expect(reading.requirements.allSatisfy { !$0.text.contains("secret") })
  }

  @Test func `a lock file that may not be read is said`() {
    let reading = read(.pyproject, "[project]\ndependencies = [\"a\"]\n", ["app/uv.lock": "!"])
    #expect(reading.problems.map(\.message) == ["`uv.lock` beside it cannot be read: outside of the store"])
  }
}

@Suite struct PipfileTests {
  @Test(arguments: [
    ("a = \"*\"", "a none a"), ("a = \"==1.0\"", "a exact a==1.0"), ("a = \"~=1.0\"", "a range a~=1.0"),
    ("a = { version = \"==1.0\", extras = [\"x\"] }", "a exact a==1.0"),
    ("a = { git = \"https://e.org/a\", ref = \"\(commit)\" }", "a vcs-commit a @ git+https://e.org/a@\(commit)"),
    ("a = { path = \".\", editable = true }", "a local a @ ."),
    ("a = { file = \"https://e.org/a.whl\" }", "a url a @ https://e.org/a.whl"),
  ])
  func `judges an entry`(line: String, expected: String) {
    #expect(rows(read(.pipfile, "[packages]\n\(line)\n")) == [expected])
  }

  @Test func `reads Python, its own categories, and says what it cannot read`() {
    let text = "[requires]\npython_full_version = \"3.10.13\"\n[docs]\na = \"*\"\n[packages]\nb = {}\nc = 3\n"
    let reading = read(.pipfile, text)
    #expect(reading.pythonTable == ["2 3.10.13 exact"])
    #expect(
      reading.problems.contains { $0.message == "the dependency `b` has neither version nor place" && $0.line == 6 })
    #expect(!reading.requirements.contains { $0.pinned })
    #expect(read(.pipfile, "packages = 3\n").problemTable == ["1 `packages` is not a table"])
  }
}

@Suite struct OtherLockTests {
  @Test(arguments: [
    ("{\"R\": {\"Version\": \"4\"}}", "1 `Packages` is missing"),
    ("{\"Packages\": {}}", "1 the version of R is missing"),
    ("{\"R\": {\"Version\": \"4\"}, \"Packages\": 3}", "1 `Packages` is not a table"),
    ("{\"R\": {\"Version\": \"4\"}, \"Packages\": {\"x\": {}}}", "1 the package `x` has no name"),
    ("{\"R\": {\"Version\": \"4\"}, \"Packages\": {\"x\": {\"Package\": \"x\"}}}", "1 the package `x` has no version"),
    ("{\"R\": {\"Version\": \"4\"}, \"Packages\": {\"x\": 3}}", "1 the package `x` has no name"),
  ])
  func `says what it cannot read of an renv lock`(text: String, problem: String) {
    #expect(read(.renv, text).problemTable == [problem])
  }

  @Test(arguments: [
    ("\"Source\": \"GitHub\"", "vcs-floating"), ("\"Source\": \"GitHub\", \"RemoteSha\": \"\(commit)\"", "vcs-commit"),
    ("\"Source\": \"Bioconductor\", \"Hash\": \"ab\"", "hashed"), ("\"Source\": \"URL\"", "url"),
    ("\"Source\": \"URL\", \"Hash\": \"ab\"", "url-digest"), ("\"Source\": \"unknown\"", "local"),
    ("\"Repository\": \"CRAN\"", "exact"),
  ])
  func `judges where a package of R comes from`(fields: String, pin: String) {
    let text =
      "{\"R\": {\"Version\": \"4\"}, \"Packages\": {\"x\": {\"Package\": \"x\", \"Version\": \"1\", \(fields)}}}"
    #expect(read(.renv, text).requirements.last?.pin.rawValue == pin)
  }

  @Test(arguments: [
    (
      "manifest_format = \"3.0\"\n", "1 the lock file's version is 3.0, which is not known: what could be read was read"
    ),
    ("manifest_format = \"2.0\"\ndeps = 3\n", "2 `deps` is not a table"),
    ("manifest_format = \"2.0\"\ndeps.x = 3\n", "2 the package `x` is not a table"),
    (
      "julia_version = 3\nmanifest_format = \"2.0\"\n[[deps.x]]\ngit-tree-sha1 = \"\(commit)\"\n",
      "3 the package `x` has no version"
    ),
  ])
  func `says what it cannot read of a manifest`(text: String, problem: String) {
    let reading = read(.juliaManifest, text)
    #expect(reading.problemTable.last == problem)
  }

  @Test(arguments: [
    ("\"=1.2.3\"", "exact"), ("\"= 1.2\"", "range"), ("\"1.2.3\"", "range"), ("\"=1.2.3, =1.2.4\"", "range"),
    ("\"~1\"", "range"),
  ])
  func `a bound of Julia is a range unless it says otherwise`(bound: String, pin: String) {
    let reading = read(.juliaProject, "[deps]\nX = \"u\"\nDates = \"u\"\n[compat]\nX = \(bound)\n")
    #expect(reading.requirements.map(\.pin.rawValue) == [pin])
  }

  @Test func `a bound of another type is said`() {
    let reading = read(.juliaProject, "[deps]\nX = \"u\"\n[compat]\nX = 1\nY = []\n")
    #expect(reading.problemTable == ["4 the bound of `X` is not text", "5 the bound of `Y` is not text"])
  }
}
