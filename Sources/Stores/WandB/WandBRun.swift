import Documents
import Foundation
import Records

/// What the records of a run's log say, put together.
struct WandBRun: Sendable {
  /// An artifact that the run logged.
  struct LoggedArtifact: Sendable {
    struct Entry: Sendable {
      let path: String
      /// Base64 of an MD5, or whatever a reference was known by.
      let digest: String
      let reference: String?
      let size: Int64
      let localPath: String?
    }

    let type: String
    let name: String
    /// Of all its entries, in hexadecimal; what tells its versions apart before a server numbers them.
    let digest: String?
    let entries: [Entry]

    /// `train@fbe97d36`; the name alone where no digest is recorded.
    var identity: String { digest.map { "\(name)@\($0.prefix(8))" } ?? name }
  }

  private(set) var id: String?
  private(set) var startedAt: String?
  private(set) var repository: String?
  private(set) var commit: String?
  private(set) var python: String?
  private(set) var os: String?
  private(set) var hardware: String?
  private(set) var program: String?
  private(set) var arguments: [String] = []
  /// Nil for a run that was killed.
  private(set) var exitCode: Int64?
  private(set) var config: [String: String] = [:]
  private(set) var summary: [String: String] = [:]
  private(set) var artifacts: [LoggedArtifact] = []
  /// Names of artifacts that the run used, with their types.
  private(set) var uses: [(type: String, name: String)] = []

  init(_ log: WandBLog) {
    for record in log.records {
      guard let message = ProtobufMessage(record[...]) else { continue }
      for update in message.messages(2).flatMap({ $0.messages(1) }) { Self.note(update, in: &summary) }
      for update in message.messages(3).flatMap({ $0.messages(1) }) { Self.note(update, in: &summary) }
      for update in message.messages(5).flatMap({ $0.messages(1) }) { Self.note(update, in: &config) }
      artifacts += message.messages(8).compactMap(Self.artifact)
      if let run = message.message(17) { note(run) }
      if let exit = message.message(18) { exitCode = exit.number(1) }
      uses += message.messages(25).compactMap { use in use.text(3).map { (use.text(2) ?? "", $0) } }
      if let environment = message.message(26) { noteEnvironment(environment) }
    }
  }

  private mutating func note(_ run: ProtobufMessage) {
    id = run.text(1) ?? id
    for update in run.message(4)?.messages(1) ?? [] { Self.note(update, in: &config) }
    if let time = run.message(17) { startedAt = Self.instant(time) }
    if let git = run.message(21) { noteGit(git) }
  }

  private mutating func noteGit(_ git: ProtobufMessage) {
    repository = git.text(1) ?? repository
    commit = git.text(2) ?? commit
  }

  private mutating func noteEnvironment(_ environment: ProtobufMessage) {
    os = environment.text(1) ?? os
    python = environment.text(2) ?? python
    arguments = environment.texts(5)
    program = environment.text(6) ?? program
    if let git = environment.message(9) { noteGit(git) }
  }

  /// `{1 key, 2 nested_key[], 16 value_json}`.
  private static func note(_ item: ProtobufMessage, in values: inout [String: String]) {
    let nested = item.texts(2)
    let key = nested.isEmpty ? item.text(1) : nested.joined(separator: ".")
    if let key, !key.hasPrefix("_") { values[key] = item.text(16) ?? "null" }
  }

  private static func artifact(_ message: ProtobufMessage) -> LoggedArtifact? {
    guard let name = message.text(5) else { return nil }
    let entries = (message.message(12)?.messages(4) ?? []).compactMap { entry -> LoggedArtifact.Entry? in
      guard let path = entry.text(1) else { return nil }
      return LoggedArtifact.Entry(
        path: path, digest: entry.text(2) ?? "", reference: entry.text(3), size: entry.number(4),
        localPath: entry.text(6))
    }
    return LoggedArtifact(type: message.text(4) ?? "", name: name, digest: message.text(6), entries: entries)
  }

  /// Whole seconds, in UTC.
  private static func instant(_ time: ProtobufMessage) -> String? {
    let seconds = time.number(1)
    guard seconds > 0, seconds < 1 << 36 else { return nil }
    return Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }
}
