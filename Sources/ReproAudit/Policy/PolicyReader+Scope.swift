import Documents
import Stores

extension PolicyReader {
  mutating func readName(_ entry: DocumentEntry) throws(PolicyError) {
    policy.name = try text(entry.node, "`name`")
  }

  /// `include`: path globs; what a policy extends is replaced.
  mutating func readInclude(_ entry: DocumentEntry) throws(PolicyError) {
    policy.include = try texts(entry.node, "`include`").map(Glob.init)
    mark(PolicyPlace("include"), line: entry.line)
  }

  /// `exclude`: path globs; what a policy extends is replaced.
  mutating func readExclude(_ entry: DocumentEntry) throws(PolicyError) {
    policy.exclude = try texts(entry.node, "`exclude`").map(Glob.init)
    mark(PolicyPlace("exclude"), line: entry.line)
  }

  /// `scope`: locations that are declared out of scope, each with the reason.
  mutating func readScope(_ section: DocumentEntry) throws(PolicyError) {
    for entry in try map(section.node, "`scope`") {
      guard entry.key == "exclude", let items = entry.node.elements else {
        throw unknown("key of `scope`", entry.key, among: ["exclude"], line: entry.line)
      }
      for item in items {
        attempt { reader throws(PolicyError) in
          let exclusion = try reader.exclusion(item)
          reader.policy.scope.append(exclusion)
          reader.mark(PolicyPlace("scope", exclusion.location.pattern), line: item.line)
        }
      }
    }
  }

  private func exclusion(_ item: DocumentNode) throws(PolicyError) -> Policy.Exclusion {
    for key in try map(item, "an exclusion") where !["location", "reason"].contains(key.key) {
      throw unknown("key of an exclusion", key.key, among: ["location", "reason"], line: key.line)
    }
    guard let location = item["location"]?.text, let reason = item["reason"]?.text, !reason.isEmpty else {
      throw mistake("an exclusion needs `location` and `reason`, for the auditor who asks", line: item.line)
    }
    return Policy.Exclusion(location: Glob(location), reason: reason)
  }

  /// `synonyms`: a key of run records or manifests → how this team names it.
  mutating func readSynonyms(_ section: DocumentEntry) throws(PolicyError) {
    for entry in try map(section.node, "`synonyms`") {
      attempt { reader throws(PolicyError) in
        guard let key = RecordKey(name: entry.key) else {
          throw reader.unknown("record key", entry.key, among: RecordKey.allCases.map(\.name), line: entry.line)
        }
        reader.policy.synonyms[key] = try reader.texts(entry.node, "`\(entry.key)`")
        reader.mark(PolicyPlace("synonyms", key.name), line: entry.line)
      }
    }
  }
}
