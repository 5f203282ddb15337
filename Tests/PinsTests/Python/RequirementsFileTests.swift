import Pins
import Testing

private func pins(_ text: String, _ files: [String: String] = [:]) -> PinReading {
  RequirementsFile.read(
    path: "requirements.txt", bytes: Array(text.utf8),
    lookup: FileLookup { path in files[path].map { .found(Array($0.utf8)) } ?? .missing })
}

private let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
private let commit = "0123456789012345678901234567890123456789"

@Suite struct RequirementsFileTests {
  @Test(arguments: [
    ("numpy==1.26.4", RequirementPin.exact, String?("numpy")), ("Foo.Bar_baz === 1.0", .exact, "foo-bar-baz"),
    ("numpy==1.26.*", .wildcard, "numpy"), ("numpy~=1.26", .range, "numpy"), ("numpy>=1,<2", .range, "numpy"),
    ("numpy>=1,==1.5", .exact, "numpy"), ("numpy", .none, "numpy"), ("requests[socks]==2.31", .exact, "requests"),
    ("x==1 ; python_version >= '3.9'", .exact, "x"), ("torch==2.1.0+cu118  # why", .exact, "torch"),
    ("x (==1.0)", .exact, "x"), ("x (>=1)", .range, "x"), ("x==1!2.0", .exact, "x"), ("x>1,==1.*", .wildcard, "x"),
    ("x==1 --hash=sha256:\(digest)", .hashed, "x"), ("x>=1 --hash=sha256:\(digest)", .range, "x"),
    ("x @ https://e.org/x.whl#sha256=\(digest)", .urlDigest, "x"), ("x @ https://e.org/x.whl", .url, "x"),
    ("https://e.org/x-1.0-py3-none-any.whl --hash=sha256:\(digest)", .urlDigest, "x"),
    ("https://e.org/x.zip#egg=x&sha512=\(digest)\(digest)", .urlDigest, "x"), ("x @ file:///a/x", .local, "x"),
    ("x @ file:///a/x-1.0-py3-none-any.whl#sha256=\(digest)", .urlDigest, "x"), ("./x", .local, nil),
    ("./x-1.0.zip --hash=sha256:\(digest)", .urlDigest, nil), ("./x --hash=sha256:\(digest)", .local, nil),
    ("wheels/x-1.0-py3-none-any.whl", .local, "x"), ("x-1.0.tar.gz", .local, nil), ("-e ./x[a,b]", .local, nil),
    ("-e git+https://e.org/x@\(commit)#egg=Toy", .vcsCommit, "toy"), ("C:\\x\\y", .local, nil),
    ("x @ git+https://e.org/x@\(commit)", .vcsCommit, "x"),
    ("x @ git+https://e.org/x@\(commit.prefix(12))", .vcsFloating, "x"),
    ("git+https://e.org/x@\(commit)012345678901234567890123", .vcsCommit, nil),
    ("git+ssh://git@e.org/x.git", .vcsFloating, nil), ("git+https://e.org/x@main#egg=x", .vcsFloating, "x"),
    ("-e 'x @ git+https://e.org/x@\(commit) ; os_name==\"nt\"'", .vcsCommit, "x"), ("-e file:///a/b", .local, nil),
    ("hg+https://e.org/x@\(commit)#egg=x", .vcsCommit, "x"), ("https://${USER}:${KEY}@e.org/x.zip", .url, nil),
  ])
  func `judges one line`(text: String, pin: RequirementPin, name: String?) {
    let reading = pins(text + "\n")
    #expect(reading.requirements.map(\.pin) == [pin])
    #expect(reading.requirements.map(\.name) == [name])
  }

