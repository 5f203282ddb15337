import Foundation
import GRDB
import Testing

@testable import AuditDatabase
@testable import ReproAudit

/// A copy of a fixture, in a folder of its fixture's name, that a test may damage; it goes with the test.
final class StoreCopy {
  let root: URL
  private let parent: URL

  init(_ fixture: StoreFixture) throws {
    parent = FileManager.default.temporaryDirectory.appending(path: "repro-audit-stores-\(UUID().uuidString)")
    root = parent.appending(path: URL(filePath: fixture.folder).lastPathComponent)
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: StoreFixture.fixtures.appending(path: fixture.folder), to: root)
    // What git would obey in its own working tree is kept under another name.
    for name in try FileManager.default.contentsOfDirectory(atPath: root.path) where name.hasPrefix("dot-") {
      try FileManager.default.moveItem(
        at: root.appending(path: name), to: root.appending(path: "." + name.dropFirst("dot-".count)))
    }
  }

  deinit {
    // A test may have taken permissions away.
    for path in (try? FileManager.default.subpathsOfDirectory(atPath: parent.path)) ?? [] {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: parent.path + "/" + path)
    }
    try? FileManager.default.removeItem(at: parent)
  }

  /// Paths of all files, sorted.
  var files: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: root.path + "/" + $0, isDirectory: &isFolder)
          && !isFolder.boolValue
      }.sorted()
    }
  }

  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: root.appending(path: path))
  }

  /// Changes the byte in the middle; returns what was there, nil of an empty file.
  func flip(_ path: String) throws -> [UInt8]? {
    let before = try bytes(path)
    guard !before.isEmpty else { return nil }
    var after = before
    after[after.count / 2] ^= 1
    try write(path, after)
    return before
  }

  /// Moves the first file or folder whose path matches out of the store, and leaves a link to it; returns its path.
  func moveOut(_ pattern: String) throws -> String {
    let regex = try Regex(pattern)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    let path = try #require(paths.first { $0.contains(regex) })
    let outside = parent.appending(path: "outside")
    try FileManager.default.moveItem(at: root.appending(path: path), to: outside)
    try FileManager.default.createSymbolicLink(
      atPath: root.appending(path: path).path, withDestinationPath: outside.path)
    return path
  }

  /// Everything an audit says, in its order; with the default policy and a fixed clock.
  func audit() async throws -> Answer {
    var options = AuditOptions(now: "2027-01-01T00:00:00Z", jobs: 2)
    options.stores = [root.path]
    options.policy = "default"
    let result = try await Audit(options).run()
    defer { try? result.close() }
    return try await result.database.reader().read { db in
      func rows(_ sql: String) throws -> [String] {
        try Row.fetchAll(db, sql: sql).map { row in
          row.map { String.fromDatabaseValue($0.1) ?? "NULL" }.joined(separator: " | ")
        }
      }
      return Answer(
        subjects: try String.fetchAll(db, sql: "SELECT kind || ' ' || name FROM subject ORDER BY position"),
        stores: try rows("SELECT store, kind FROM stores ORDER BY store"),
        results: try rows(
          "SELECT rule, subject, outcome, message, details FROM results ORDER BY rule, store, kind, subject"),
        problems: try rows("SELECT path, message FROM problems ORDER BY path, message"),
        checks: try rows(
          "SELECT path, claimed, found, verdict FROM checks WHERE claim_id IS NOT NULL ORDER BY path, claimed, document"
        ),
        read: try String.fetchAll(db, sql: "SELECT path FROM files WHERE state = 'present' ORDER BY path"),
        status: result.exitCode(failOn: .error).rawValue)
    }
  }

  struct Answer: Equatable {
    let subjects: [String]
    let stores: [String]
    let results: [String]
    let problems: [String]
    let checks: [String]
    /// Paths of files whose bytes were read.
    let read: [String]
    let status: Int32

    func says(_ line: String) -> Bool { (problems + results + checks).contains(line) }
  }
}
