import Pins
import Testing

private func read(_ kind: LockFileKind, _ text: String) -> PinReading {
  LockFile.read(kind, path: "f", bytes: Array(text.utf8))
}

/// A row without its line: `name pin text`.
private func rows(_ reading: PinReading) -> [String] {
  reading.requirements.map { "\($0.name ?? "-") \($0.pin.rawValue) \($0.text)" }
}

private let commit = "0123456789012345678901234567890123456789"

@Suite struct UVLockTests {
  @Test(arguments: [
    ("source = { registry = \"https://e.org/simple\" }\nwheels = [{ hash = \"sha256:ab\" }]", ["x hashed X==1"]),
    ("source = { registry = \"../wheels\" }\nsdist = { path = \"x.tar.gz\", hash = \"sha256:ab\" }", ["x hashed X==1"]),
    ("source = { registry = \"r\" }\nwheels = [{ hash = \"sha256:ab\" }, { url = \"u\" }]", ["x exact X==1"]),
    ("source = { registry = \"r\" }", ["x exact X==1"]),
    ("source = { registry = \"r\" }\nwheels = [{ hash = \"sha256:xyz\" }]", ["x exact X==1"]),
    (
      "source = { git = \"https://e.org/x?rev=main#\(commit)\" }",
      ["x vcs-commit X @ git+https://e.org/x?rev=main@\(commit)"]
    ),
    ("source = { git = \"https://e.org/x?rev=main\" }", ["x vcs-floating X @ git+https://e.org/x?rev=main"]),
    (
      "source = { git = \"https://u:p@e.org/x#0a1b2c3\" }",
      ["x vcs-floating X @ git+https://[redacted]@e.org/x@0a1b2c3"]
    ),
    (
      "source = { url = \"https://e.org/x.whl\" }\nwheels = [{ hash = \"sha256:ab\" }]",
      ["x url-digest X @ https://e.org/x.whl"]
    ),
    ("source = { url = \"https://e.org/x.whl?token=s\" }", ["x url X @ https://e.org/x.whl?token=[redacted]"]),
    ("source = { path = \"x.whl\" }\nwheels = [{ hash = \"sha256:ab\" }]", ["x url-digest X @ x.whl"]),
    ("source = { path = \"x.whl\" }", ["x local X @ x.whl"]),
    ("source = { directory = \"../x\" }", ["x local X @ ../x"]),
    ("source = { editable = \"../x\" }", ["x local X @ ../x"]), ("source = { editable = \".\" }", []),
    ("source = { virtual = \".\" }", []), ("source = \"registry+https://e.org/simple\"", ["x exact X==1"]),
    ("source = \"git+https://e.org/x#\(commit)\"", ["x vcs-commit X @ git+https://e.org/x@\(commit)"]),
  ])
  func `judges where a package comes from`(lines: String, expected: [String]) {
    let reading = read(.uv, "version = 1\n[[package]]\nname = \"X\"\nversion = \"1\"\n\(lines)\n")
    #expect(rows(reading) == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test func `members of the workspace are no rows, and repeats are one`() {
    let reading = read(
      .uv,
      """
      version = 1
      requires-python = "==3.12.4"
      [manifest]
      members = ["app", "lib"]
      [[package]]
      name = "lib"
      version = "0.1"
      source = { editable = "packages/lib" }
      [[package]]
      name = "x"
      version = "1"
      source = { registry = "r" }
      [[package]]
      name = "x"
      version = "1"
      source = { registry = "r" }
      [[package]]
      name = "x"
      version = "2"
      source = { registry = "r" }
      """)
    #expect(rows(reading) == ["x exact x==1", "x exact x==2"])
    #expect(reading.pythonTable == ["2 ==3.12.4 exact"])
  }