  @Test(arguments: [
    ("torch==2.0.0 torchvision==0.15.1", "needs a line of its own"), ("==1.0", "no package name"),
    ("x[a==1", "extras"), ("x[a b]", "not closed"), ("x[,]", "no name"), ("x=1", "write `==`"),
    ("x==", "not a version"),
    ("x>=1.*", "not a version"), ("x (>=1", "not closed"), ("x @", "names no URL"), ("x==1;", ""),
    ("x==1;a", "variable"),
    ("x; os_name", "comparison"), ("x; os_name == 'a", "quote"), ("x; (os_name == 'a'", "parenthesis"),
    ("x; os_name == 'a' b", "after its end"), ("x; os_name not 'a'", "comparison"),
    ("x==${V}", "`${V}` gets its value"),
    ("${X}==1", "`${X}` gets its value"), ("git+https://e.org/x@", "empty revision"),
    ("git://e.org/x", "not a version"),
    ("https://e.org/x.whl", "no name of a wheel"), ("https://e.org/x.zip#egg=-", "no package name"),
    ("https://e.org/x.zip#egg=x[a", "close its extras"), ("-e https://e.org/x.zip", "neither a folder"),
    ("-e x==1", "neither a folder"), ("-e x://y", "neither a folder"), ("-e git@e.org:o/x.git", "neither a folder"),
    ("-e ''", "names nothing"), ("-e git+https://e.org/x", "needs a name"), ("x --bogus", "no option"),
    ("x --hash=md5:aa", "not `md5`"), ("x --hash=aa", "sha256:"), ("x --hash", "no value"), ("x --hash='a", "quote"),
    ("x --hash=a\\ # c", "backslash"), ("x -z", "no option"), ("x --pre=1", "takes no value"), ("x --no=1", "can be"),
    ("x==1\t--pre", "not a version"), ("é==1", "no package name"), ("<<<<<<< HEAD", "no package name"),
    ("x[-]", "no name"), ("xé", "no package name"), ("bad.whl", "no name of a wheel"), (".x==1", "no package name"),
  ])
  func `says why a line is invalid`(text: String, reason: String) {
    let reading = pins(text)
    if reason.isEmpty { return #expect(reading.problems.isEmpty) }
    #expect(reading.requirements.map(\.pin) == [.invalid])
    #expect(reading.problems.map(\.line) == [1])
    #expect(reading.problems.first?.message.contains(reason) == true, "\(reading.problems.map(\.message))")
  }

  @Test(arguments: [
    ("x==1 --hash=sha256:aa", RequirementPin.hashed, "64 hex digits"),
    ("x==1 --hash=sha256:zz", .exact, "64 hex digits"),
    ("x @ https://e.org/x.zip#md5=zz", .url, "32 hex digits"), ("x==1 --pre y==2", .exact, "passes over `y==2`"),
    ("x==1 -- y", .exact, "passes over `y`"), ("x==1 -e .", .exact, "passes over `-e .`"),
    ("x==1 -r more.txt", .exact, "passes over `-r more.txt`"), ("-e ./a -e ./b", .local, "passes over `-e ./b`"),
    ("x==1 --global-option=a", .exact, "refuse `--global-option`"), ("./x#egg=y", .local, "part of the path"),
    ("git+https://e.org/x@${SHA}", .vcsFloating, "`${SHA}` gets its value"), ("x @ ${URL}", .url, "gets its value"),
    ("x @ y", .url, "no scheme"), ("x @ ./y", .local, "no scheme"),
    ("-e git+https://e.org/x#egg=x[a]", .vcsFloating, "extras"),
    ("x==1 # why \\\ny==2", .exact, "next line"), ("x==1 --hash=sha256:", .exact, "64 hex digits"),
  ])
  func `says what does not do what it says`(text: String, pin: RequirementPin, note: String) {
    let reading = pins(text)
    #expect(reading.requirements.map(\.pin) == [pin])
    #expect(reading.problems.contains { $0.message.contains(note) && $0.line == 1 }, "\(reading.problems)")
  }

  @Test(arguments: [
    "--index-url https://e.org", "-i https://e.org", "-ihttps://e.org", "--extra-index-url=https://e.org", "--pre",
    "--no-index", "-f ./a -f 'b c'", "--no-binary :all:", "--only-binary=a,b", "--prefer-binary",
    "--trusted-host e.org",
    "--use-feature fast-deps", "--no-require-hashes", "--require-hashes", "--all-releases x", "--only-final x",
    "--config-settings a=b", "--pypi-url x", "--extra https://e.org", "--index-url ${INDEX}", "# only", "", " \t",
  ])
  func `an option or a comment pins nothing and is no mistake`(text: String) {
    #expect(pins(text) == PinReading())
  }

  @Test(arguments: ["--bogus", "--hash=sha256:\(digest)", "--pre x==1", "-r", "-", "--", "-r a -r b", "-rnone.txt"])
  func `an option that does nothing is a problem`(text: String) {
    let reading = pins(text, ["a": "", "b": ""])
    #expect(reading.requirements.isEmpty)
    #expect(reading.problems.map(\.line) == (text == "--" ? [] : [1]))
  }

  @Test func `joins lines, passes over comments and options, and knows line numbers`() {
    let reading = pins(
      "# head\n--index-url https://e.org\n\nx==1 \\\n  --hash=sha256:\(digest) \\\n  --hash=sha256:\(digest)\n\n\ny\n")
    #expect(reading.requirements.map(\.pin) == [.hashed, .none])
    #expect(reading.requirements.map(\.line) == [4, 9])
    #expect(reading.requirements.map(\.text) == ["x==1", "y"])
    #expect(pins("x==1 \\\n# ends it\ny==2\\").requirements.map(\.line) == [1, 3])
    #expect(pins("a\r\nb\rc\u{2028}d\u{c}e").requirements.map(\.line) == [1, 2, 3, 4, 5])
  }

  @Test func `keeps the marker, and a universal file may repeat a name`() {
    let reading = pins("x==1 ; python_version < '3.10'\nx==2 ; python_version>='3.10' and extra == 'A_b'\n")
    #expect(reading.requirements.map(\.name) == ["x", "x"])
    #expect(
      reading.requirements.map(\.marker) == [
        "python_version < \"3.10\"", "python_version >= \"3.10\" and extra == \"a-b\"",
      ])
    #expect(reading.problems.isEmpty)
  }

