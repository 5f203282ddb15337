/// An option that a line of a requirements file can have.
enum RequirementOption: Hashable {
  case requirements(String)
  case constraints(String)
  case editable(String)
  case hash(RequirementHash)
  case requireHashes
  case noRequireHashes
  /// One that says where and how packages are found or built, and ties nothing.
  case other(String)

  /// What a line's options say, and the words among them that pip passes over.
  struct Reading {
    var options: [RequirementOption] = []
    var ignored: [String] = []
    /// An option that only older versions of pip take.
    var outdated: String?
  }

  /// Whether a value follows the name.
  private enum Kind {
    case flag, value
  }

  /// The long names, sorted; pip takes any beginning of one that is unlike the others.
  private static let long: [(name: String, kind: Kind)] = [
    ("all-releases", .value), ("config-settings", .value), ("constraint", .value), ("editable", .value),
    ("extra-index-url", .value), ("find-links", .value), ("global-option", .value), ("hash", .value),
    ("index-url", .value), ("install-option", .value), ("no-binary", .value), ("no-index", .flag),
    ("no-require-hashes", .flag), ("only-binary", .value), ("only-final", .value), ("pre", .flag),
    ("prefer-binary", .flag), ("pypi-url", .value), ("require-hashes", .flag), ("requirement", .value),
    ("trusted-host", .value), ("use-feature", .value),
  ]

  private static let outdated: Set<String> = ["global-option", "install-option"]

  private static let short: [UInt8: String] = [
    0x72: "requirement", 0x63: "constraint", 0x65: "editable", 0x69: "index-url", 0x66: "find-links",
    0x43: "config-settings",
  ]

  /// Reads the options of a line, which `bytes` begin with.
  static func read(_ bytes: ArraySlice<UInt8>) throws(RequirementMistake) -> Reading {
    let words: [[UInt8]]
    do throws(ShellWords.Mistake) {
      words = try ShellWords.split(bytes)
    } catch {
      throw RequirementMistake("\(error.message): `\(Excerpt.of(bytes))`")
    }
    var reading = Reading()
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word.elementsEqual("--".utf8) {
        reading.ignored += words[index...].map { String(decoding: $0, as: UTF8.self) }
        break
      }
      guard word.count > 1, word[0] == 0x2D else {
        reading.ignored.append(String(decoding: word, as: UTF8.self))
        continue
      }
      let (name, kind, attached) = try Self.name(word)
      switch kind {
      case .flag: reading.options.append(try option(name, []))
      case .value:
        guard let value = attached ?? (index < words.count ? words[index][...] : nil) else {
          throw RequirementMistake("the option `--\(name)` has no value")
        }
        if attached == nil { index += 1 }
        if outdated.contains(name) { reading.outdated = name }
        reading.options.append(try option(name, value))
      }
    }
    return reading
  }

  private static func name(
    _ word: [UInt8]
  ) throws(RequirementMistake) -> (name: String, kind: Kind, attached: ArraySlice<UInt8>?) {
    guard word[1] == 0x2D else {
      guard let name = short[word[1]] else { throw unknown(word) }
      return (name, .value, word.count > 2 ? word[2...] : nil)
    }
    let equals = word.firstIndex(of: 0x3D)
    let written = word[2..<(equals ?? word.count)]
    let attached = equals.map { word[($0 + 1)...] }
    // Nearly every option of nearly every file.
    if written.elementsEqual("hash".utf8) { return ("hash", .value, attached) }
    let exact = long.first { $0.name.utf8.elementsEqual(written) }
    let found = exact.map { [$0] } ?? long.filter { $0.name.utf8.starts(with: written) }
    guard let first = found.first else { throw unknown(word) }
    if found.count > 1 {
      let names = found.map { "--\($0.name)" }.joined(separator: ", ")
      throw RequirementMistake("`\(Excerpt.of(word[...]))` can be \(names)")
    }
    if first.kind == .flag, attached != nil { throw RequirementMistake("the option `--\(first.name)` takes no value") }
    return (first.name, first.kind, attached)
  }

  private static func unknown(_ word: [UInt8]) -> RequirementMistake {
    RequirementMistake("`\(Excerpt.of(word[...]))` is no option of a requirements file")
  }

  private static func option(_ name: String, _ value: ArraySlice<UInt8>) throws(RequirementMistake) -> Self {
    switch name {
    case "requirement": return .requirements(String(decoding: value, as: UTF8.self))
    case "constraint": return .constraints(String(decoding: value, as: UTF8.self))
    case "editable": return .editable(String(decoding: value, as: UTF8.self))
    case "require-hashes": return .requireHashes
    case "no-require-hashes": return .noRequireHashes
    case "hash": return .hash(try hash(value))
    default: return .other(name)
    }
  }

  private static func hash(_ value: ArraySlice<UInt8>) throws(RequirementMistake) -> RequirementHash {
    guard let colon = value.firstIndex(of: 0x3A) else {
      throw RequirementMistake("`--hash` takes `sha256:` and the digest, not `\(Excerpt.of(value))`")
    }
    let hash = RequirementHash(algorithm: value[..<colon], value: value[(colon + 1)...])
    guard ["sha256", "sha384", "sha512"].contains(hash.algorithm) else {
      throw RequirementMistake("`--hash` takes sha256, sha384 or sha512, not `\(Excerpt.of(hash.algorithm))`")
    }
    return hash
  }
}
