import Documents
import Records
import Rules
import Stores

/// Which rules apply, how severe they are, their parameters, the scope, and what stages ask.
public struct Policy: Sendable {
  /// A location that is declared out of scope.
  struct Exclusion: Sendable, Hashable {
    let location: Glob
    let reason: String
  }

  /// A file that holds waivers.
  struct WaiverFile: Sendable, Hashable {
    /// Where it lies; never printed.
    let place: String
    /// As the policy names it.
    let name: String
    let digest: String
  }

  /// A JSON Schema of run records, and where it lies.
  struct RunSchema: Sendable {
    /// Where it lies; never printed.
    let place: String
    let path: String
    let digest: String
    let schema: JSONSchema
  }

  var name: String
  /// Rule id → severity; a rule that is off is absent.
  var rules: [String: Severity] = [:]
  /// Rule id → parameter → value, only what the policy changes.
  var parameters: [String: [String: String]] = [:]
  /// Rules that the policy brings along.
  var ownRules: [RuleFile] = []
  /// The files and folders that it names them by, as they are found from the working directory.
  var ownRulePlaces: [String] = []
  /// How long one of them may run, in seconds.
  var ruleTimeLimit = 60
  /// In promotion order.
  var stages: [Stage] = []
  var include: [Glob] = []
  var exclude: [Glob] = []
  var scope: [Exclusion] = []
  var synonyms: [RecordKey: [String]] = [:]
  /// Rule id → severity by alias, where it differs.
  var staged: [String: StagedSeverity] = [:]
  /// In the order they are applied: a later one stands over an earlier one.
  var exceptions: [SubjectException] = []
  var waivers: [Waiver] = []
  var waiverFiles: [WaiverFile] = []
  /// What beside the policy has no effect, for people.
  var notices: [String] = []
  /// How many days a waiver may last.
  var waiverHorizon = 180
  /// The files it was read from, as they are found from the working directory.
  var files: [String] = []
  /// What every run record has to meet.
  var runSchema: RunSchema?
  /// Where each value was set last; what is not here is a rule's own default.
  var origins: [PolicyPlace: PolicyOrigin] = [:]

  /// Whether a path of a store is looked at; directories end with `/`.
  func includes(_ path: String) -> Bool {
    if exclude.contains(where: { $0.matches(path) || $0.matches(String(path.drop { $0 == "/" })) }) { return false }
    // A directory is entered whenever something below it could be included.
    return include.isEmpty || path.hasSuffix("/") || include.contains { $0.matches(path) }
  }

  /// Whether what was published at a path is looked at: its folder or its record, and what is above it.
  func examines(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    let isEntered = (0...parts.count).dropFirst().allSatisfy { includes(parts.prefix($0).joined(separator: "/") + "/") }
    guard isEntered, exclusion(path) == nil, exclusion(path + "/") == nil else { return false }
    // Of a policy that lists what it includes, something in the folder must be on the list.
    return include.isEmpty || include.contains { $0.matches(path) || $0.matchesSomething(in: path) }
  }

  /// The policy's reason for a location that is out of scope.
  func exclusion(_ location: String) -> String? { scope.first { $0.location.matches(location) }?.reason }
}
