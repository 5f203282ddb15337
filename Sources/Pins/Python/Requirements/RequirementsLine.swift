/// A logical line cut into its requirement and its options, as pip does: at the first word that begins with `-`.
struct RequirementsLine {
  let arguments: [UInt8]
  let options: [RequirementOption]
  /// Why the options cannot be read.
  let mistake: RequirementMistake?
  /// What stands on the line and is passed over by pip.
  let note: String?

  init(_ bytes: [UInt8]) {
    guard let start = Self.startOfOptions(bytes) else {
      self.init(arguments: bytes, reading: .init(), mistake: nil)
      return
    }
    let body = PythonWhitespace.trim(bytes, 0..<start)
    do throws(RequirementMistake) {
      self.init(arguments: Array(bytes[body]), reading: try RequirementOption.read(bytes[start...]), mistake: nil)
    } catch {
      self.init(arguments: Array(bytes[body]), reading: .init(), mistake: error)
    }
  }

  private init(arguments: [UInt8], reading: RequirementOption.Reading, mistake: RequirementMistake?) {
    self.arguments = arguments
    options = reading.options
    self.mistake = mistake
    if let option = reading.outdated {
      note = "current versions of pip refuse `--\(option)`; `--config-settings` took its place"
    } else if let word = reading.ignored.first {
      note = "pip passes over `\(Excerpt.of(word))`, which stands behind an option"
    } else {
      note = Self.crowded(arguments, reading.options)
    }
  }

  var hashes: [RequirementHash] {
    options.compactMap { if case .hash(let hash) = $0 { hash } else { nil } }
  }

  var firstEditable: String? {
    for case .editable(let value) in options { return value }
    return nil
  }

  /// The first included file, `-r` before `-c`.
  var include: (target: String, isConstraints: Bool)? {
    for case .requirements(let target) in options { return (target, false) }
    for case .constraints(let target) in options { return (target, true) }
    return nil
  }

  /// Behind a blank, which has to be one: pip does not see options behind a tab.
  private static func startOfOptions(_ bytes: [UInt8]) -> Int? {
    bytes.indices.first { bytes[$0] == 0x2D && ($0 == 0 || bytes[$0 - 1] == 0x20) }
  }

  /// Of several requirements or files on one line pip reads one.
  private static func crowded(_ arguments: [UInt8], _ options: [RequirementOption]) -> String? {
    var read = arguments.isEmpty ? 0 : 1
    for option in options {
      let written: String
      switch option {
      case .editable(let value): written = "-e \(value)"
      case .requirements(let value): written = "-r \(value)"
      case .constraints(let value): written = "-c \(value)"
      case .hash, .requireHashes, .noRequireHashes, .other: continue
      }
      read += 1
      if read > 1 { return "pip passes over `\(Excerpt.of(written))`; it needs a line of its own" }
    }
    return nil
  }
}
