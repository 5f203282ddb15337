import Foundation
import Pins
import Testing

private func pins(_ text: String, _ files: [String: String] = [:]) -> PinReading {
  RequirementsFile.read(
    path: "requirements.txt", bytes: Array(text.utf8),
    lookup: FileLookup { path in files[path].map { .found(Array($0.utf8)) } ?? .missing })
}

private let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

@Suite struct RequirementsFileTests {
  @Test(arguments: [
    ("numpy==1.26.4", RequirementPin.exact, String?("numpy")), ("Foo.Bar_baz === 1.0", .exact, "foo-bar-baz"),
    ("numpy==1.26.*", .wildcard, "numpy"), ("numpy~=1.26", .range, "numpy"), ("numpy>=1,<2", .range, "numpy"),
    ("numpy>=1,==1.5", .exact, "numpy"), ("numpy", .none, "numpy"), ("requests[socks]==2.31", .exact, "requests"),
    ("x==1 ; python_version >= '3.9'", .exact, "x"), ("torch==2.1.0+cu118  # why", .exact, "torch"),
    ("x==1 --hash=sha256:\(digest)", .hashed, "x"), ("x @ https://e.org/x.whl#sha256=\(digest)", .urlDigest, "x"),
    ("x @ https://e.org/x.whl", .url, "x"), ("x @ file:///a/x", .local, "x"), ("./x", .local, nil),
    ("-e git+https://e.org/x@0123456789012345678901234567890123456789#egg=Toy", .vcsCommit, "toy"),
    ("git+ssh://git@e.org/x.git", .vcsFloating, nil), ("git+https://e.org/x@main#egg=x", .vcsFloating, "x"),
    ("torch==2.0.0 torchvision==0.15.1", .invalid, "torch"), ("==1.0", .invalid, nil), ("x[a==1", .invalid, "x"),
  ])
  func `judges one line`(text: String, pin: RequirementPin, name: String?) {
    let reading = pins(text + "\n")
    #expect(reading.requirements.map(\.pin) == [pin])
    #expect(reading.requirements.map(\.name) == [name])
    #expect(reading.problems.isEmpty == (pin != .invalid))
  }

  @Test func `joins lines, passes over comments and options, and knows line numbers`() {
    let reading = pins("# head\n--index-url https://e.org\n\nx==1 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\ny\n")
    #expect(reading.requirements.map(\.pin) == [.hashed, .none])
    #expect(reading.requirements.map(\.line) == [4, 7])
  }

  @Test func `includes files, and a constraint pins what is required elsewhere`() {
    let reading = pins("-r more.txt\n-c limits.txt\nx\n", ["more.txt": "y>=1\n", "limits.txt": "x==1\ny==2\nz==3\n"])
    #expect(reading.requirements.map(\.name) == ["y", "x"])
    #expect(reading.requirements.map(\.pinned) == [true, true])
  }

  @Test func `a cycle, a missing file and a path that climbs out are problems`() {
    let reading = pins("-r requirements.txt\n-r none.txt\n", ["requirements.txt": "x==1"])
    #expect(reading.problems.map(\.line) == [1, 2])
  }

  @Test func `UTF-16, a byte order mark and random bytes are read without a crash`() {
    let units = Array("x==1\r\n".utf16)
    let bytes: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(RequirementsFile.read(path: "r", bytes: bytes, lookup: .none).requirements.map(\.pin) == [.exact])
    #expect(
      RequirementsFile.read(path: "r", bytes: [0xEF, 0xBB, 0xBF] + Array("x==1".utf8), lookup: .none).requirements.map(
        \.name) == ["x"])
    var state: UInt64 = 7
    let alphabet = Array("ab=<>!~;[](),@#/\\ -r\n:+.*'\"".utf8) + [0, 0xFF]
    for _ in 0..<3000 {
      let random = (0..<40).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1
        return alphabet[Int(state >> 33) % alphabet.count]
      }
      _ = RequirementsFile.read(path: "r", bytes: random, lookup: .none)
      _ = Dockerfile.read(path: "Dockerfile", bytes: random)
      _ = ImageReference.pin(of: String(decoding: random, as: UTF8.self))
      _ = VersionName(String(decoding: random, as: UTF8.self))
    }
  }

  @Test(.enabled(if: Conformance.folder != nil, "set CONFORMANCE_DIR to hold it against pip's verdicts"))
  func `agrees with pip on what is pinned`() throws {
    let rows = try Conformance.rows("requirements.jsonl").filter { $0["kind"] as? String == "requirement" }
    #expect(rows.count > 100)
    for row in rows {
      guard let line = row["text"] as? String, let wanted = row["pinned_exact"] as? Bool else { continue }
      let found = pins(line).requirements.first?.pinned ?? false
      #expect(found == wanted, Comment(rawValue: line))
    }
  }
}
