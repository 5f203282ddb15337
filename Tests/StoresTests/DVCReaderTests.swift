import Foundation
import Records
import Testing

@testable import Stores

@Suite struct DVCReaderTests {
  static let config = "[core]\n    remote = local\n['remote \"local\"']\n    url = ../../remote\n"
  static let empty = "d41d8cd98f00b204e9800998ecf8427e"

  private func repository(_ files: [String: String] = [:]) throws -> StoreScratch {
    try StoreScratch(["repo/.dvc/config": Self.config].merging(files) { $1 })
  }

  private func manifest(_ names: [String]) -> String {
    "[" + names.map { "{\"md5\": \"\(Self.empty)\", \"relpath\": \"\($0)\"}" }.joined(separator: ", ") + "]"
  }

  @Test func `a tracked file is a dataset with what is claimed of it`() async throws {
    let store = try repository([
      "repo/data/a b.csv.dvc": "outs:\n- md5: \(Self.empty)\n  size: 0\n  hash: md5\n  path: a b.csv\n"
    ])
    let facts = try await store.read(.dvc, at: "repo")
    #expect(facts.problems.isEmpty)
    #expect(facts.datasets.map(\.name) == ["data/a b.csv"])
    #expect(facts.claims == ["repo/data/a b.csv md5:\(Self.empty)"])
    #expect(facts.artifacts[0].claims[0].line == 2)
  }

  @Test func `what was written before version 3 is hashed with other line ends`() async throws {
    let store = try repository(["repo/a.csv.dvc": "outs:\n- md5: \(Self.empty)\n  size: 9\n  path: a.csv\n"])
    let facts = try await store.read(.dvc, at: "repo")
    #expect(facts.claims == ["repo/a.csv md5-dos2unix:md5:\(Self.empty)"])
    // The size is that of the converted text, and no proof of anything.
    #expect(facts.artifacts[0].claims[0].size == nil)
  }

