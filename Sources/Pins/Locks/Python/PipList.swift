import Documents

/// A list of requirements inside another file, which its tool gives to pip as a requirements file.
enum PipList {
  /// Judges the lines as that file; what they include with `-r` is judged where it lies.
  static func add(_ items: [DocumentNode], lookup: FileLookup, to rows: inout LockRows) {
    var text: [UInt8] = []
    var lines: [Int] = []
    for item in items {
      guard let written = item.text else {
        rows.addProblem("a requirement without text", line: item.line)
        continue
      }
      if let target = includeTarget(written.trimmed) {
        rows.addReference(target, line: item.line)
        continue
      }
      for line in written.split(whereSeparator: \.isNewline) {
        text += Array(line.utf8) + [UInt8(ascii: "\n")]
        lines.append(item.line)
      }
    }
    let path = rows.path
    let reading = RequirementsFile.read(path: path, bytes: text, lookup: lookup)
    rows.append(reading.moved(in: path) { lines.indices.contains($0 - 1) ? lines[$0 - 1] : lines.last ?? 1 })
  }

  /// The file that `-r file`, `-rfile` or `--requirement=file` names.
  private static func includeTarget(_ text: String) -> String? {
    for option in ["--requirement", "-r"] where text.hasPrefix(option) {
      let rest = text.dropFirst(option.count)
      let target = (rest.hasPrefix("=") ? rest.dropFirst() : rest).trimmed
      return target.isEmpty ? nil : target
    }
    return nil
  }
}

extension PinReading {
  /// The reading with the lines of one file changed.
  fileprivate func moved(in path: String, line: (Int) -> Int) -> PinReading {
    var moved = self
    moved.requirements = requirements.map { row in
      guard row.path == path else { return row }
      return Requirement(
        name: row.name, text: row.text, pin: row.pin, hashed: row.hashed, marker: row.marker, path: path,
        line: line(row.line))
    }
    moved.problems = problems.map { problem in
      guard problem.path == path, let written = problem.line else { return problem }
      return PinProblem(message: problem.message, path: path, line: line(written))
    }
    return moved
  }
}
