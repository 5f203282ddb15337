/// One way to damage a healthy store, or to change it so that nothing is wrong.
struct Mutation: Sendable {
  /// What happens, as in "a byte of the model changed".
  let name: String
  /// Each of these would be right to find it; none when nothing is wrong.
  let rules: [String]
  /// Changes `image`; returns where, or nil when this store has no such place.
  let apply: @Sendable (inout StoreImage, HealthyStore, inout SeededGenerator) -> String?

  var isNeutral: Bool { rules.isEmpty }

  init(
    _ name: String, _ rules: [String],
    _ apply: @escaping @Sendable (inout StoreImage, HealthyStore, inout SeededGenerator) -> String?
  ) {
    self.name = name
    self.rules = rules
    self.apply = apply
  }

  /// All of them; a new rule needs a line in one of the tables.
  static let all =
    files + records + environments + contradictions + data + registry + promotions + checks + waivers
    + neutral + neutralRecords
}

extension Mutation {
  /// Changes the record of a run: those of versions and others alike.
  static func record(
    _ name: String, _ rules: [String], of folders: @escaping @Sendable (HealthyStore) -> [String] = { $0.runs },
    _ change: @escaping @Sendable (inout RecordTree, inout SeededGenerator) -> Void
  ) -> Mutation {
    record(name, rules, of: folders) { record, _, random in change(&record, &random) }
  }

  /// The same, with what the store knows.
  static func record(
    _ name: String, _ rules: [String], of folders: @escaping @Sendable (HealthyStore) -> [String] = { $0.runs },
    _ change: @escaping @Sendable (inout RecordTree, HealthyStore, inout SeededGenerator) -> Void
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(folders(store)) else { return nil }
      image.update("\(folder)/run.json") { change(&$0, store, &random) }
      return "\(folder)/run.json"
    }
  }

  /// Changes the text of a file that each run has.
  static func text(
    _ name: String, _ rules: [String], file: String, digestAt claim: [String] = [],
    _ change: @escaping @Sendable (String, inout SeededGenerator) -> String
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      let path = "\(folder)/\(file)"
      image.set(path, change(image.text(path), &random))
      // An honest change: the record says what the file is now.
      if !claim.isEmpty {
        let digest = image.digest(path)
        image.update("\(folder)/run.json") { $0[claim[...]] = .text(digest) }
      }
      return path
    }
  }

  /// Another hexadecimal digit somewhere in `text`.
  static func otherDigit(_ text: String, _ random: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    let places = bytes.indices.suffix(64)
    guard !places.isEmpty else { return text }
    let place = places.startIndex + random.below(places.count)
    bytes[place] = bytes[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
    return String(decoding: bytes, as: UTF8.self)
  }
}
