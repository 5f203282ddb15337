import Pins
import Testing

private func pins(_ files: [String: String], path: String = "requirements.txt") -> PinReading {
  RequirementsFile.read(
    path: path, bytes: Array((files[path] ?? "").utf8),
    lookup: FileLookup { path in
      switch path {
      case "locked.txt": .unreadable("permission denied")
      case "../outside.txt": .refused("it lies outside the store")
      default: files[path].map { .found(Array($0.utf8)) } ?? .missing
      }
    })
}

private let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

@Suite struct RequirementIncludeTests {
  @Test func `an included file lies beside the one that includes it`() {
    let reading = pins([
      "requirements.txt": "-r sub/a.txt\nx==1\n", "sub/a.txt": "--requirement=../b.txt\na==1\n-r./c.txt", "b.txt": "b",
      "sub/c.txt": "c>1",
    ])
    #expect(
      reading.requirements.map { "\($0.path):\($0.line) \($0.text)" } == [
        "b.txt:1 b", "sub/a.txt:2 a==1", "sub/c.txt:1 c>1", "requirements.txt:2 x==1",
      ])
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    ("-r requirements.txt", "includes itself"), ("-r none.txt", "is not there"), ("-r locked.txt", "permission denied"),
    ("-r ../outside.txt", "outside the store"), ("-c none.txt", "is not there"), ("-r https://e.org/r.txt", "remote"),
    ("-r file:///a/r.txt", "remote"), ("-r ${DIR}/r.txt", "`${DIR}` gets its value"), ("-r a.txt", "includes itself"),
    ("-c requirements.txt", "includes itself"),
  ])
  func `what cannot be included is a problem`(text: String, reason: String) {
    let reading = pins(["requirements.txt": "\n" + text, "a.txt": "\n-r b.txt", "b.txt": "\n-r a.txt"])
    #expect(reading.problems.count == 1)
    #expect(reading.problems.first?.message.contains(reason) == true)
    #expect(reading.problems.first?.line == 2)
  }

  @Test func `an absolute path stays one`() {
    let reading = pins(["/srv/requirements.txt": "-r ../../a.txt", "/a.txt": "a==1"], path: "/srv/requirements.txt")
    #expect(reading.requirements.map(\.path) == ["/a.txt"])
  }

  @Test func `a file that is included twice is read once`() {
    let reading = pins(["requirements.txt": "-r a.txt\n-r ./a.txt\n-c a.txt", "a.txt": "a>=1\nb==1"])
    #expect(reading.requirements.map(\.text) == ["a>=1", "b==1"])
    #expect(reading.problems.isEmpty)
  }

  @Test func `includes have an end`() {
    var files = ["requirements.txt": "-r 0.txt"]
    for index in 0..<100 { files["\(index).txt"] = "-r \(index + 1).txt" }
    #expect(pins(files).problems.map(\.message) == ["includes nest more than 64 files deep"])
    var wide = ["requirements.txt": (0..<140).map { "-r \($0).txt" }.joined(separator: "\n")]
    for index in 0..<140 { wide["\(index).txt"] = "x\(index)==1" }
    let reading = pins(wide)
    #expect(reading.requirements.count == 99)
    #expect(reading.problems.map(\.message) == Array(repeating: "more than 100 files are included", count: 41))
  }

  @Test func `a large file is not read again under every name a line gives it`() {
    let comment = Array("# \(String(repeating: "x", count: 9 << 20))\ny==1".utf8)
    let root = Array("x==1\n-r a.txt\n-r b.txt".utf8)
    let reading = RequirementsFile.read(
      path: "requirements.txt", bytes: root, lookup: FileLookup { _ in .found(comment) })
    #expect(reading.requirements.map(\.text) == ["x==1", "y==1"])
    #expect(
      reading.problems.map(\.message) == ["`b.txt` is not read: the included files hold more than 16 MiB together"])
  }

  @Test(arguments: [
    ("x==1", RequirementPin.exact, false), ("x>=1", .none, false), ("X == 1 --hash=sha256:\(digest)", .hashed, true),
    ("x @ https://e.org/x.zip#sha256=\(digest)", .urlDigest, false), ("y==1", .none, false), ("x", .none, false),
    ("x==1; os_name=='nt'\nx==2; os_name!='nt'", .exact, false),
  ])
  func `a constraint pins what is required elsewhere`(constraint: String, pin: RequirementPin, hashed: Bool) {
    let reading = pins(["requirements.txt": "-c c.txt\nx", "c.txt": constraint])
    #expect(reading.requirements.map(\.pin) == [pin])
    #expect(reading.requirements.map(\.hashed) == [hashed])
    #expect(reading.problems.isEmpty)
  }

  @Test func `a constraint leaves alone what is pinned, but gives it digests`() {
    let reading = pins([
      "requirements.txt": "-c c.txt\nx==2\ny @ https://e.org/y.zip#sha256=\(digest)\nz>=1\nw>=1",
      "c.txt":
        "x==1 --hash=sha256:\(digest)\ny==1\nz==1 --hash=sha256:\(digest)\nw @ https://e.org/w.zip#sha256=\(digest)",
    ])
    #expect(reading.requirements.map(\.pin) == [.hashed, .urlDigest, .hashed, .urlDigest])
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    ("-e ./x", "cannot be editable"), ("x[a]==1", "cannot have extras"), ("./x", "needs a name"),
    ("x==", "not a version"),
  ])
  func `what pip does not take as a constraint is a problem`(text: String, reason: String) {
    let reading = pins(["requirements.txt": "-c c.txt\nx", "c.txt": text])
    #expect(reading.problems.map(\.path) == ["c.txt"])
    #expect(reading.problems.first?.message.contains(reason) == true)
    #expect(reading.requirements.map(\.pin) == [.none])
  }

  @Test func `requirements that a constraints file includes are requirements, as in pip`() {
    let reading = pins(["requirements.txt": "-c c.txt", "c.txt": "-r r.txt\nx==1", "r.txt": "x"])
    #expect(reading.requirements.map { "\($0.path) \($0.pin)" } == ["r.txt exact"])
  }
}

@Suite struct HashModeTests {
  @Test(arguments: [
    ("y==1", "has no `--hash`"), ("y", "has no `--hash`"), ("git+https://e.org/y", "is a repository"),
    ("./y", "refuses folders"), ("y @ https://e.org/y.zip", "has no `--hash`"),
  ])
  func `with one digest everything needs one`(text: String, reason: String) {
    let reading = pins(["requirements.txt": "x==1 --hash=sha256:\(digest)\n\(text)"])
    #expect(reading.problems.map(\.line) == [2])
    #expect(reading.problems.first?.message.contains(reason) == true)
    #expect(pins(["requirements.txt": "--require-hashes\n\(text)"]).problems.map(\.line) == [2])
  }

  @Test(arguments: [
    "y @ https://e.org/y.zip#sha256=\(digest)", "./y.zip --hash=sha256:\(digest)", "y==1 --hash=sha256:\(digest)",
    "--no-require-hashes\ny==1", "-c c.txt\ny",
  ])
  func `what has one is no problem`(text: String) {
    let files = ["requirements.txt": "x==1 --hash=sha256:\(digest)\n\(text)", "c.txt": "y==1 --hash=sha256:\(digest)"]
    #expect(pins(files).problems.isEmpty)
  }

  @Test func `an invalid line is one problem and not two`() {
    #expect(pins(["requirements.txt": "--require-hashes\ny=1"]).problems.count == 1)
  }
}
