import Foundation
import Hashing
import Records
import Testing

@testable import Stores

/// The same questions of every reader.
@Suite struct StoreConformanceTests {
  @Test func `there is a store of every kind`() {
    #expect(Set(StoreFixture.all.map(\.kind)) == Set(StoreKind.allCases))
  }

  @Test(arguments: StoreFixture.all)
  func `its subjects and claims are found`(fixture: StoreFixture) async throws {
    let answer = try await StoreCopy(fixture).audit()
    #expect(
      answer.stores.contains {
        $0.hasSuffix("| \(fixture.kind.rawValue)")
      }, "\(answer.stores)")
    #expect(answer.subjects.filter { !$0.hasPrefix("run ") && !$0.hasPrefix("store ") } == fixture.subjects)
    #expect(answer.subjects.filter { $0.hasPrefix("run ") }.count == fixture.runs)
    #expect(answer.checks.count == fixture.claims, "\(answer.checks)")
    #expect(answer.problems == [])
  }

  @Test(arguments: StoreFixture.all)
  func `a flipped byte in a file with a digest is lost integrity or a finding`(fixture: StoreFixture) async throws {
    let copy = try StoreCopy(fixture)
    let healthy = try await copy.audit()
    let vouched = try #require(
      try copy.files.first { path in
        healthy.checks.contains { $0.hasPrefix(path + " | ") && $0.hasSuffix("| matched") }
      })
    _ = try copy.flip(vouched)
    let answer = try await copy.audit()
    #expect(answer.status == 1 || answer.status == 3)
    #expect(
      answer.checks.contains { $0.hasPrefix(vouched + " | ") && $0.hasSuffix("| mismatched") }, "\(answer.checks)")
    #expect(Set(answer.results) != Set(healthy.results))
  }

  @Test(arguments: StoreFixture.all)
  func `a record that cannot be read is reported with its path`(fixture: StoreFixture) async throws {
    let copy = try StoreCopy(fixture)
    let path = try #require(try copy.files.first { $0.contains(try Regex(fixture.record)) })
    try copy.write(path, Array("\0{ not: [a, record\n".utf8))
    let answer = try await copy.audit()
    #expect(answer.problems.contains { $0.contains(path) }, "\(answer.problems)")
    #expect(answer.status >= 1)
  }

  @Test(arguments: StoreFixture.all)
  func `a link out of the store is not followed, and that is said`(fixture: StoreFixture) async throws {
    let copy = try StoreCopy(fixture)
    let healthy = try await copy.audit()
    let path = try copy.moveOut(fixture.inner)
    let answer = try await copy.audit()
    #expect(answer.read.filter { $0 == path || $0.hasPrefix(path + "/") } == [])
    #expect(
      (answer.problems + answer.results + answer.checks).contains { $0.contains(path) && !healthy.says($0) },
      "\(answer.problems)")
    #expect(answer.status >= healthy.status && answer.status > 0)
  }

  @Test(arguments: StoreFixture.all)
  func `nothing is written into the store, and two scans say the same`(fixture: StoreFixture) async throws {
    let copy = try StoreCopy(fixture)
    func state() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: copy.root.path).sorted().map { path in
        let place = copy.root.appending(path: path).path
        let values = try FileManager.default.attributesOfItem(atPath: place)
        let digest = values[.type] as? FileAttributeType == .typeRegular ? BytesDigest.sha256(try copy.bytes(path)) : ""
        return "\(path) \(values[.modificationDate] ?? "") \(digest)"
      }
    }
    let before = try state()
    let first = try await copy.audit()
    let second = try await copy.audit()
    #expect(first == second)
    #expect(try state() == before)
  }

  @Test(arguments: StoreFixture.all)
  func `a changed byte in any file is noticed, or the file is on the list of those that do not matter`(
    fixture: StoreFixture
  ) async throws {
    let copy = try StoreCopy(fixture)
    let healthy = try await copy.audit()
    let neutral = try fixture.neutral.map { (pattern: try Regex($0.pattern), neutral: $0) }
    func isNoticed(_ path: String) async throws -> Bool {
      guard let before = try copy.flip(path) else { return true }
      defer { try? copy.write(path, before) }
      return try await copy.audit() != healthy
    }
    let files = try copy.files
    for path in files where !neutral.contains(where: { path.contains($0.pattern) }) {
      #expect(try await isNoticed(path), "a changed byte in \(path) goes unnoticed")
    }
    // What stands on the list must need to.
    for (pattern, item) in neutral {
      var isNeeded = false
      for path in files where path.contains(pattern) && !isNeeded { isNeeded = try await !isNoticed(path) }
      #expect(isNeeded, "nothing needs \(item.pattern) any more")
    }
  }
}
