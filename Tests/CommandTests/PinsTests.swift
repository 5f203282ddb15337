import Foundation
import Testing

/// `repro-audit pins`, as a hook before a commit runs it.
@Suite struct PinsTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let file: String
    let text: String
    let lines: [String]
    let status: Int32
    var testDescription: String { "\(file): \(lines.first ?? "nothing")" }
  }

  static let examples = [
    Example(
      file: "requirements.txt", text: "numpy==1.26.4\n", lines: ["1 pin in 1 file, none floats"], status: 0),
    Example(
      file: "requirements.txt", text: "numpy==1.26.4\ntorch>=2\n",
      lines: ["requirements.txt:2: torch>=2: several versions satisfy it", "2 pins in 1 file, 1 floats"], status: 1),
    Example(
      file: "requirements.txt", text: "torch==2.0.0 torchvision==0.15.1\n",
      lines: ["requirements.txt:1: ", "1 pin in 1 file, 1 floats, 1 problem"], status: 1),
    Example(
      file: "pkgs.txt", text: "-e git+https://bob:pw@example.org/x.git@main#egg=x\n",
      lines: [
        "pkgs.txt:1: -e git+https://[redacted]@example.org/x.git@main#egg=x: a branch or tag can move; name the full commit",
        "1 pin in 1 file, 1 floats",
      ], status: 1),
    Example(
      file: "Dockerfile", text: "FROM python:3.10.13-slim\nRUN apt-get install -y git && pip install shap\n",
      lines: [
        "Dockerfile:1: python:3.10.13-slim: note: the tag is a version, and could still be moved; add the digest",
        "Dockerfile:2: git: note: no version is given", "Dockerfile:2: shap: no version is given",
        "4 pins in 1 file, 1 floats",
      ], status: 1),
    Example(
      file: "Dockerfile", text: "ARG BASE\nFROM $BASE\n",
      lines: ["Dockerfile:2: $BASE: unverified: ", "1 pin in 1 file, none floats, 1 unverified"], status: 2),
    Example(
      file: "environment.yml", text: "dependencies: [python=3.10, numpy==1.26.4]\n",
      lines: [
        "environment.yml:1: python=3.10: it is not one release; write all three numbers", "2 pins in 1 file, 1 floats",
      ], status: 1),
    Example(
      file: "uv.lock", text: "version = 1\nrequires-python = \">=3.10\"\n", lines: ["1 pin in 1 file, none floats"],
      status: 0),
    Example(
      file: "uv.lock", text: "version = [\n", lines: ["uv.lock:", "0 pins in 1 file, none floats, 1 problem"], status: 1
    ),
    Example(
      file: ".python-version", text: "3.10.13\n", lines: ["1 pin in 1 file, none floats"], status: 0),
    Example(
      file: "train.py", text: "import numpy\n",
      lines: ["train.py: unverified: no pins are read", "0 pins in 0 files, none floats, 1 unverified"], status: 2),
  ]

  @Test(arguments: examples)
  func `says what floats, where and why`(example: Example) throws {
    let store = try Store()
    try store.write(example.file, example.text)
    let run = try Binary.run(["pins", example.file], in: store.root)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.count == example.lines.count, "\(run.output)")
    #expect(zip(lines, example.lines).allSatisfy { $0.hasPrefix($1) }, "\(run.output)")
    #expect(run.status == example.status)
  }

  @Test func `a requirement is judged where it lies, once`() throws {
    let store = try Store()
    try store.write("Dockerfile", "FROM scratch\nRUN pip install -r requirements.txt\n")
    try store.write("requirements.txt", "numpy\n")
    let run = try Binary.run(["pins", "Dockerfile", "requirements.txt"], in: store.root)
    #expect(run.output == "requirements.txt:1: numpy: no version is given\n1 pin in 2 files, 1 floats\n")
  }

  @Test func `a file that is not there leaves the check incomplete`() throws {
    let store = try Store()
    try store.write("requirements.txt", "numpy\n")
    let run = try Binary.run(["pins", "requirements.txt", "nothing.txt"], in: store.root)
    #expect(run.output.contains("nothing.txt: unverified: no such file"))
    #expect(run.status == 2)
    #expect(try Binary.run(["pins"], in: store.root).status == 64)
    #expect(try Binary.run(["pins", "."], in: store.root).status == 2)
  }

  private struct Listing: Decodable {
    struct Pin: Decodable {
      let kind, text, pin, path: String
      let name: String?
      let hashed: Bool
      let line: Int
    }
    struct Problem: Decodable {
      let message, path: String
      let line: Int?
    }
    let pins: [Pin]
    let problems: [Problem]
  }

  @Test func `json holds every verdict with its place`() throws {
    let store = try Store()
    try store.write("Dockerfile", "FROM python:3.10.13-slim\nRUN pip install shap==0.46.0\n")
    try store.write("requirements.txt", "numpy==1.26.4 --hash=sha256:\(String(repeating: "a", count: 64))\n===\n")
    let run = try Binary.run(["pins", "requirements.txt", "Dockerfile", "--format", "json"], in: store.root)
    let listing = try JSONDecoder().decode(Listing.self, from: Data(run.output.utf8))
    let shown = listing.pins.map { "\($0.path):\($0.line) \($0.kind) \($0.name ?? "-") \($0.pin) \($0.hashed)" }
    #expect(
      shown == [
        "Dockerfile:1 image docker.io/library/python version false", "Dockerfile:1 python python exact false",
        "Dockerfile:2 install shap exact false", "requirements.txt:1 requirement numpy hashed true",
        "requirements.txt:2 requirement - invalid false",
      ])
    #expect(listing.problems.map(\.path) == ["requirements.txt"])
    #expect(listing.problems.map(\.line) == [2])
    #expect(run.status == 1)
    let again = try Binary.run(["pins", "Dockerfile", "requirements.txt", "--format", "json"], in: store.root)
    #expect(again.output == run.output)
  }

  @Test(arguments: ["a\u{1B}[31m", "::error::x", "<script>", "\u{202E}gnp", "a\nb"])
  func `hostile text stays on its line`(text: String) throws {
    let store = try Store()
    try store.write("requirements.txt", "\(text)\n")
    let run = try Binary.run(["pins", "requirements.txt"], in: store.root)
    #expect(!run.output.contains("\u{1B}") && !run.output.contains("\u{202E}"))
    #expect(run.output.split(separator: "\n").allSatisfy { !$0.hasPrefix("::") })
    #expect(run.status == 1)
  }
}
