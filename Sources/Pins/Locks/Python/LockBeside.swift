/// What a lock file beside a project file makes of the project's ranges.
enum LockBeside {
  /// Gives each row that is not pinned the pin its name has in the first of the files that is there.
  static func apply(_ files: [(name: String, kind: LockFileKind)], lookup: FileLookup, to rows: inout LockRows) {
    guard rows.reading.requirements.contains(where: isOpen) else { return }
    for file in files {
      let place = place(of: file.name, beside: rows.path)
      switch lookup.read(place) {
      case .missing: continue
      case .unreadable(let reason), .refused(let reason):
        return rows.addProblem("`\(file.name)` beside it cannot be read: \(reason)", line: nil)
      case .found(let bytes):
        let pins = pins(LockFile.read(file.kind, path: place, bytes: bytes))
        return rows.mapRequirements { row in
          guard isOpen(row), let name = row.name, let locked = pins[name], locked.isPinned else { return row }
          var row = row
          row.pin = locked
          row.hashed = locked == .hashed || locked == .urlDigest
          return row
        }
      }
    }
  }

  private static func place(of name: String, beside path: String) -> String {
    path.lastIndex(of: "/").map { path[...$0] + name } ?? name
  }

  private static func isOpen(_ row: Requirement) -> Bool { !row.pinned && row.pin != .invalid }

  /// The pin of each name: the weakest, where markers make several of it.
  private static func pins(_ reading: PinReading) -> [String: RequirementPin] {
    var pins: [String: RequirementPin] = [:]
    for row in reading.requirements {
      guard let name = row.name else { continue }
      if let known = pins[name], !known.isPinned || known == .exact && row.pinned { continue }
      pins[name] = row.pin
    }
    return pins
  }
}
