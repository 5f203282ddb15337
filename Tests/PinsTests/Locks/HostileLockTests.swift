import Foundation
import Pins
import Testing

@Suite struct HostileLockTests {
  private static func bytes(_ text: String, _ count: Int) -> [UInt8] {
    Array(String(repeating: text, count: count).utf8)
  }

  @Test(.timeLimit(.minutes(5)), arguments: LockFileKind.allCases)
  func `large nonsense is a problem, soon`(kind: LockFileKind) {
    for bytes in [
      Self.bytes("[", 1 << 20), Self.bytes("a", 1_000_000), Self.bytes("{", 1 << 20), Self.bytes("- ", 500_000),
      Self.bytes("\"", 1 << 20), Self.bytes("#\\\n", 100_000), Self.bytes("a:\n", 100_000),
      [UInt8](repeating: 0xFF, count: 1 << 20),
    ] {
      let reading = LockFile.read(kind, path: "f", bytes: bytes)
      #expect(!reading.requirements.contains { $0.pinned })
    }
  }

  @Test(.timeLimit(.minutes(5))) func `a hundred thousand entries are read in time`() {
    let count = 100_000
    func read(_ kind: LockFileKind, _ text: String) -> PinReading {
      LockFile.read(kind, path: "f", bytes: Array(text.utf8))
    }
    let pipfile =
      "{\"_meta\": {\"pipfile-spec\": 6}," + (0..<count).map { "\"c\($0)\": {}" }.joined(separator: ",") + "}"
    #expect(read(.pipfileLock, pipfile).problems.isEmpty)
    let julia =
      "[deps]\n" + (0..<count).map { "P\($0) = 'u'\n" }.joined() + "[compat]\n"
      + (0..<count).map { "P\($0) = '1'\n" }.joined()
    #expect(read(.juliaProject, julia).requirements.count == count)
    let explicit = (0..<count).map { "https://c.org/linux-64/p\($0)-1-0.conda\n" }.joined()
    #expect(read(.condaExplicit, explicit).requirements.count == count)
    let environment = "dependencies:\n" + (0..<count).map { "- p\($0)=1\n" }.joined()
    #expect(read(.condaEnvironment, environment).requirements.count == count)
    let poetry = "[tool.poetry.dependencies]\n" + (0..<count).map { "p\($0) = '^1'\n" }.joined()
    #expect(read(.pyproject, poetry).requirements.count == count)
  }

  @Test(arguments: [
    "uv-script/tool.py.lock", "poetry-1.1/poetry.lock", "pipenv/Pipfile.lock", "pip/pylock.toml", "pdm/pdm.lock",
    "conda-lock/conda-lock.yml", "explicit/conda-linux-64.lock", "pixi-6/pixi.lock", "pixi-4/pixi.lock",
    "conda/environment.yml", "mlflow/python_env.yaml", "uv/pyproject.toml", "poetry-2/pyproject.toml", "pipenv/Pipfile",
    "renv/renv.lock", "julia/Project.toml", "julia/Manifest.toml",
  ])
  func `changed files never crash a reader, and every problem has its line`(path: String) throws {
    let seed = try LockFixtures.bytes(path)
    let kind = try #require(LockFile.kind(of: path, bytes: seed))
    let alphabet = Array("[]{}=.,:\"'\\#\n\r\t -@/+*<>!|&0aZé".utf8) + [0xFF, 0]
    var mutation = LockMutation(seed: 23)
    for _ in 0..<300 {
      let bytes = mutation.change(seed, alphabet: alphabet)
      let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
      let reading = LockFile.read(kind, path: path, bytes: bytes, lookup: LockFixtures.beside)
      for problem in reading.problems where problem.path == path { #expect((1...lines).contains(problem.line ?? 0)) }
      for row in reading.requirements where row.path == path { #expect((1...lines).contains(row.line)) }
    }
  }

  @Test func `every line of a changed explicit list is a comment, a row or a problem`() throws {
    let seed = try LockFixtures.bytes("explicit/conda-linux-64.lock")
    var mutation = LockMutation(seed: 29)
    for _ in 0..<1500 {
      let bytes = mutation.change(seed, alphabet: Array("#/-. @%ax0\n".utf8))
      let reading = LockFile.read(.condaExplicit, path: "f", bytes: bytes)
      let told = Set(reading.requirements.map(\.line) + reading.problems.compactMap(\.line))
      var texts: Set<String> = []
      let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
      for (index, line) in lines.enumerated() {
        let text = line.trimmingCharacters(in: .whitespaces)
        // A line that stands twice is one row.
        guard !text.isEmpty, !text.hasPrefix("#"), text != "@EXPLICIT", texts.insert(text).inserted else { continue }
        let isSameFile = reading.requirements.contains { text.hasPrefix($0.text) }
        #expect(told.contains(index + 1) || isSameFile, Comment(rawValue: text))
      }
    }
  }

  @Test func `changed match specs never crash it`() {
    let seeds = [
      "conda-forge/linux-64::numpy>=1.2,<2 py_0", "x[version='>=1', build=py_0]", "a==1.0=h0_0", "a=1.*|2.*  # c",
      "https://c.org/linux-64/x-1.0-h0_0.conda#0123456789abcdef0123456789abcdef", "x@", "^a.*$ 1",
    ].map { Array($0.utf8) }
    var mutation = LockMutation(seed: 31)
    for round in 0..<8000 {
      let bytes = mutation.change(seeds[round % seeds.count], alphabet: Array("=<>!~,|*[]'\"@:/#^$ a1.-_é".utf8))
      guard let spec = try? CondaMatchSpec(parsing: String(decoding: bytes, as: UTF8.self)) else { continue }
      #expect(!spec.isExactBuild || spec.isExact)
      #expect(!spec.name.isEmpty)
      #expect(!spec.isExact || spec.pin.isPinned || spec.pin == .local)
    }
  }
}

/// Makes bad inputs of good ones: a fixed seed gives the same ones on every machine.
struct LockMutation {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// `bytes` with up to three changes: a byte replaced, taken out or put in, a part doubled, the end cut off.
  mutating func change(_ bytes: [UInt8], alphabet: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(3) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(9) {
      case 0, 1: bytes[place] = alphabet[below(alphabet.count)]
      case 2, 3: bytes.remove(at: place)
      case 4, 5: bytes.insert(alphabet[below(alphabet.count)], at: place)
      case 6, 7: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(60))], at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