  @Test(arguments: [
    ("version = 2\n", "1 the lock file's version is 2, which is not known: what could be read was read"),
    ("", "1 the lock file's version (`version`) is missing; it is read as version 1"),
    ("version = 1\npackage = 3\n", "2 `package` is not a list"),
    ("version = 1\npackage = [3]\n", "2 a package without a name"),
    ("version = 1\n[[package]]\nversion = \"1\"\n", "2 a package without a name"),
    ("version = 1\n[[package]]\nname = \"x\"\n", "2 the source of the package `x` is not known"),
    (
      "version = 1\n[[package]]\nname = \"x\"\nsource = { moon = \"m\" }\n",
      "2 the source of the package `x` is not known"
    ),
    ("version = 1\n[[package]]\nname = \"x\"\nsource = \"registry\"\n", "2 the source of the package `x` is not known"),
    ("version = 1\n[[package]]\nname = \"x\"\nsource = { registry = \"r\" }\n", "2 the package `x` has no version"),
    ("version = 1\n[[package]]\nname = \"\"\n", "2 a package without a name"),
    ("a = 1\na = 2\n", "2 the key \"a\" has a value already"),
    ("version = 1\nrequires-python = [1]\n", "2 `requires-python` is not text"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    let reading = read(.uv, text)
    #expect(reading.problemTable == [problem])
    #expect(reading.requirements.isEmpty)
  }

  @Test func `wheels of another type leave the package, without its digests`() {
    let reading = read(
      .uv, "version = 1\n[[package]]\nname='x'\nversion='1'\nsource = { registry = 'r' }\nwheels = 3\n")
    #expect(rows(reading) == ["x exact x==1"])
    #expect(reading.problemTable == ["6 `wheels` is not a list"])
  }
}

@Suite struct PoetryLockTests {
  private static func lock(_ lines: String) -> String {
    "[[package]]\nname = \"X\"\nversion = \"1\"\n\(lines)\n[metadata]\nlock-version = \"2.1\"\n"
  }

  @Test(arguments: [
    ("files = [{file = \"x.whl\", hash = \"sha256:ab\"}]", ["x hashed X==1"]), ("files = []", ["x exact X==1"]),
    ("files = [{file = \"x.whl\"}]", ["x exact X==1"]),
    ("[package.source]\ntype = \"legacy\"\nurl = \"https://e.org/simple\"", ["x exact X==1"]),
    (
      "[package.source]\ntype = \"git\"\nurl = \"https://e.org/x\"\nreference = \"main\"\nresolved_reference = \"\(commit)\"",
      ["x vcs-commit X @ git+https://e.org/x@\(commit)"]
    ),
    (
      "[package.source]\ntype = \"git\"\nurl = \"https://e.org/x\"\nreference = \"main\"",
      ["x vcs-floating X @ git+https://e.org/x@main"]
    ),
    ("[package.source]\ntype = \"directory\"\nurl = \"../x\"", ["x local X @ ../x"]),
    ("[package.source]\ntype = \"url\"\nurl = \"https://e.org/x.whl\"", ["x url X @ https://e.org/x.whl"]),
    (
      "files = [{file = \"x.whl\", hash = \"sha256:ab\"}]\n[package.source]\ntype = \"url\"\nurl = \"https://e.org/x.whl\"",
      ["x url-digest X @ https://e.org/x.whl"]
    ),
  ])
  func `judges where a package comes from`(lines: String, expected: [String]) {
    let reading = read(.poetry, Self.lock(lines))
    #expect(rows(reading) == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test func `a digest that is none is none`() {
    let text =
      "[[package]]\nname='X'\nversion='1'\n[metadata]\nlock-version='1.1'\n[metadata.files]\nX = 3\n[metadata.hashes]\nX = [3]\n"
    #expect(rows(read(.poetry, text)) == ["x exact X==1"])
  }

  @Test(arguments: [
    ("zope..interface", "zope-interface"), ("A__b-.C", "a-b-c"), ("x-", "x-"), ("é", "é"), ("a--b", "a-b"),
    ("x9", "x9"),
  ])
  func `names are compared as Python's index does`(name: String, expected: String) {
    let text = "[[package]]\nname='\(name)'\nversion='1'\n[metadata]\nlock-version='1.1'\n"
    #expect(read(.poetry, text).requirements.map(\.name) == [expected])
  }

  @Test func `reads the digests of Poetry 1.0 and before`() {
    let text = "[[package]]\nname='X'\nversion='1'\n[metadata]\nlock-version='1.0'\n[metadata.hashes]\nX = ['ab']\n"
    #expect(rows(read(.poetry, text)) == ["x hashed X==1"])
  }

  @Test(arguments: [
    (
      lock("").replacing("2.1", with: "3.0"),
      "6 the lock file's version is 3.0, which is not known: what could be read was read"
    ),
    (lock("").replacing("version = \"1\"", with: ""), "1 the package `X` has no version"),
    (lock("[package.source]\ntype = \"moon\""), "1 the source of the package `X` is not known"),
    (lock("files = 3"), "4 `files` is not a list"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    #expect(read(.poetry, text).problemTable == [problem])
  }
}

@Suite struct PipfileLockTests {
  @Test(arguments: [
    ("{\"version\": \"==1\", \"hashes\": [\"sha256:ab\"]}", ["x hashed X==1"]),
    ("{\"version\": \"==1\"}", ["x exact X==1"]),
    ("{\"version\": \"===1\", \"hashes\": []}", ["x exact X==1"]),
    ("{\"git\": \"https://e.org/x\", \"ref\": \"\(commit)\"}", ["x vcs-commit X @ git+https://e.org/x@\(commit)"]),
    ("{\"git\": \"https://e.org/x\", \"ref\": \"main\"}", ["x vcs-floating X @ git+https://e.org/x@main"]),
    ("{\"git\": \"https://e.org/x\"}", ["x vcs-floating X @ git+https://e.org/x"]),
    ("{\"editable\": true, \"path\": \".\"}", []), ("{\"editable\": true, \"path\": \"../x\"}", ["x local X @ ../x"]),
    ("{\"file\": \"https://e.org/x.whl\", \"hashes\": [\"sha256:ab\"]}", ["x url-digest X @ https://e.org/x.whl"]),
    ("{\"file\": \"https://e.org/x.whl\"}", ["x url X @ https://e.org/x.whl"]),
    ("{\"hg\": \"https://e.org/x\"}", ["x vcs-floating X @ git+https://e.org/x"]),
    ("{\"version\": \"==1\", \"hashes\": [3]}", ["x exact X==1"]),
    ("{\"path\": \"x.whl\", \"hashes\": [\"sha256:ab\"]}", ["x url-digest X @ x.whl"]),
  ])
  func `judges an entry`(entry: String, expected: [String]) {
    let reading = read(.pipfileLock, "{\"_meta\": {\"pipfile-spec\": 6}, \"gpu\": {\"X\": \(entry)}}")
    #expect(rows(reading) == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test func `prefers the full Python version, and lists a package of two categories once`() {
    let text = """
      {"_meta": {"pipfile-spec": 6, "requires": {"python_version": "3.10", "python_full_version": "3.10.13"}},
       "default": {"x": {"version": "==1"}},
       "develop": {"x": {"version": "==1"}}}
      """
    let reading = read(.pipfileLock, text)
    #expect(reading.table == ["2 x exact x==1"])
    #expect(reading.pythonTable == ["1 3.10.13 exact"])
  }

  @Test(arguments: [
    ("{\"x\": {\"version\": \"1\"}}", "1 the package `x` has no `==` version"),
    ("{\"x\": {}}", "1 the package `x` has no `==` version"),
    ("{\"x\": \"==1\"}", "1 the package `x` is not a table"), ("3", "1 `default` is not a table"),
    ("{\"x\": {\"version\": \"==\"}}", "1 the package `x` has no version"),
  ])
  func `says what it cannot read`(category: String, problem: String) {
    let reading = read(.pipfileLock, "{\"_meta\": {\"pipfile-spec\": 6}, \"default\": \(category)}")
    #expect(reading.problemTable == [problem])
    #expect(reading.requirements.isEmpty)
  }
}

@Suite struct PylockTests {
  @Test(arguments: [
    ("version = \"1\"\nwheels = [{ hashes = { sha256 = \"ab\" } }]", ["x hashed X==1"]),
    ("version = \"1\"\nwheels = [{ hashes = {} }]", ["x exact X==1"]),
    ("version = \"1\"\nsdist = { hashes = { sha256 = \"zz\" } }", ["x exact X==1"]),
    (
      "vcs = { type = \"git\", url = \"https://e.org/x\", commit-id = \"\(commit)\" }",
      ["x vcs-commit X @ git+https://e.org/x@\(commit)"]
    ),
    ("vcs = { type = \"git\", url = \"https://e.org/x\" }", ["x vcs-floating X @ git+https://e.org/x"]),
    ("directory = { path = \"../x\", editable = true }", ["x local X @ ../x"]), ("directory = { path = \".\" }", []),
    (
      "archive = { url = \"https://e.org/x.zip\", hashes = { sha256 = \"ab\" } }",
      ["x url-digest X @ https://e.org/x.zip"]
    ),
    ("archive = { path = \"x.zip\" }", ["x local X @ x.zip"]),
  ])
  func `judges where a package comes from`(lines: String, expected: [String]) {
    let reading = read(.pylock, "lock-version = \"1.0\"\n[[packages]]\nname = \"X\"\n\(lines)\n")
    #expect(rows(reading) == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    (
      "lock-version = \"1.1\"\npackages = []",
      "1 the lock file's version is 1.1, which is not known: what could be read was read"
    ),
    ("lock-version = \"1.0\"\n[[packages]]\nname = \"x\"\nversion = \"1\"", "2 the package `x` has nothing to install"),
    ("lock-version = \"1.0\"\n[[packages]]\nname = \"x\"\nwheels = [{}]", "2 the package `x` has no version"),
    ("lock-version = \"1.0\"\n[[packages]]\nwheels = [{}]", "2 a package without a name"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    #expect(read(.pylock, text).problemTable == [problem])
    #expect(read(.pylock, text).requirements.isEmpty)
  }
}

@Suite struct PDMLockTests {
  @Test(arguments: [
    ("version = \"1\"\nfiles = [{url = \"u\", hash = \"sha256:ab\"}]", ["x hashed X==1"]),
    ("version = \"1\"", ["x exact X==1"]),
    (
      "version = \"1\"\ngit = \"https://e.org/x\"\nref = \"main\"\nrevision = \"\(commit)\"",
      ["x vcs-commit X @ git+https://e.org/x@\(commit)"]
    ),
    ("version = \"1\"\ngit = \"https://e.org/x\"", ["x vcs-floating X @ git+https://e.org/x"]),
    ("version = \"1\"\npath = \"./x\"\neditable = true", ["x local X @ ./x"]), ("path = \".\"", []),
    (
      "version = \"1\"\npath = \"./x.whl\"\nfiles = [{file = \"x.whl\", hash = \"sha256:ab\"}]",
      ["x url-digest X @ ./x.whl"]
    ),
    (
      "version = \"1\"\nurl = \"https://e.org/x.whl\"\nfiles = [{file = \"x.whl\", hash = \"sha256:ab\"}]",
      ["x url-digest X @ https://e.org/x.whl"]
    ),
  ])
  func `judges where a package comes from`(lines: String, expected: [String]) {
    let reading = read(.pdm, "[metadata]\nlock_version = \"4.5.0\"\n[[package]]\nname = \"X\"\n\(lines)\n")
    #expect(rows(reading) == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test func `reads the digests of PDM 1, and one row for a package with and without extras`() {
    let text = """
      [[package]]
      name = "x"
      version = "1"
      [[package]]
      name = "x"
      version = "1"
      extras = ["all"]
      [metadata]
      lock_version = "3.1"
      [metadata.files]
      "x 1" = [{file = "x.whl", hash = "sha256:ab"}]
      """
    #expect(read(.pdm, text).table == ["1 x hashed x==1"])
  }

  @Test func `says what it cannot read`() {
    let text = "[metadata]\nlock_version = \"9\"\ntargets = [{requires_python = 3}]\n[[package]]\nname = \"x\"\n"
    #expect(
      read(.pdm, text).problemTable == [
        "2 the lock file's version is 9, which is not known: what could be read was read",
        "3 `requires_python` is not text", "4 the package `x` has no version",
      ])
  }
}
