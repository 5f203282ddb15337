import Foundation
import Hashing
import Testing

@Suite struct PolicyCommandTests {
  private func policy(_ arguments: [String], in store: Store) throws -> Binary.Run {
    try Binary.run(["policy"] + arguments, in: store.root)
  }

  @Test func `what a policy extends is read first, and each value says where it was set`() throws {
    let store = try Store()
    try store.write("team/base.yaml", "extends: strict\nrules:\n  missing-run-log: note\n  missing-seed: off\n")
    try store.write(
      "repro-audit.yaml",
      "extends: [team/base.yaml]\nname: ours\nrules:\n  missing-seed: warning\nstages: {prod: {metrics: {auc: {min: 0.9}}}}\n"
    )
    let shown = try policy(["show"], in: store)
    #expect(shown.status == 0)
    let lines = shown.output.split(separator: "\n").map {
      $0.split(separator: "#").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(lines.first == ["name: ours"])
    #expect(lines.contains(["missing-run-log: note", "team/base.yaml:3"]))
    #expect(lines.contains(["missing-seed: warning", "repro-audit.yaml:4"]))
    #expect(lines.contains(["image-without-digest: warning", "built-in strict"]))
    #expect(lines.contains(["metrics:", "repro-audit.yaml:5"]))
  }

  @Test(arguments: ["checklist", "default", "strict", "own.yaml"])
  func `what is shown plainly is a policy of the same digest, and that of reports`(name: String) throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write(
      "own.yaml",
      """
      name: "it's: ours"
      rules: {missing-seed: off, missing-checksum: {roles: [model, "odd: \\"role"]}}
      stages: {"a b": {metrics: {"x: y": {max: 1e3}}}, prod: {metrics: {}}}
      include: ["models/**"]
      exclude: ["**/*.tmp", "- x"]
      scope: {exclude: [{location: "s3://**", reason: "it's \\"cold\\" # storage"}]}
      synonyms: {git_commit: [rev, "the rev"]}
      """)
    let plain = try policy(["show", "--plain", name], in: store)
    #expect(plain.status == 0, "\(plain.errors)")
    try store.write("again.yaml", plain.output)
    #expect(try policy(["show", "--plain", "again.yaml"], in: store).output == plain.output)
    let digest = "sha256:\(BytesDigest.sha256(Array(plain.output.utf8)))"
    #expect(try policy(["check", "again.yaml"], in: store).output.contains(digest))
    #expect(
      try store.scan(["--policy", store.root.appending(path: "again.yaml").path]).report?.policy.digest == digest)
  }

  @Test func `every mistake is told at once`() throws {
    let store = try Store()
    try store.write(
      "p.yaml", "rulez: 1\nrules:\n  missing-seed: eror\n  nope: off\nstages:\n  prod: 3\nscope: {exclude: [1]}\n")
    let check = try policy(["check", "p.yaml", "default"], in: store)
    #expect(check.status == 64)
    #expect(
      check.errors.split(separator: "\n").map { $0.prefix(16) } == [1, 3, 4, 6, 7].map { "error: p.yaml:\($0):" })
    #expect(check.output.hasPrefix("default: ok, "))
  }

  @Test(arguments: [
    (["a.yaml": "extends: a.yaml"], "a.yaml:1: the policy extends itself: a.yaml → a.yaml"),
    (
      ["a.yaml": "name: x\nextends: [b/b.yaml]", "b/b.yaml": "extends: ../b/../a.yaml"],
      "b/b.yaml:1: the policy extends itself: a.yaml → b/b.yaml → b/../b/../a.yaml"
    ),
    (["a.yaml": "extends: b.yaml"], "a.yaml:1: the policy `b.yaml` cannot be read: no such file"),
    (["a.yaml": "extends: strickt"], "a.yaml:1: unknown policy `strickt`; did you mean `strict`?"),
    (["a.yaml": "extends: [[x]]"], "a.yaml:1: `extends` takes a built-in policy or a file, or a list of them"),
    (["a.yaml": "extends: b.yaml", "b.yaml": "rules: {nope: off}"], "b.yaml:1: unknown rule `nope`"),
    (["a.yaml": "rules: &a {missing-seed: off}\nrules: *a"], "a.yaml:2: the key \"rules\" stands twice"),
    (["a.yaml": "rules: [\n"], "a.yaml:2: "),
    (["a.yaml": "\u{0}"], "a.yaml:1: "),
    (["a.yaml": String(repeating: "# x\n", count: 3 << 20)], "a.yaml: a policy of 12 MiB is not read"),
    (
      [
        "a.yaml": "a: &a [x,x,x,x,x,x,x,x,x]\n"
          + zip("bcdefgh", "abcdefg").map {
            "\($0): &\($0) [*\($1),*\($1),*\($1),*\($1),*\($1),*\($1),*\($1),*\($1),*\($1)]\n"
          }.joined()
      ],
      "its aliases stand for too many values"
    ),
    (["a.yaml": String(repeating: "[", count: 100_000)], "a.yaml:1: nested too deeply"),
  ])
  func `a hostile policy is refused with its place`(files: [String: String], message: String) throws {
    let store = try Store()
    for (name, text) in files { try store.write(name, text) }
    let check = try policy(["check", "a.yaml"], in: store)
    #expect(check.status == 64)
    #expect(check.errors.contains(message), "\(check.errors.prefix(400))")
  }

  @Test func `policies that extend each other without end are stopped`() throws {
    let store = try Store()
    for index in 0..<40 { try store.write("\(index).yaml", "extends: [\(index + 1).yaml, \(index + 1).yaml]") }
    #expect(try policy(["check", "0.yaml"], in: store).errors.contains("policies extend each other more than 16 deep"))
    try store.write("3.yaml", "extends: default")
    #expect(try policy(["check", "0.yaml"], in: store).status == 0)
    try store.write("12.yaml", "extends: default")
    try store.write("3.yaml", "extends: [4.yaml, 4.yaml]")
    #expect(try policy(["check", "0.yaml"], in: store).errors.contains("more than 64 policies are extended"))
  }

  @Test func `a policy that is there and cannot be read stops the scan`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("repro-audit.yaml/inside", "")
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains("the policy cannot be read: a directory"))
  }

  @Test func `what is valid and surely not meant is a warning`() throws {
    let store = try Store()
    try store.write("p.yaml", "rules:\n  missing-checksum: {roles: [model]}\nstages:\n  prod: {}\n")
    try store.write("q.yaml", "extends: p.yaml\nrules:\n  missing-checksum: off\n")
    let check = try policy(["check", "q.yaml"], in: store)
    #expect(check.status == 0)
    #expect(
      check.errors == """
        warning: q.yaml:3: `missing-checksum` is off, and its parameters change nothing
        warning: p.yaml:4: the stage `prod` asks for nothing

        """)
  }
}
