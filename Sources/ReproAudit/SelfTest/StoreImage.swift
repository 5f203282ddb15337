import Foundation

/// A store in memory: what lies where, and how it differs from another.
struct StoreImage: Sendable, Hashable {
  enum Item: Sendable, Hashable {
    case file([UInt8])
    case link(String)
  }

  var items: [String: Item] = [:]
  /// The records among the files, as values; `update` writes them.
  var records: [String: RecordTree] = [:]

  mutating func set(_ path: String, _ text: String) { items[path] = .file(Array(text.utf8)) }

  func bytes(_ path: String) -> [UInt8] { if case .file(let bytes)? = items[path] { bytes } else { [] } }

  func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  /// Writes a record; a list into a file of JSON lines, one item a line.
  mutating func set(_ path: String, _ record: RecordTree) {
    records[path] = record
    if path.hasSuffix(".jsonl"), case .list(let items) = record {
      set(path, items.map { $0.json(step: 0) + "\n" }.joined())
    } else {
      set(path, record.json() + "\n")
    }
  }

  /// Changes a record and writes it again.
  mutating func update(_ path: String, _ body: (inout RecordTree) -> Void) {
    guard var record = records[path] else { return }
    body(&record)
    set(path, record)
  }

  mutating func remove(_ path: String) {
    items[path] = nil
    records[path] = nil
  }

  /// The paths below `folder`, sorted.
  func paths(below folder: String) -> [String] { items.keys.filter { $0.hasPrefix(folder + "/") }.sorted() }

  /// Gives the files below `folder` to `target` too; records there are not updated any more.
  mutating func copy(_ folder: String, to target: some StringProtocol) {
    for path in paths(below: folder) { items["\(target)\(path.dropFirst(folder.count))"] = items[path] }
  }

  mutating func move(_ folder: String, to target: some StringProtocol) {
    copy(folder, to: target)
    for path in paths(below: folder) { remove(path) }
  }

  /// Writes what differs from `other`, which lies at `root`.
  func write(to root: String, over other: StoreImage = StoreImage()) throws {
    for path in other.items.keys.sorted() where items[path] == nil {
      try FileManager.default.removeItem(atPath: "\(root)/\(path)")
      var folder = (path as NSString).deletingLastPathComponent
      // A version whose files are gone is gone.
      while !folder.isEmpty, try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").isEmpty {
        try FileManager.default.removeItem(atPath: "\(root)/\(folder)")
        folder = (folder as NSString).deletingLastPathComponent
      }
    }
    for (path, item) in items.sorted(by: { $0.key < $1.key }) where other.items[path] != item {
      let place = "\(root)/\(path)"
      try FileManager.default.createDirectory(
        atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      if other.items[path] != nil { try FileManager.default.removeItem(atPath: place) }
      switch item {
      case .file(let bytes): try Data(bytes).write(to: URL(filePath: place))
      case .link(let target): try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
      }
    }
  }
}

/// Random numbers that are the same for the same seed, everywhere (SplitMix64).
struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
}
