/// Reads requirements files as pip does: comments, continuations, options, and the files they include.
package enum RequirementsFile {
  private static let deepestInclude = 16

  /// Reads `bytes`, which lie at `path`; `lookup` gets the files it includes by their path.
  package static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var reader = Reader(lookup: lookup)
    reader.read(path: path, bytes: bytes, isConstraints: false, including: [])
    // A constraint pins what is required elsewhere, and nothing else.
    for index in reader.reading.requirements.indices where !reader.reading.requirements[index].pinned {
      guard let name = reader.reading.requirements[index].name, let pin = reader.constraints[name] else { continue }
      if [.range, .none, .wildcard].contains(reader.reading.requirements[index].pin) {
        reader.reading.requirements[index].pin = pin
      }
    }
    return reader.reading
  }

  private struct Reader {
    let lookup: FileLookup
    var reading = PinReading()
    var constraints: [String: RequirementPin] = [:]

    mutating func read(path: String, bytes: [UInt8], isConstraints: Bool, including: [String]) {
      for (text, line) in logicalLines(decode(bytes)) {
        if let target = option(text, ["-r", "--requirement"]) {
          include(target, from: path, line: line, isConstraints: isConstraints, including: including + [path])
        } else if let target = option(text, ["-c", "--constraint"]) {
          include(target, from: path, line: line, isConstraints: true, including: including + [path])
        } else if text.hasPrefix("-"), !text.hasPrefix("-e"), !text.hasPrefix("--editable") {
          continue
        } else {
          add(text, path: path, line: line, isConstraints: isConstraints)
        }
      }
    }

    private mutating func add(_ text: String, path: String, line: Int, isConstraints: Bool) {
      let parsed = RequirementLine(text)
      if isConstraints {
        if let name = parsed.name, parsed.pin.isPinned { constraints[name] = parsed.pin }
        return
      }
      if let problem = parsed.problem { reading.problems.append(PinProblem(message: problem, path: path, line: line)) }
      reading.requirements.append(
        Requirement(
          name: parsed.name, text: parsed.text, pin: parsed.pin, hashed: parsed.hashed, path: path, line: line))
    }

    private mutating func include(
      _ target: String, from path: String, line: Int, isConstraints: Bool, including: [String]
    ) {
      func fail(_ message: String) { reading.problems.append(PinProblem(message: message, path: path, line: line)) }
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      let place = target.hasPrefix("/") ? target : resolve(folder + target)
      guard !including.contains(place) else { return fail("`\(target)` includes itself") }
      guard including.count < RequirementsFile.deepestInclude else { return fail("includes nest too deep") }
      switch lookup.read(place) {
      case .found(let bytes): read(path: place, bytes: bytes, isConstraints: isConstraints, including: including)
      case .missing: fail("the included file `\(target)` is not there")
      case .unreadable(let reason), .refused(let reason):
        fail("the included file `\(target)` cannot be read: \(reason)")
      }
    }

    private func resolve(_ path: String) -> String {
      var parts: [Substring] = []
      for part in path.split(separator: "/") where part != "." {
        if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
      }
      return parts.joined(separator: "/")
    }

    private func option(_ text: String, _ names: [String]) -> String? {
      for name in names where text.hasPrefix(name) {
        let rest = text.dropFirst(name.count)
        if rest.hasPrefix("=") || rest.first?.isWhitespace == true || name.count == 2 && !rest.isEmpty {
          return (rest.hasPrefix("=") ? rest.dropFirst() : rest).trimmed
        }
      }
      return nil
    }

    /// Lines with continuations joined and comments gone, each with the number of its first line.
    private func logicalLines(_ text: String) -> [(text: String, line: Int)] {
      var lines: [(String, Int)] = []
      var pending = ""
      var start = 0
      for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        if pending.isEmpty { start = index + 1 }
        let isComment = raw.drop(while: \.isWhitespace).hasPrefix("#")
        if raw.hasSuffix("\\"), !isComment {
          pending += raw.dropLast()
          continue
        }
        let line = stripComment(pending + raw).trimmed
        pending = ""
        if !line.isEmpty { lines.append((line, start)) }
      }
      let rest = stripComment(pending).trimmed
      return rest.isEmpty ? lines : lines + [(rest, start)]
    }

    private func stripComment(_ line: String) -> Substring {
      var previous: Character = " "
      for index in line.indices {
        if line[index] == "#", previous.isWhitespace { return line[..<index] }
        previous = line[index]
      }
      return line[...]
    }

    private func decode(_ bytes: [UInt8]) -> String {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        let isLittle = bytes[0] == 0xFF
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
          isLittle
            ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
            : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        }
        return String(decoding: units, as: UTF16.self)
      }
      return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
    }
  }
}