  @Test func `what pip freeze cannot write down is installed and not pinned`() {
    let reading = pins(
      """
      # Editable install with no version control (Some_thing==1.0)
      a==1
      # Editable Git install with no remote (b==2)
      -e /home/me/b
      # Editable notes (none)
      # Editable install with no version control (c==3)
      """)
    #expect(reading.requirements.map(\.name) == ["some-thing", "a", "b", "c"])
    #expect(reading.requirements.map(\.pin) == [.local, .exact, .local, .local])
    #expect(reading.requirements.map(\.line) == [1, 2, 4, 6])
    #expect(reading.requirements.first?.text == "# Editable install with no version control (Some_thing==1.0)")
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    "https://e.org/x-1.0-py3-none-any.whl", "https://e.org/x-1.0-1-py3-none-any.whl",
    "https://e.org/X%2Ex-1.0%2Bcu1-py3-none-any.whl",
  ])
  func `a wheel is named after its file`(url: String) {
    #expect(pins(url).requirements.first?.name?.hasPrefix("x") == true)
  }

  @Test(arguments: [
    "x-1-any.whl", "-1-py3-none-any.whl", "x-bad-py3-none-any.whl", "x-1-b-py3-none-any.whl", "x$-1-py3-none-any.whl",
  ])
  func `a file that is named otherwise is no wheel`(name: String) {
    #expect(pins("https://e.org/\(name)").requirements.map(\.pin) == [.invalid])
  }

  @Test(arguments: [
    "x==1 https://user:hunter2@e.org/x", "-e https://user:hunter2@e.org/x", "foo://user:hunter2@e.org/x",
    "-e https://user:\(String(repeating: "hunter2", count: 1000))@e.org/x", "--bogus=https://user:hunter2@e.org",
    "--require-hashes\ngit+https://user:hunter2@e.org/x",
  ])
  func `a message shows no password`(text: String) {
    let reading = pins(text)
    #expect(!reading.problems.isEmpty)
    #expect(reading.problems.allSatisfy { !$0.message.contains("hunter2") })
  }

  @Test func `one requirement alone is judged as in a file`() {
    let (requirement, problem) = Requirement.parse(
      "x[a]==1; os_name=='nt' --hash=sha256:\(digest)", path: "pyproject.toml", line: 7)
    #expect(requirement.pin == .hashed && requirement.hashed && requirement.marker == "os_name == \"nt\"")
    #expect(requirement.path == "pyproject.toml" && requirement.line == 7 && problem == nil)
    let (option, mistake) = Requirement.parse("--pre", path: "p", line: 2)
    #expect(
      option.pin == .invalid && mistake == PinProblem(message: "an option, and no requirement", path: "p", line: 2))
    #expect(Requirement.parse("", path: "p", line: 1).0.pin == .invalid)
  }
}
