import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct WandBReaderTests {
  private func log() throws -> (folder: String, bytes: Data) {
    let runs = SignedModelReaderTests.fixtures.appending(path: "wandb/wandb")
    let folder = try #require(
      try FileManager.default.contentsOfDirectory(atPath: runs.path).first { $0.hasPrefix("offline") })
    let files = try FileManager.default.contentsOfDirectory(atPath: runs.path + "/" + folder)
    let name = try #require(files.first { $0.hasSuffix(".wandb") })
    return ("wandb/\(folder)/\(name)", try Data(contentsOf: runs.appending(path: "\(folder)/\(name)")))
  }

  @Test func `the log of a run says what it was and what it made`() async throws {
    let store = try StoreScratch()
    try FileManager.default.removeItem(at: store.root)
    try FileManager.default.copyItem(at: SignedModelReaderTests.fixtures.appending(path: "wandb"), to: store.root)
    let facts = try await store.read(.wandb, at: "wandb")
    #expect(facts.problems.isEmpty)
    let run = try #require(facts.runs.first)
    #expect(run.status == "finished" && run.seeds.map(\.text) == ["42"] && run.environment?.python == "3.11.7")
    #expect(run.params.map(\.name) == ["seed", "train.C"] && run.metrics.map(\.name) == ["auc"])
    #expect(run.environment?.requirements.map(\.name) == ["numpy", "wandb"])
    // The folder was moved: the copies that were staged are found by the end of their path.
    #expect(
      facts.artifacts.allSatisfy { $0.file.location == .local && $0.file.path.hasPrefix("data-dir/artifacts/staging/") }
    )
    #expect(facts.claims.count == 2 && facts.claims.allSatisfy { $0.contains(" md5:") })
    #expect(facts.datasets.map(\.name) == ["transactions@a46364d1"])
    #expect(run.datasets.map(\.name) == facts.datasets.map(\.name))
    #expect(try store.found() == [FoundStore(kind: .wandb, place: TreePath("wandb"))])
  }

  @Test func `a killed run keeps what came before, and says where it ends`() async throws {
    let (path, bytes) = try log()
    let store = try StoreScratch()
    try store.write(path, bytes.prefix(bytes.count - 5))
    let facts = try await store.read(.wandb, at: "wandb")
    #expect(facts.problems == ["\(path) its last record is cut short"])
    #expect(facts.runs.count == 1)
  }

  @Test func `every changed byte of the log is noticed`() throws {
    let (_, bytes) = try log()
    for index in stride(from: 0, to: bytes.count, by: 61) {
      var spoiled = Array(bytes)
      spoiled[index] ^= 0x20
      #expect(WandBLog(spoiled).trouble != nil, "byte \(index)")
    }
  }

  /// A log as the client writes it.
  private func log(of records: [[UInt8]]) -> [UInt8] {
    var file: [UInt8] = [0x3A, 0x57, 0x26, 0x42, 0xE1, 0xBE, 0x00]
    for record in records {
      var rest = record[...]
      var isFirst = true
      while !rest.isEmpty {
        let room = 32768 - file.count % 32768 - 7
        let part = rest.prefix(room)
        rest = rest.dropFirst(room)
        let type: UInt8 = isFirst ? rest.isEmpty ? 1 : 2 : rest.isEmpty ? 4 : 3
        let crc = CRC32.checksum([type] + part)
        file += (0..<4).map { UInt8(truncatingIfNeeded: crc >> (8 * UInt32($0))) }
        file += [UInt8(part.count & 0xFF), UInt8(part.count >> 8), type] + part
        isFirst = false
      }
    }
    return file
  }

  /// A field of a message that is a message or a text, of at most 16383 bytes.
  private func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    let key = number << 3 | 2
    func varint(_ value: Int) -> [UInt8] {
      value < 128 ? [UInt8(value)] : [UInt8(value & 0x7F | 0x80), UInt8(value >> 7)]
    }
    return varint(key) + varint(bytes.count) + bytes
  }

  private func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  /// A dataset of one file, as a run logs it.
  private func dataset(_ name: String, _ digest: String, path: String) -> [UInt8] {
    let entry = field(1, path) + field(2, "XUFAKrxLKna5cZ2REBfFkg==")
    return field(
      8, field(4, "dataset") + field(5, name) + field(6, digest) + field(12, field(4, entry)))
  }

  @Test func `versions of a dataset are kept apart, and the same one logged again is one`() async throws {
    let store = try StoreScratch()
    let run = field(17, field(1, "r"))
    let logs = [
      "1-a": [run, dataset("train", "aaaaaaaa11", path: "a.csv"), dataset("train", "bbbbbbbb22", path: "b.csv")],
      "2-b": [run, dataset("train", "bbbbbbbb22", path: "b.csv"), dataset("test", "cccccccc33", path: "c.csv")],
      "3-c": [
        run, field(25, field(2, "dataset") + field(3, "train:v0")),
        field(25, field(2, "dataset") + field(3, "test:v0")),
      ],
    ]
    for (name, records) in logs {
      try store.write("wandb/offline-run-20261123_12254\(name)/run-\(name).wandb", Data(log(of: records)))
    }
    let facts = try await store.read(.wandb, at: "wandb")
    #expect(facts.problems == [])
    #expect(
      facts.datasets.compactMap(\.name) == ["train@aaaaaaaa", "train@bbbbbbbb", "train@bbbbbbbb", "test@cccccccc"])
    #expect(facts.datasets.compactMap(\.contentHash?.text) == ["aaaaaaaa11", "bbbbbbbb22", "bbbbbbbb22", "cccccccc33"])
    let uses = try #require(facts.runs.last?.datasets)
    #expect(uses.map(\.name) == ["train", "test@cccccccc"] && uses.map(\.declared) == ["train:v0", "test:v0"])
    #expect(uses[0].reason == "2 datasets were logged as `train`; which is meant is not recorded")
  }

  @Test func `a record in several blocks is put together`() {
    let data = [UInt8](repeating: 7, count: 70_000)
    let log = WandBLog(log(of: [data]))
    #expect(log.trouble == nil && log.records == [data])
    #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
  }

  @Test(arguments: [[], [0xFF], [0x08], [0x0A, 0x05, 1], [0x00], [0x0B], [UInt8](repeating: 0xFF, count: 11)])
  func `odd messages are none or empty`(bytes: [UInt8]) {
    #expect(ProtobufMessage(bytes[...])?.fields.isEmpty ?? true)
  }
}

