import Records

/// One run as MLflow keeps it, from whichever store it was read.
struct MLflowRun {
  let id: String
  /// Of its record, relative to the scanned directory.
  let path: String
  /// `FINISHED`, `RUNNING`, …
  var status: String?
  /// As RFC 3339, or as written when they are no moment.
  var startedAt: String?
  var finishedAt: String?
  var params: [NamedText] = []
  var tags: [NamedText] = []
  var metrics: [NamedNumber] = []
  var datasets: [DatasetUse] = []
  /// Where its artifacts and its logged models lie, as the store writes it.
  var artifactURI: String?
  var modelURIs: [String] = []

  init(id: String, path: String) {
    self.id = id
    self.path = path
  }

  func tag(_ key: String) -> String? {
    tags.first { $0.name == key }?.text.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// The words that MLflow writes as numbers.
enum MLflowWords {
  /// Of a run's `meta.yaml`; the SQL store writes the words themselves.
  static func status(_ text: String?) -> String? {
    switch text {
    case "1": "RUNNING"
    case "2": "SCHEDULED"
    case "3": "FINISHED"
    case "4": "FAILED"
    case "5": "KILLED"
    default: text
    }
  }

  /// Milliseconds since 1970 as RFC 3339; as written when they are no moment.
  static func time(_ text: String?) -> String? {
    text.map { Instant($0)?.description ?? $0 }
  }

  /// What MLflow takes for a run's id: 32 hexadecimal digits.
  static func isRunID(_ name: some Sequence<UInt8>) -> Bool {
    var count = 0
    for byte in name {
      guard byte >= 48 && byte <= 57 || byte >= 97 && byte <= 102 else { return false }
      count += 1
    }
    return count == 32
  }

  /// `m-` and 32 hexadecimal digits: a logged model's.
  static func isModelID(_ name: [UInt8]) -> Bool {
    name.starts(with: "m-".utf8) && isRunID(name.dropFirst(2))
  }

  static func isNumber(_ name: [UInt8]) -> Bool { !name.isEmpty && name.allSatisfy { $0 >= 48 && $0 <= 57 } }
}
