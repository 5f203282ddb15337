import AuditDatabase
import Foundation
import Records
import Rules

/// `selftest`: audits a healthy store that it makes, and thousands of damaged ones, and counts what is found.
public struct SelfTest: Sendable {
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public let description: String
  }

  /// What one scan of a mutated store gave.
  struct Trial: Sendable {
    let mutation: Int
    /// Which rule was to find it, of those this program has.
    let expected: [String]
    let place: String
    /// Rules with findings, and with undecided results; sorted.
    let findings: [String]
    let undecided: [String]

    var isFound: Bool { expected.contains { findings.contains($0) } }
    /// Something was said of a store in which nothing is wrong.
    var isFalseAlarm: Bool { expected.isEmpty && !(findings.isEmpty && undecided.isEmpty) }
  }

  private let count: Int
  private let seed: UInt64
  private let jobs: Int

  /// The same `mutations` and `seed` give the same report.
  public init(mutations: Int, seed: UInt64, jobs: Int) {
    count = mutations
    self.seed = seed
    self.jobs = max(1, jobs)
  }

  /// Runs it in a temporary folder, which goes with it.
  public func run() async throws -> SelfTestReport {
    let folder = FileManager.default.temporaryDirectory.appending(path: "repro-audit-selftest-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let places = (0..<jobs).map { "\(folder)/\($0)/store" }
    let healthy = try await makeStores(places)
    let rules = try RuleCatalogue.builtIn().rules.map(\.description.id)
    let clean = try await scan(places[0])
    let mutations = Mutation.all.map { mutation in (mutation, mutation.rules.filter(rules.contains)) }
    // A rule that this program lacks finds nothing.
    let usable = mutations.indices.filter { mutations[$0].0.isNeutral || !mutations[$0].1.isEmpty }
    let trials = try await withThrowingTaskGroup(of: [(Int, Trial)].self) { group in
      for (worker, place) in places.enumerated() {
        group.addTask {
          var found: [(Int, Trial)] = []
          for number in stride(from: worker, to: count, by: places.count) {
            let index = usable[number % usable.count]
            let (mutation, expected) = mutations[index]
            var random = SeededGenerator(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
            var image = healthy.image
            guard let spot = mutation.apply(&image, healthy, &random) else { continue }
            try image.write(to: place, over: healthy.image)
            let result = try await scan(place)
            try healthy.image.write(to: place, over: image)
            found.append(
              (
                number,
                Trial(
                  mutation: index, expected: expected, place: spot, findings: result.findings,
                  undecided: result.undecided)
              ))
          }
          return found
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
    }
    return SelfTestReport(
      mutations: Mutation.all, trials: trials, healthy: clean.findings + clean.undecided,
      unmet: rules.filter { !clean.met.contains($0) }, seed: seed, rules: rules)
  }

  /// Writes one healthy store for each worker, and the repository that its runs name.
  private func makeStores(_ places: [String]) async throws -> HealthyStore {
    var store: HealthyStore?
    for place in places {
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      let commits = try SelfTestRepository(path: "\(place)/code").make()
      let healthy = store ?? HealthyStore(commits: commits)
      try healthy.image.write(to: place)
      store = healthy
    }
    guard let store else { throw Failure(description: "there is no store to test with") }
    return store
  }

  /// The rules with findings, those with undecided results and those that something meets; each sorted.
  private func scan(_ place: String) async throws -> (findings: [String], undecided: [String], met: [String]) {
    var options = AuditOptions(now: "2026-03-01T00:00:00Z", jobs: 1)
    options.stores = [place]
    let result = try await Audit(options).run()
    defer { try? result.close() }
    let rules = { (outcome: Outcome) in
      result.summary.rules.filter { ($0.outcomes[outcome] ?? 0) > 0 }.map(\.rule).sorted()
    }
    return (rules(.fail), rules(.unverified), rules(.pass))
  }
}
