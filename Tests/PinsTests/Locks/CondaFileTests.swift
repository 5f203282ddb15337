import Pins
import Testing

private func read(_ kind: LockFileKind, _ text: String, _ files: [String: String] = [:]) -> PinReading {
  LockFile.read(
    kind, path: "envs/f.yml", bytes: Array(text.utf8),
    lookup: FileLookup { path in files[path].map { .found(Array($0.utf8)) } ?? .missing })
}

@Suite struct CondaEnvironmentTests {
  @Test(arguments: [
    ("numpy", ["2 numpy none numpy"]), ("NumPy=1.26.4", ["2 numpy wildcard NumPy=1.26.4"]),
    ("numpy==1.26.4", ["2 numpy exact numpy==1.26.4"]), ("numpy 1.26.4", ["2 numpy exact numpy 1.26.4"]),
    ("numpy=1.26.4=py310_0", ["2 numpy exact numpy=1.26.4=py310_0"]),
    ("numpy=1.26.*", ["2 numpy wildcard numpy=1.26.*"]),
    ("'numpy>=1,<2'", ["2 numpy range numpy>=1,<2"]), ("conda-forge::numpy", ["2 numpy none conda-forge::numpy"]),
    ("\"numpy[version='1.26.4']\"", ["2 numpy exact numpy[version='1.26.4']"]),
    ("'x[md5=0123456789abcdef0123456789abcdef]'", ["2 x hashed x[md5=0123456789abcdef0123456789abcdef]"]),
    ("/opt/x.conda", ["2 - local /opt/x.conda"]), ("https://e.org/x.conda", ["2 - url https://e.org/x.conda"]),
    (
      "https://e.org/x.conda#0123456789abcdef0123456789abcdef",
      ["2 - url-digest https://e.org/x.conda#0123456789abcdef0123456789abcdef"]
    ),
  ])
  func `judges a dependency`(spec: String, expected: [String]) {
    let reading = read(.condaEnvironment, "dependencies:\n- \(spec)\n")
    #expect(reading.table == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    ("python=3.10.13", "3.10.13"), ("python==3.10.13", "3.10.13"), ("python=3.10", nil), ("python", nil),
    ("'python>=3.9'", nil), ("python 3.10.13=h_cpython", "3.10.13"), ("conda-forge::python=3.11.4", "3.11.4"),
    ("python=3.10.13=h1_0_cpython", "3.10.13"), ("python=3.10.*", nil),
  ])
  func `python is a pin of Python`(spec: String, version: String?) {
    let reading = read(.condaEnvironment, "dependencies:\n- \(spec)\n")
    #expect(reading.pythons.map(\.version) == [version])
    #expect(reading.pythons.map(\.text) == [spec.filter { $0 != "'" }])
    // Conda installs it: what several releases satisfy is no mere statement of what would do.
    #expect(reading.pythons.allSatisfy { !$0.isRange })
    #expect(reading.requirements.isEmpty)
  }

  @Test func `what pip gets is read as pip reads it`() {
    let text = """
      dependencies:
      - pip:
        - numpy
        - -c limits.txt
        - toy==1
        - --requirement=base.txt
        - -e ./own
        - not a requirement!
      """
    let reading = read(.condaEnvironment, text, ["envs/limits.txt": "numpy==1.26.4\n"])
    #expect(
      reading.requirements.map { "\($0.line) \($0.name ?? "-") \($0.pin.rawValue)" }.prefix(3) == [
        "3 numpy exact", "5 toy exact", "7 - local",
      ])
    #expect(reading.references.map { "\($0.line) \($0.target)" } == ["6 base.txt"])
    #expect(reading.problems.map(\.line) == [8])
    #expect(reading.problems.map(\.path) == ["envs/f.yml"])
  }

  @Test(arguments: [
    ("dependencies: numpy\n", "1 `dependencies` is not a list"), ("- a\n", "1 the file holds no table of keys"),
    ("dependencies:\n- [a]\n", "2 a dependency without text"), ("dependencies:\n-\n", "2 a dependency without text"),
    ("dependencies:\n- npm: [x]\n", "2 conda installs no `npm` packages"),
    ("dependencies:\n- pip: x\n", "2 `pip` is not a list"),
    ("dependencies:\n- pip:\n  - [x]\n", "3 a requirement without text"), ("", "1 the file is empty"),
    ("dependencies:\n- 'numpy 4.2<6'\n", "2 not a match spec: `numpy 4.2<6`: `4.2<6` is not a version"),
    (
      "dependencies:\n- 'numpy[color=red]'\n",
      "2 not a match spec: `numpy[color=red]`: `color` is nothing that conda knows in brackets"
    ),
    ("dependencies:\n- {{ x }}\n", "2 a key that is not plain text"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    let reading = read(.condaEnvironment, text)
    #expect(reading.problemTable == [problem])
    #expect(!reading.requirements.contains { $0.pinned })
  }

  @Test func `a pip section without anything is nothing`() {
    #expect(read(.condaEnvironment, "dependencies:\n- pip:\n").problems.isEmpty)
  }
}

@Suite struct CondaLockTests {
  @Test(arguments: [
    ("version: 2\npackage: []\n", "1 the lock file's version is 2, which is not known: what could be read was read"),
    ("version: 1\npackage:\n- version: 1\n", "3 a package without a name"),
    ("version: 1\npackage:\n- name: x\n", "3 the package `x` has no version"),
    ("version: 1\npackage:\n- {name: x, version: 1}\n", "3 `` is no package manager that is known"),
    ("version: 1\npackage:\n- {name: x, version: 1, manager: npm}\n", "3 `npm` is no package manager that is known"),
    ("version: 1\npackage: 3\n", "2 `package` is not a list"),
    ("version: 1\npackage: [3]\n", "2 a package without a name"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    let reading = read(.condaLock, text)
    #expect(reading.problemTable == [problem])
    #expect(reading.requirements.isEmpty)
  }

  @Test func `a digest of another type leaves the version`() {
    let reading = read(.condaLock, "version: 1\npackage:\n- {name: x, version: '1', manager: conda, hash: 3}\n")
    #expect(reading.table == ["3 x exact x==1"])
    #expect(reading.problemTable == ["3 `hash` is not a table"])
  }

  @Test(arguments: [
    ("git+https://e.org/x.git@main", "vcs-floating"), ("git+https://e.org/x.git", "vcs-floating"),
    ("git+https://e.org/x.git@0123456789012345678901234567890123456789#egg=x", "vcs-commit"),
    ("https://e.org/x.whl", "exact"),
  ])
  func `judges where pip's packages come from`(url: String, pin: String) {
    let reading = read(.condaLock, "version: 1\npackage:\n- {name: x, version: '1', manager: pip, url: '\(url)'}\n")
    #expect(reading.requirements.map(\.pin.rawValue) == [pin])
  }
}

@Suite struct PixiLockTests {
  @Test(arguments: [
    ("- conda: https://c.org/linux-64/x-1.0-h0_0.conda\n  md5: ab\n", ["3 x hashed x==1.0=h0_0"]),
    ("- conda: https://c.org/linux-64/x-1.0-h0_0.conda\n", ["3 x exact x==1.0=h0_0"]),
    ("- conda: ./own\n", ["3 - local ./own"]),
    ("- {kind: conda, name: x, version: 1.0, build: h0, sha256: ab}\n", ["3 x hashed x==1.0=h0"]),
    ("- pypi: https://e.org/x-1.0.whl\n  name: X\n  version: 1.0\n", ["3 x exact X==1.0"]),
    ("- pypi: https://e.org/x.zip\n  name: X\n  sha256: ab\n", ["3 x url-digest X @ https://e.org/x.zip"]),
    ("- pypi: x-1.0.whl\n  name: X\n  version: 1.0\n", ["3 x local X @ x-1.0.whl"]),
    ("- pypi: git+https://e.org/x@main\n  name: X\n", ["3 x vcs-floating X @ git+https://e.org/x@main"]),
    ("- pypi: git+https://e.org/x\n  name: X\n", ["3 x vcs-floating X @ git+https://e.org/x"]),
    ("- {kind: pypi, name: x, version: 1.0, path: ./x}\n", ["3 x local x @ ./x"]),
  ])
  func `judges a package`(text: String, expected: [String]) {
    let reading = read(.pixi, "version: 6\npackages:\n\(text)")
    #expect(reading.table == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test func `reads the first versions, which have conda-lock's shape`() {
    let text = "version: 3\npackage:\n- {name: x, version: '1', manager: conda, hash: {md5: ab}}\n"
    #expect(read(.pixi, text).table == ["3 x hashed x==1"])
  }

  @Test(arguments: [
    ("- {x: 1}\n", "3 a package that is neither conda's nor PyPI's"),
    ("- conda: https://c.org/x.conda\n", "3 a package without a name"),
    ("- {kind: conda, name: x}\n", "3 the package `x` has no version"),
    ("- pypi: https://e.org/x.whl\n", "3 a package without a name"),
    ("- pypi: https://e.org/x.whl\n  name: x\n  version: ''\n", "3 the package `x` has no version"),
  ])
  func `says what it cannot read`(text: String, problem: String) {
    let reading = read(.pixi, "version: 6\npackages:\n\(text)")
    #expect(reading.problemTable == [problem])
    #expect(reading.requirements.isEmpty)
  }
}

@Suite struct CondaExplicitListTests {
  @Test(arguments: [
    (
      "https://c.org/linux-64/x-1.0-h0_0.conda#" + String(repeating: "a", count: 32),
      ["1 x hashed https://c.org/linux-64/x-1.0-h0_0.conda"]
    ),
    (
      "https://c.org/linux-64/x-1.0-h0_0.conda#" + String(repeating: "a", count: 64),
      ["1 x hashed https://c.org/linux-64/x-1.0-h0_0.conda"]
    ),
    ("https://c.org/noarch/x-1.0-h0_0.tar.bz2", ["1 x exact https://c.org/noarch/x-1.0-h0_0.tar.bz2"]),
    ("https://c.org/x-1.0-h0_0.tar.bz2", ["1 - url https://c.org/x-1.0-h0_0.tar.bz2"]),
    ("file:///opt/linux-64/x-1.0-h0_0.conda", ["1 x local file:///opt/linux-64/x-1.0-h0_0.conda"]),
    ("@EXPLICIT", []), ("# x", []), ("", []),
  ])
  func `judges a line`(text: String, expected: [String]) {
    let reading = read(.condaExplicit, text + "\r\n")
    #expect(reading.table == expected)
    #expect(reading.problems.isEmpty)
  }

  @Test func `a name that is no package's is said`() {
    #expect(
      read(.condaExplicit, "https://c.org/linux-64/x.conda\n").problemTable == [
        "1 a package's file is named `name-version-build`: `https://c.org/linux-64/x.conda`"
      ])
  }
}
