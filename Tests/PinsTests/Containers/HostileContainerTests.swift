import Foundation
import Pins
import Testing

/// What people never write, and must neither crash nor hang a reader.
@Suite struct HostileContainerTests {
  /// A fixed sequence of numbers: the same on every machine.
  private struct Random {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return limit == 0 ? 0 : Int(state >> 33) % limit
    }
  }

  private static func mutate(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
    let alphabet = Array("ab1/:@.-_${}()[]\"'`\\\n\r\t #<>=|&;,*\u{FEFF}é".utf8) + [0, 0xFF]
    var result = bytes
    for _ in 0...random.next(below: 6) {
      let place = random.next(below: result.count + 1)
      switch random.next(below: 4) {
      case 0: result.insert(alphabet[random.next(below: alphabet.count)], at: place)
      case 1: if place < result.count { result[place] = alphabet[random.next(below: alphabet.count)] }
      case 2: if place < result.count { result.remove(at: place) }
      default:
        let end = min(result.count, place + random.next(below: 20))
        result.insert(contentsOf: result[place..<end], at: random.next(below: result.count + 1))
      }
    }
    return result
  }

  @Test func `thousands of mutated Dockerfiles are read, and no FROM is lost`() throws {
    let seeds = try RepositoryFiles.files("Fuzz/Corpus/dockerfile")
    #expect(seeds.count >= 24)
    var random = Random(seed: 17)
    for round in 0..<4000 {
      let bytes = Self.mutate(seeds[round % seeds.count].bytes, &random)
      let reading = Dockerfile.read(path: "Dockerfile", bytes: bytes)
      let lines = bytes.count { $0 == 0x0A } + 1
      let places = reading.images.map(\.line) + reading.installs.map(\.line) + reading.problems.compactMap(\.line)
      #expect(places.allSatisfy { (1...lines).contains($0) })
      #expect(reading == Dockerfile.read(path: "Dockerfile", bytes: bytes))
      #expect(reading.images.allSatisfy { ($0.pin == .unresolved) == ($0.reason != nil) })
    }
  }

  @Test func `every line of a broken Dockerfile is an image, a stage or a problem`() {
    var random = Random(seed: 3)
    let words = ["FROM", "from", "FORM", "a", "b:1.2.3", "AS", "${X}", "C", "scratch", "''", "--platform=x", "@"]
    for _ in 0..<3000 {
      let lines = (0..<4).map { _ in
        (0...random.next(below: 4)).map { _ in words[random.next(below: words.count)] }.joined(separator: " ")
      }
      let reading = Dockerfile.read(path: "Dockerfile", bytes: Array(lines.joined(separator: "\n").utf8))
      let told = Set(reading.images.map(\.line) + reading.problems.compactMap(\.line))
      var stages: Set<Substring> = ["scratch"]
      for (index, line) in lines.enumerated() where !told.contains(index + 1) {
        // What is not told of is `FROM scratch` or a stage from above.
        let operands = line.split(separator: " ").filter { !$0.hasPrefix("--") }
        let base = operands.dropFirst().first ?? ""
        #expect(
          stages.contains(base) || lines[..<index].contains { $0.lowercased().contains(" as \(base.lowercased())") },
          "\(lines)")
        stages.insert(operands.last ?? "")
      }
    }
  }

  @Test func `thousands of mutated references, compose files and manifests are read`() throws {
    var random = Random(seed: 23)
    let images = try RepositoryFiles.files("Fuzz/Corpus/image")
    for round in 0..<6000 {
      let text = String(decoding: Self.mutate(images[round % images.count].bytes, &random), as: UTF8.self)
      let pin = ImageReference.pin(of: text)
      let reference = try? ImageReference(parsing: text)
      #expect((reference == nil) == (pin == .invalid))
    }
    let folders: [(String, [ContainerFileKind])] = [
      ("compose", [.compose, .gitLab, .helmValues]), ("kubernetes", [.kubernetes, .helmTemplate, .kustomization]),
      ("dockerfile", [.jenkinsfile, .bake, .devcontainer]),
    ]
    for (folder, kinds) in folders {
      let seeds = try RepositoryFiles.files("Fuzz/Corpus/\(folder)")
      for round in 0..<1500 {
        let bytes = Self.mutate(seeds[round % seeds.count].bytes, &random)
        for kind in kinds { _ = ContainerFile.read(kind, path: "x", bytes: bytes, lookup: .none) }
      }
    }
  }

  private static let large: [(name: String, text: String)] = [
    ("one long line", "FROM a\nRUN " + String(repeating: "a", count: 5 << 20)),
    ("brackets", String(repeating: "[", count: 1 << 20)),
    ("JSON brackets", "FROM a\nRUN " + String(repeating: "[", count: 1 << 20)),
    ("continuations", "FROM a\nRUN x" + String(repeating: " \\\n y", count: 100_000)),
    ("empty continuations", "FROM a\nRUN x \\\n" + String(repeating: "\\\n", count: 100_000)),
    ("comments inside", "FROM a\nRUN x \\\n" + String(repeating: "# c\n", count: 200_000)),
    (
      "stages",
      (0..<50_000).map { "FROM \($0 == 0 ? "a" : "s\($0 - 1)") AS s\($0)\nENV K\($0)=v" }.joined(separator: "\n")
    ),
    ("stages of one base", String(repeating: "FROM python:3.10 AS x\n", count: 50_000)),
    ("open braces", "FROM " + String(repeating: "${", count: 1 << 19)),
    ("open defaults", "FROM " + String(repeating: "${a:-", count: 1 << 18)),
    ("open braces in a command", "FROM a\nRUN " + String(repeating: "${", count: 1 << 19)),
    ("long braces in a command", "FROM a\nRUN " + String(repeating: "${aaaaaaaa", count: 1 << 17)),
    ("substitutions", "FROM a\nRUN " + String(repeating: "$(", count: 1 << 19)),
    ("quoted substitutions", "FROM a\nRUN " + String(repeating: "\"$(", count: 1 << 19)),
    ("backticks", "FROM a\nRUN " + String(repeating: "`a ", count: 1 << 17)),
    ("parentheses", "FROM a\nRUN " + String(repeating: "(", count: 1 << 20)),
    ("pipes", "FROM a\nRUN " + String(repeating: "curl x | sh | ", count: 1 << 16)),
    ("shells in shells", "FROM a\nRUN " + String(repeating: "sh -c \"", count: 1 << 17)),
    ("doubling", "FROM a\n" + (0..<64).map { "ENV A\($0 + 1)=$A\($0)$A\($0)\n" }.joined() + "ENV A0=xx\n"),
    (
      "doubled",
      "FROM a\nENV A0=xx\n" + (0..<64).map { "ENV A\($0 + 1)=$A\($0)$A\($0)\n" }.joined() + "RUN "
        + String(repeating: "$A10", count: 1 << 17)
    ),
    (
      "doubled runs",
      "FROM a\nENV A=" + String(repeating: "x ", count: 4000) + "\n"
        + String(repeating: "RUN pip install $A\n", count: 20_000)
    ),
    ("heredocs", "FROM a\nRUN " + String(repeating: "<<A ", count: 100_000)),
    ("shell heredocs", "FROM a\nRUN <<E\n" + String(repeating: "cat <<A\n", count: 100_000)),
    (
      "patterns",
      "ARG A=" + String(repeating: "a", count: 500) + "\n"
        + String(repeating: "FROM x${A%%" + String(repeating: "*a", count: 100) + "b}\n", count: 200)
    ),
    (
      "replacements",
      "ARG A=" + String(repeating: "a", count: 128) + "\n"
        + String(repeating: "FROM x${A//" + String(repeating: "*a", count: 20) + "b/c}\n", count: 40)
    ),
    ("packages", "FROM a\nRUN pip install " + String(repeating: "a==1 ", count: 100_000)),
    ("flags", "FROM a\nRUN " + String(repeating: "--mount=type=bind ", count: 60_000)),
    ("pairs", "FROM a\nENV " + String(repeating: "a=b ", count: 200_000)),
    ("arguments", (0..<100_000).map { "ARG A\($0)=1\n" }.joined()),
    ("triggers", "FROM a\n" + String(repeating: "ONBUILD RUN pip install a\n", count: 50_000)),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: large.map(\.name))
  func `large and nested Dockerfiles take no time that grows faster than they do`(name: String) throws {
    let text = try #require(Self.large.first { $0.name == name }).text
    _ = Dockerfile.read(path: "Dockerfile", bytes: Array(text.utf8))
  }

  @Test(.timeLimit(.minutes(5))) func `references of any length are refused at once`() {
    for part in ["a", "a/", ":", "-", "a-", "@", "[", "é", "a.", "1", "x:v1-"] {
      _ = ImageReference.pin(of: String(repeating: part, count: (1 << 20) / part.utf8.count))
      _ = ImageReference.pin(of: "a" + String(repeating: part, count: (1 << 20) / part.utf8.count))
    }
  }
}