@Suite struct SacredReaderTests {
  static let md5 = "5d41402abc4b2a76b9719d911017c592"

  private func read(_ files: [String: String]) async throws -> [Fact] {
    try await StoreScratch(
      [
        "runs/_sources/train_\(Self.md5).py": "hello", "runs/_resources/t_\(Self.md5).csv": "hello",
        "runs/1/run.json": #"""
        {"status": "COMPLETED", "start_time": "2026-11-23T12:26:55.1", "stop_time": "2026-11-23T12:26:56", "command": "main",
         "result": 0.9, "artifacts": ["model.pkl", "../../etc/passwd"], "resources": [["/srv/t.csv", "../runs/_resources/t_\#(Self.md5).csv"]],
         "host": {"python_version": "3.11.7", "os": ["Linux", "Linux-6"]},
         "experiment": {"mainfile": "train.py", "dependencies": ["numpy==1.26.4"], "sources": [["train.py", "_sources/train_\#(Self.md5).py"]],
          "repositories": [{"url": "https://git.example.org/f.git", "commit": "7fe24f34cf4ceab60ff2d717db0f65e805ccfa78", "dirty": false},
           {"url": "https://git.example.org/f.git", "commit": "7fe24f34cf4ceab60ff2d717db0f65e805ccfa78", "dirty": true}]}}
        """#,
        "runs/1/config.json": #"{"seed": 42, "C": 1.0}"#, "runs/1/model.pkl": "m",
        "runs/1/metrics.json": #"{"auc": {"steps": [0, 1], "values": [0.5, 0.8]}}"#,
      ].merging(files) { $1 }
    ).read(.sacred, at: "runs")
  }

  @Test func `a run is read from its files, and sources are verified by their names`() async throws {
    let facts = try await read([:])
    #expect(facts.problems.isEmpty)
    let run = try #require(facts.runs.first)
    #expect(run.runID == "1" && run.status == "COMPLETED" && run.command == "train.py main")
    #expect(run.startedAt == "2026-11-23T12:26:55.1Z" && run.commit.dirty == true && run.seeds.map(\.text) == ["42"])
    #expect(run.metrics.map { "\($0.name)=\($0.text)" } == ["result=0.9", "auc=0.8"])
    #expect(run.environment?.requirements.map(\.name) == ["numpy"])
    #expect(run.artifacts.map(\.file.path) == ["runs/1/model.pkl", "runs/_sources/train_\(Self.md5).py"])
    #expect(
      facts.claims == [
        "runs/_resources/t_\(Self.md5).csv md5:\(Self.md5)", "runs/_sources/train_\(Self.md5).py md5:\(Self.md5)",
      ])
    #expect(run.datasets.map(\.name) == ["t_\(Self.md5).csv"] && facts.datasets.count == 1)
  }

  @Test(arguments: ["run.json", "config.json", "metrics.json"])
  func `a file that was half written is a problem at its place`(name: String) async throws {
    let facts = try await read(["runs/1/\(name)": #"{"status": "RUNN"#])
    #expect(facts.problems.count == 1 && facts.problems[0].hasPrefix("runs/1/\(name):1"))
    #expect(facts.runs.count == (name == "run.json" ? 0 : 1))
  }

  @Test func `is found by its sources, and its records are not native ones`() async throws {
    let store = try StoreScratch(["x/_sources/a": "", "x/1/run.json": "{}", "y/1/run.json": "{}"])
    #expect(try store.found() == [FoundStore(kind: .sacred, place: TreePath("x"))])
  }
}
