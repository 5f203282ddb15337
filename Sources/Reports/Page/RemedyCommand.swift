import Records

/// A rule's shell lines with the names of flagged items in them, for people to copy.
///
/// Names come from stores, and who copies a command runs it: only plain names are put in, and only where the rule
/// quotes them. `$`, quotes, `;` and their like never reach a shell this way, however they are meant.
struct RemedyCommand {
  private let template: String
  private let parts = ["item", "folder", "file", "path"]

  init(_ template: String) {
    self.template = template.split(separator: "\n").joined(separator: "\n")
  }

  /// The lines for all `details`, each once; none when one of them cannot be filled in.
  func lines(for details: some Sequence<Detail>) -> [String] {
    var commands: [String] = []
    for detail in details {
      guard let command = command(for: detail) else { return [] }
      if !commands.contains(command) { commands.append(command) }
    }
    return commands.flatMap { $0.split(separator: "\n").map(String.init) }
  }

  private func command(for detail: Detail) -> String? {
    let halves = Self.halves(of: detail.item)
    let values = ["item": detail.item, "folder": halves.folder, "file": halves.file, "path": detail.path ?? ""]
    var command = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      let tail = rest[rest.index(after: open)...]
      let name = String(tail.prefix { $0 != "}" })
      guard let value = values[name] else {
        command += rest[...open]
        rest = tail
        continue
      }
      let after = tail.dropFirst(name.count + 1)
      guard Self.isPlain(value), rest[..<open].hasSuffix("'"), after.hasPrefix("'") else { return nil }
      command += rest[..<open] + value
      rest = after
    }
    command += rest
    return command.hasPrefix("cd ") ? Self.apart(command) : command
  }

  /// In a shell of its own, so that one that follows starts where this one did.
  private static func apart(_ command: String) -> String {
    command.contains("#") || command.contains("\n") ? "(\(command)\n)" : "(\(command))"
  }

  private static func halves(of item: String) -> (folder: String, file: String) {
    guard let slash = item.lastIndex(of: "/") else { return (".", item) }
    return (String(item[..<slash]), String(item[item.index(after: slash)...]))
  }

  /// Letters, digits, blanks and what file names have between them.
  private static func isPlain(_ value: String) -> Bool {
    let signs = " ._/@+=:,%-"
    return !value.isEmpty && !value.hasPrefix("-") && value.count <= 500
      && value.unicodeScalars.allSatisfy {
        signs.unicodeScalars.contains($0) || $0.properties.generalCategory.isLetterOrDigit
      }
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber: true
    default: false
    }
  }
}
