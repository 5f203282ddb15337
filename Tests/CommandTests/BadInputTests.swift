import Foundation
import Hashing
import Testing

/// DESIGN section 10: hostile and broken input is a clear finding or error, never a crash, a hang or silence.
@Suite struct BadInputTests {
  @Test func `a record that does not parse is a finding with its line, and the scan goes on`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("runs/broken/run.json", "{\n  \"run_id\": \"x\",\n  \"seeds\": {\n")
    let scan = try store.scan()
    let finding = try #require(scan.result("unreadable-file", "store"))
    #expect(finding.outcome == "fail")
    #expect(finding.details.first?.path == "runs/broken/run.json")
    #expect(finding.details.first?.line == 4)
    #expect(finding.details.first?.message.contains("the JSON ends early") == true)
    #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "pass")
    #expect(scan.run.status == 2)
  }

  @Test(arguments: [
    "", "[]", "7", "\u{0}", "{\"run_id\": \"a\", \"run_id\": \"b\"}", String(repeating: "[", count: 100_000),
  ])
  func `a record of the wrong shape is a finding`(text: String) throws {
    let store = try Store()
    try store.write("runs/a/run.json", text)
    let scan = try store.scan()
    #expect(scan.result("unreadable-file", "store")?.outcome == "fail", "\(scan.run.errors)")
    #expect(scan.run.status == 2)
  }

  @Test func `YAML bombs are findings and end soon`() throws {
    let store = try Store()
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<12 {
      bomb += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ","))]\n"
    }
    try store.write("runs/bomb/run.yaml", bomb)
    try store.write("runs/deep/run.yaml", String(repeating: "- ", count: 50_000) + "x\n")
    let scan = try store.scan()
    #expect(
      scan.result("unreadable-file", "store")?.details.map(\.path) == ["runs/bomb/run.yaml", "runs/deep/run.yaml"])
  }

  @Test func `a FIFO, a socket name and a device link neither hang nor count as read`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.shell(
      "mkfifo \"$1/models/m/1.0.0/extra.fifo\" \"$1/models/m/prod\"; mkdir -p \"$1/runs/f\"; mkfifo \"$1/runs/f/run.json\""
    )
    try store.link("models/m/1.0.0/null", to: "/dev/null")
    let scan = try store.scan()
    let items = scan.result("unreadable-file", "store")?.details.map(\.path) ?? []
    #expect(
      Set(items).isSuperset(of: [
        "models/m/1.0.0/extra.fifo", "models/m/1.0.0/null", "models/m/prod", "runs/f/run.json",
      ]), "\(items)")
  }

  @Test func `a FIFO named as an artifact, log or config is said, not read`() throws {
    let store = try Store()
    try store.shell(
      "mkdir -p \"$1/runs/a\"; mkfifo \"$1/runs/a/model.bin\" \"$1/runs/a/requirements.txt\" \"$1/runs/a/metrics.json\" \"$1/runs/a/Dockerfile\""
    )
    try store.write(
      "runs/a/run.json", "{\"run_id\": \"a\", \"artifacts\": [\"model.bin\"], \"requirements\": \"requirements.txt\"}")
    let scan = try store.scan()
    #expect(scan.result("missing-artifact", "run:a")?.outcome == "unverified")
    #expect(scan.run.status == 2)
  }

  @Test func `symbolic link loops and links that leave the store are findings`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "staging")
    try store.link("models/m/staging", to: "prod")
    try store.link("models/m/outside", to: "/etc")
    try store.link("models/m/1.0.0/passwd", to: "../../../../../../../../../../etc/passwd")
    try store.link("loop", to: "loop")
    let scan = try store.scan()
    #expect(scan.result("dangling-alias", "m@prod")?.outcome == "fail")
    #expect(scan.result("dangling-alias", "m@outside")?.outcome == "fail")
    let paths = scan.result("unreadable-file", "store")?.details.map(\.path) ?? []
    #expect(
      Set(paths).isSuperset(of: ["models/m/outside", "models/m/1.0.0/passwd", "models/m/prod", "models/m/staging"]),
      "\(paths)")
  }

  @Test func `a path that climbs out of the store is refused`() throws {
    let store = try Store()
    try store.write("runs/a/run.json", "{\"run_id\": \"a\", \"artifacts\": [\"../../../secret.bin\"]}")
    try Data("secret".utf8).write(to: URL(filePath: store.beside("secret.bin")))
    let scan = try store.scan()
    let finding = try #require(scan.result("missing-artifact", "run:a"))
    #expect(finding.outcome == "fail")
    #expect(finding.details.first?.message == "it lies outside the store")
  }

  @Test func `a directory without permission makes the audit incomplete`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("runs/hidden/run.json", "{\"run_id\": \"hidden\"}")
    try store.shell("chmod 000 \"$1/runs/hidden\"")
    // Root may enter any directory: then there is nothing to see, and the run is audited.
    let isRoot = getuid() == 0
    let scan = try store.scan()
    #expect(scan.result("unreadable-file", "store")?.outcome == (isRoot ? "pass" : "fail"))
    #expect(isRoot || scan.run.status == 2)
  }

  @Test func `names that are not UTF-8, differ only in case, or hold line breaks and markup are audited`() throws {
    let store = try Store()
    try store.addHealthyVersion("1.0.0", model: "Fraud")
    try store.addHealthyVersion("1.0.0", model: "fraud")
    try store.addHealthyVersion("1.0.0", model: "<script>alert(1)</script>\n::error::x")
    try store.shell("printf weights > \"$1/models/fraud/1.0.0/$(printf 'na\\377me.bin')\"")
    let scan = try store.scan(["--quiet"])
    #expect(scan.result("artifact-digest-mismatch", "Fraud@1.0.0")?.outcome == "pass")
    #expect(scan.result("artifact-digest-mismatch", "fraud@1.0.0")?.outcome == "pass")
    #expect(scan.result("artifact-digest-mismatch", "<script>alert(1)</script>\n::error::x@1.0.0")?.outcome == "pass")
    #expect(scan.run.output == "" && scan.run.errors == "")
  }

  @Test func `hard links and sparse files are read like any other`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.shell(
      "ln \"$1/models/m/1.0.0/model.bin\" \"$1/models/m/1.0.0/hard.bin\"; truncate -s 64M \"$1/models/m/1.0.0/sparse.bin\""
    )
    let scan = try store.scan(["--verbose"])
    #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "pass")
    #expect(scan.run.output.contains("64.0 MiB"))
  }

  @Test func `checksum in UTF-16 with CRLF and upper case is read`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let digest = try store.write("models/m/1.0.0/model.bin", "weights of m 1.0.0")
    let line = "\(digest.uppercased()) *model.bin\r\n"
    try store.write(
      "models/m/1.0.0/checksum.txt", [0xFF, 0xFE] + line.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    let scan = try store.scan()
    #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "pass")
    #expect(scan.result("missing-checksum", "m@1.0.0")?.outcome == "pass")
  }

  @Test func `an alias that a copy turned into a directory is said, and is no version`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.shell("cp -r \"$1/models/m/1.0.0\" \"$1/models/m/prod\"")
    let scan = try store.scan()
    let finding = try #require(scan.result("dangling-alias", "m@prod"))
    #expect(finding.outcome == "fail")
    #expect(finding.message.contains("directory"))
    #expect(scan.report?.results.contains { $0.subject.kind == "version" && $0.subject.name == "m@prod" } == false)
  }

  @Test func `an empty directory exits 2 with a hint`() throws {
    let store = try Store()
    let scan = try store.scan()
    #expect(scan.run.status == 2)
    #expect(scan.run.output.contains("nothing to audit was found"))
    #expect(scan.run.output.contains("models/<model>/<version>"))
  }

  @Test func `a store that is no directory is a usage error`() throws {
    let run = try Binary.run(["scan", "/nonexistent-repro-audit"])
    #expect(run.status == 64)
    #expect(run.errors == "error: /nonexistent-repro-audit: cannot be audited: no such file; name a directory\n")
  }

  @Test func `a report that cannot be written is an error and leaves nothing`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let run = try Binary.run(["scan", store.root.path, "--json", "/proc/nowhere/report.json"])
    #expect(run.status == 74)
    #expect(run.errors.contains("error: /proc/nowhere/report.json: the report cannot be written"))
    #expect(try Binary.run(["scan", store.root.path, "--json", "/dev/full"]).status == 74)
  }

  @Test func `secrets never reach a report`() throws {
    let store = try Store()
    try store.write(
      "runs/a/run.json",
      """
      {"run_id": "a", "command": "train --token hunter2", "git_commit": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
       "git_repository": "https://bob:hunter2@example.com/x.git", "docker_image": "bob:hunter2@example.com/x",
       "artifacts": ["s3://bob:hunter2@bucket/x"], "params": {"api_key": "password=hunter2"},
       "data_manifest": "https://bob:hunter2@example.com/m.json", "log": "https://bob:hunter2@example.com/log"}
      """)
    let scan = try store.scan(["--db", store.beside("audit.db")])
    #expect(scan.report != nil)
    let database = try Data(contentsOf: URL(filePath: store.beside("audit.db")))
    for text in [String(decoding: database, as: UTF8.self), scan.run.output, scan.run.errors] {
      #expect(
        !text.contains("https://bob:hunter2") && !text.contains("--token hunter2") && !text.contains("s3://bob:hunter2")
      )
    }
  }

  @Test func `git never runs what a store configures`() throws {
    let store = try Store()
    let trace = store.beside("trace")
    try store.shell(
      """
      cd "$1"; git init -q code; cd code; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x
      printf '#!/bin/sh\\ntouch %s\\n' '\(trace)' > hook; chmod +x hook
      for key in core.fsmonitor core.sshCommand core.pager core.editor core.alternateRefsCommand diff.external \
        credential.helper remote.origin.uploadpack uploadpack.packObjectsHook; do git config "$key" "$PWD/hook"; done
      git config remote.origin.url "ext::$PWD/hook"; git config remote.origin.promisor true
      git config extensions.partialClone origin; git config core.hooksPath "$PWD"; cp hook .git/hooks/post-index-change
      """)
    try store.write(
      "runs/a/run.json",
      "{\"run_id\": \"a\", \"git_commit\": \"\(String(repeating: "ab", count: 20))\", \"git_repository\": \"../../code\"}"
    )
    let scan = try store.scan()
    #expect(scan.result("unresolvable-commit", "run:a")?.outcome == "fail")
    #expect(!FileManager.default.fileExists(atPath: trace))
  }

  @Test func `a store is read, never written`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.shell(
      "find \"$1\" -exec touch -d 2020-01-01 {} +; find \"$1\" -printf '%P %T@ %C@ %s\\n' | sort > \"$1/../before\"; chmod -R a-w \"$1\""
    )
    try store.shell("find \"$1\" -printf '%P %T@ %C@ %s\\n' | sort > \"$1/../before\"")
    _ = try store.scan()
    try store.shell("find \"$1\" -printf '%P %T@ %C@ %s\\n' | sort | cmp - \"$1/../before\"")
  }
}
