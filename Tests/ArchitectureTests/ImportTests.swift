import Foundation
import Testing

/// Who may import whom: SwiftPM lets a target import a sibling that it does not declare, depending on build order.
@Suite struct ImportTests {
  static let allowed: [String: Set<String>] = [
    "Records": [],
    "Documents": ["CYaml"],
    "Pins": ["Records", "Documents"],
    "Hashing": ["Records", "Crypto", "SystemPackage"],
    "Stores": ["Records", "Documents", "Pins", "Hashing", "SystemPackage", "GRDB", "GRDBSQLite"],
    "AuditDatabase": ["Records", "CSQLiteSettings", "Crypto", "GRDB", "GRDBSQLite"],
    "Rules": ["Records", "Documents", "AuditDatabase"],
    "Lineage": ["Records"],
    "Reports": ["Records", "AuditDatabase", "Rules", "Lineage", "CLibXML2", "Crypto", "Mustache", "SystemPackage"],
    "ReproAudit": [
      "Records", "Documents", "Pins", "Stores", "Hashing", "AuditDatabase", "Rules", "Lineage", "Reports",
      "Subprocess", "SystemPackage",
    ],
    "repro-audit": ["ReproAudit", "ArgumentParser"],
    "SourceGenerator": ["Yams"],
  ]
  /// What comes with the toolchain.
  static let system: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: allowed.keys.sorted())
  func `imports only what its layer may`(target: String) throws {
    let allowed = try #require(Self.allowed[target])
    for (file, line) in try Self.lines(of: target) {
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 1, let module = words.last, !line.hasPrefix("//")
      else {
        continue
      }
      let name = String(module)
      #expect(allowed.contains(name) || Self.system.contains(name), "\(file): \(line)")
    }
  }

  @Test func `the pure targets touch neither disk nor clock`() throws {
    for target in ["Records", "Documents", "Pins", "Lineage"] {
      for (file, line) in try Self.lines(of: target) {
        for word in ["FileManager", "FileHandle", "Date()", "Date.now", "Process("] {
          #expect(!line.contains(word), "\(file): \(line)")
        }
      }
    }
  }

  @Test func `only --now's own reader asks what time it is`() throws {
    for target in Self.allowed.keys.sorted() {
      for (file, line) in try Self.lines(of: target) where file != "repro-audit/Terminal/Clock.swift" {
        for word in ["Date()", "Date.now", "time(nil)", "clock_gettime", "gettimeofday", "datetime('now"] {
          #expect(!line.contains(word), "\(file): \(line)")
        }
      }
    }
  }

  @Test func `no source forces its luck`() throws {
    for target in Self.allowed.keys.sorted() {
      for (file, line) in try Self.lines(of: target) where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        for word in ["try!", "as!", "@unchecked Sendable", "nonisolated(unsafe)", "fatalError(", "DispatchQueue"] {
          #expect(!line.contains(word), "\(file): \(line)")
        }
      }
    }
  }

  private static func lines(of target: String) throws -> [(file: String, line: String)] {
    let folder = root.appending(path: "Sources/\(target)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    return try names.sorted().flatMap { name in
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        .split(separator: "\n").map { ("\(target)/\(name)", String($0)) }
    }
  }
}
