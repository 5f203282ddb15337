/// Reads the base images of a Dockerfile.
package enum Dockerfile {
  /// `FROM` lines that name an image: no stages of the file itself, no `scratch`.
  package static func read(path: String, bytes: [UInt8]) -> PinReading {
    var reading = PinReading()
    var arguments: [String: String] = [:]
    var stages: Set<String> = []
    var hasStage = false
    for (text, line) in instructions(bytes) {
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let instruction = words.first?.uppercased() else { continue }
      if instruction == "ARG", !hasStage {
        for word in words.dropFirst() {
          let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
          if parts.count == 2 { arguments[parts[0]] = parts[1].trimmingQuotes }
        }
      } else if instruction == "FROM" {
        hasStage = true
        let operands = words.dropFirst().filter { !$0.hasPrefix("--") }
        guard let written = operands.first else { continue }
        let image = expand(written, arguments)
        if !stages.contains(image.lowercased()), image != "scratch" {
          reading.images.append(ImageUse(.from, image, path: path, line: line))
        }
        if operands.count >= 3, operands[operands.startIndex + 1].uppercased() == "AS" {
          stages.insert(operands[operands.startIndex + 2].lowercased())
        }
      }
    }
    return reading
  }

  private static func instructions(_ bytes: [UInt8]) -> [(text: String, line: Int)] {
    let text = String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
    let escape: Character = text.prefix(200).lowercased().contains("escape=`") ? "`" : "\\"
    var found: [(String, Int)] = []
    var pending = ""
    var start = 0
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = raw.trimmed
      if line.hasPrefix("#") || (line.isEmpty && !pending.isEmpty) { continue }
      if pending.isEmpty { start = index + 1 }
      if line.last == escape {
        pending += line.dropLast() + " "
        continue
      }
      if !(pending + line).isEmpty { found.append((pending + line, start)) }
      pending = ""
    }
    return pending.isEmpty ? found : found + [(pending, start)]
  }

  private static func expand(_ text: String, _ arguments: [String: String]) -> String {
    text.replacing(/\$\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+]([^}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)/) { match in
      let name = String(match.1 ?? match.4 ?? "")
      let value = arguments[name] ?? ""
      guard let modifier = match.2 else { return value.isEmpty ? String(match.0) : value }
      let word = String(match.3 ?? "")
      return modifier.contains("-") ? (value.isEmpty ? word : value) : (value.isEmpty ? "" : word)
    }
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    count >= 2 && (hasPrefix("\"") && hasSuffix("\"") || hasPrefix("'") && hasSuffix("'"))
      ? String(dropFirst().dropLast()) : self
  }
}
