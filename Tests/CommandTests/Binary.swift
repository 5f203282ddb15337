import Foundation

/// The built `repro-audit`, run as a user would.
enum Binary {
  struct Run {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Beside the test bundle, where SwiftPM puts executables.
  static let url: URL = {
    let bundle = URL(filePath: CommandLine.arguments.first ?? "")
    var folder = bundle.deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appending(path: "repro-audit")
      if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return root.appending(path: ".build/debug/repro-audit")
  }()

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Runs the binary to its end; `directory` is where it works.
  static func run(
    _ arguments: [String], in directory: URL? = nil, environment: [String: String] = [:]
  ) throws -> Run {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files, not pipes: a report may be larger than a pipe holds.
    let folder = FileManager.default.temporaryDirectory
    let outputs = [UUID(), UUID()].map { folder.appending(path: "repro-audit-run-\($0.uuidString)") }
    let handles = try outputs.map { url in
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }
    defer { for url in outputs { try? FileManager.default.removeItem(at: url) } }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: outputs[0], encoding: .utf8),
      errors: try String(contentsOf: outputs[1], encoding: .utf8))
  }
}