  @Test(arguments: ["repo/.dvc/cache/files/md5", "remote/files/md5"])
  func `a directory is the files of its manifest, from the cache or a remote`(place: String) async throws {
    let md5 = "0123456789abcdef0123456789abcdef"
    let store = try repository([
      "repo/raw.dvc": "outs:\n- md5: \(md5).dir\n  size: 0\n  nfiles: 2\n  hash: md5\n  path: raw\n",
      "\(place)/01/23456789abcdef0123456789abcdef.dir": manifest(["2024/ü.csv", "b.csv"]), "repo/raw/b.csv": "",
      "repo/raw/new.csv": "added",
    ])
    let facts = try await store.read(.dvc, at: "repo")
    #expect(facts.problems.isEmpty)
    #expect(
      facts.claims.filter { $0.hasPrefix("repo/raw") } == [
        "repo/raw/2024/ü.csv md5:\(Self.empty)", "repo/raw/b.csv md5:\(Self.empty)",
        "repo/raw/new.csv it was added: the recorded list of the directory lacks it",
      ])
  }

  @Test func `without its manifest a directory is compared as a whole`() async throws {
    let md5 = "0123456789abcdef0123456789abcdef"
    let record = ["repo/raw.dvc": "outs:\n- md5: \(md5).dir\n  hash: md5\n  path: raw\n", "repo/raw/b.csv": ""]
    let facts = try await repository(record).read(.dvc, at: "repo")
    #expect(facts.claims == ["repo/raw dvc-dir:md5:\(md5)"])
    #expect(facts.artifacts[0].file.form == .directory)
    // Files that are ignored are no part of the digest, and who knows which those are.
    let ignoring = try await repository(record.merging(["repo/.dvcignore": "# note\n*.tmp\n"]) { $1 })
      .read(.dvc, at: "repo")
    #expect(ignoring.claims == ["repo/raw md5:\(md5)"])
  }

  @Test(arguments: ["../../etc/passwd", "/etc/passwd", "a/../../b", "~/x"])
  func `a manifest that leads out of its directory is refused`(path: String) async throws {
    let md5 = "0123456789abcdef0123456789abcdef"
    let store = try repository([
      "repo/raw.dvc": "outs:\n- md5: \(md5).dir\n  hash: md5\n  path: raw\n",
      "repo/.dvc/cache/files/md5/01/23456789abcdef0123456789abcdef.dir": manifest([path, "b.csv"]),
    ])
    let facts = try await store.read(.dvc, at: "repo")
    #expect(facts.problemKinds == [.outside])
    #expect(facts.problems[0].contains("`\(path)` leads out of the directory"))
    #expect(facts.artifacts.allSatisfy { !$0.file.path.contains("passwd") })
  }

  @Test(arguments: ["../../etc/passwd", "/etc/passwd"])
  func `a list in the record itself that leads out of its directory is refused`(path: String) async throws {
    let store = try repository([
      "repo/raw.dvc": """
      outs:
      - path: raw
        files:
        - {relpath: \(path), md5: \(Self.empty)}
        - {relpath: ./b.csv, md5: \(Self.empty)}

      """, "repo/raw/b.csv": "",
    ])
    let facts = try await store.read(.dvc, at: "repo")
    #expect(facts.problems == ["repo/raw.dvc:4 `\(path)` leads out of the directory, and is not read"])
    #expect(facts.claims.map { $0.hasSuffix(Self.empty) } == [true], "\(facts.claims)")
  }

  @Test func `a directory that a map leads to is looked for there`() async throws {
    let store = try repository([
      "repo/raw.dvc": "outs:\n- md5: \(Self.empty).dir\n  hash: md5\n  path: raw\n",
      "repo/.dvc/cache/files/md5/d4/1d8cd98f00b204e9800998ecf8427e.dir": manifest(["b.csv"]), "here/raw/b.csv": "",
    ])
    var context = ReadingContext()
    context.maps = [LocationMap(prefix: "raw", replacement: store.root.path + "/here/raw")]
    let inside = try await store.read(.dvc, at: "repo", context: context)
    #expect(inside.claims.contains("here/raw/b.csv md5:\(Self.empty)"), "\(inside.claims)")

    let elsewhere = try StoreScratch(["raw/b.csv": ""])
    context.maps = [LocationMap(prefix: "raw", replacement: elsewhere.root.path + "/raw")]
    let outside = try await store.read(.dvc, at: "repo", context: context)
    #expect(outside.claims.contains { $0.hasSuffix("/raw dvc-dir:md5:\(Self.empty)") }, "\(outside.claims)")
    #expect(outside.datasets[0].files.map(\.file.form) == [.directory])
  }

  @Test func `objects of the cache are named by their digest, and links are not followed`() async throws {
    let store = try repository([
      "repo/.dvc/cache/files/md5/d4/1d8cd98f00b204e9800998ecf8427e": "",
      "repo/.dvc/cache/files/md5/d4/notes.tmp": "x", "repo/.dvc/cache/d4/1d8cd98f00b204e9800998ecf8427e": "",
    ])
    try store.link("repo/.dvc/cache/files/md5/ff/1d8cd98f00b204e9800998ecf8427e", to: "/etc/passwd")
    let facts = try await store.read(.dvc, at: "repo")
    #expect(
      facts.claims == [
        "repo/.dvc/cache/d4/1d8cd98f00b204e9800998ecf8427e md5-dos2unix:md5:\(Self.empty)",
        "repo/.dvc/cache/files/md5/d4/1d8cd98f00b204e9800998ecf8427e md5:\(Self.empty)",
      ])
    #expect(facts.problemKinds == [.outside])
    #expect(facts.problems[0].contains("is a link to `/etc/passwd`"))
  }

  static let lock = """
    schema: '2.0'
    stages:
      prepare:
        cmd: python prepare.py
        deps:
        - {path: raw.csv, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}
        - {path: prepare.py, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}
        outs:
        - {path: train.csv, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}
      train:
        cmd: python train.py
        deps:
        - {path: train.csv, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}
        params:
          params.yaml:
            seed: 42
            train: {C: 0.5}
        outs:
        - {path: model.pkl, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}
        - {path: metrics.json, hash: md5, md5: d41d8cd98f00b204e9800998ecf8427e, size: 0}

    """
  static let pipeline = """
    stages:
      prepare: {cmd: python prepare.py}
      train:
        cmd: python train.py
        metrics:
        - metrics.json: {cache: false}

    """

  private func pipeline(_ files: [String: String] = [:]) throws -> StoreScratch {
    try repository(
      [
        "repo/dvc.lock": Self.lock, "repo/dvc.yaml": Self.pipeline, "repo/metrics.json": #"{"auc": 0.9}"#,
        "repo/params.yaml": "seed: 42\ntrain:\n  C: 0.50\n",
        "repo/raw.csv.dvc": "outs:\n- md5: \(Self.empty)\n  hash: md5\n  path: raw.csv\n",
        "repo/requirements.txt": "numpy==1.26.4\n", "repo/.git/HEAD": "ref: refs/heads/main\n",
        "repo/.git/refs/heads/main": "0123456789012345678901234567890123456789\n",
      ].merging(files) { $1 })
  }

  @Test func `a stage is a run with its params, seeds, data, metrics and commit`() async throws {
    let facts = try await pipeline().read(.dvc, at: "repo")
    #expect(facts.problems.isEmpty)
    #expect(facts.runs.map(\.runID) == ["prepare", "train"])
    let train = try #require(facts.runs.last)
    #expect(train.command == "python train.py" && train.status == "completed" && train.parentRun == "prepare")
    #expect(train.params.map { "\($0.name)=\($0.text ?? "")" } == ["seed=42", "train.C=0.5"])
    #expect(train.seeds.map(\.name) == ["all"] && train.seeds[0].text == "42")
    #expect(train.datasets.map(\.name) == ["train.csv"] && facts.runs[0].datasets.map(\.name) == ["raw.csv"])
    #expect(train.metrics.map(\.name) == ["auc"])
    #expect(train.commit.hash == "0123456789012345678901234567890123456789")
    #expect(train.environment?.requirements.map(\.name) == ["numpy"])
    #expect(train.config?.artifact?.file.path == "repo/params.yaml" && train.config?.artifact?.claims == [])
    #expect(facts.datasets.map(\.name) == ["raw.csv", "train.csv"])
    #expect(facts.runs[0].artifacts.map(\.file.path) == ["repo/prepare.py", "repo/train.csv"])
  }

  @Test func `params and commands that were changed since are contradicted`() async throws {
    let facts = try await pipeline([
      "repo/params.yaml": "seed: 43\n",
      "repo/dvc.yaml": Self.pipeline.replacing("python train.py", with: "python t.py"),
    ]).read(.dvc, at: "repo")
    #expect(
      facts.claims.filter { $0.contains("stage") } == [
        "repo/dvc.yaml the command of stage `train` is not the one that ran; run `dvc repro`",
        "repo/params.yaml `seed` is 43, and stage `train` ran with 42",
        "repo/params.yaml `train.C` is not there, and stage `train` ran with 0.5",
      ])
  }

  @Test func `a merge conflict is said at its line`() async throws {
    let text = Self.lock.replacing(
      "    cmd: python train.py", with: "<<<<<<< HEAD\n    cmd: a\n=======\n    cmd: b\n>>>>>>> x")
    let facts = try await pipeline(["repo/dvc.lock": text]).read(.dvc, at: "repo")
    #expect(facts.runs.isEmpty)
    #expect(facts.problems == ["repo/dvc.lock:11 a merge conflict is left in it; settle it and commit"])
  }

  @Test(arguments: ["", "stages: [1, 2]\n", "outs:\n", "\u{0}\u{1}", "outs:\n- path: x\n  md5: ../../etc\n", "[]"])
  func `odd records are problems or claims, never a crash`(text: String) async throws {
    let facts = try await repository(["repo/x.dvc": text]).read(.dvc, at: "repo")
    #expect(!facts.problems.isEmpty || facts.artifacts.contains { $0.claims.contains { $0.digest == nil } })
  }

  @Test func `an output at an absolute path is not read`() async throws {
    let facts = try await repository([
      "repo/x.dvc": "outs:\n- md5: \(Self.empty)\n  hash: md5\n  path: /etc/passwd\n",
      "repo/dvc.lock":
        "schema: '2.0'\nstages:\n  s:\n    cmd: x\n    outs:\n    - {path: /etc/hosts, md5: \(Self.empty)}\n",
    ]).read(.dvc, at: "repo")
    #expect(facts.artifacts.map(\.file.location) == [.outside])
  }

  @Test func `is found by its folder, and a repository in it by its own`() throws {
    let store = try repository(["repo/sub/.dvc/config": "", "other/x.dvc": ""])
    #expect(try store.found() == ["repo", "repo/sub"].map { FoundStore(kind: .dvc, place: TreePath($0)) })
  }
}
