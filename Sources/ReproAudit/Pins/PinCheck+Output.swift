import Records
import Reports

extension PinCheck {
  /// What is not fixed, one line each, as `path:line: text: why`; with `all` every verdict. The last line counts.
  public func text(all: Bool) -> String {
    // A line that cannot be parsed has a verdict and the reason beside it: the reason is enough.
    let explained = Set(problems.map { "\($0.path):\($0.line ?? 0)" })
    var lines: [(path: String, line: Int, text: String)] = []
    for pin in pins where all || pin.level != .fixed {
      if pin.pin == "invalid", explained.contains("\(pin.path):\(pin.line)") { continue }
      lines.append((pin.path, pin.line, "\(pin.text): \(Self.prefix(pin.level))\(pin.message ?? pin.pin)"))
    }
    for problem in problems {
      lines.append((problem.path, problem.line ?? 0, "\(problem.leavesGap ? "unverified: " : "")\(problem.message)"))
    }
    let shown = lines.enumerated().sorted {
      ($0.element.path, $0.element.line, $0.offset) < ($1.element.path, $1.element.line, $1.offset)
    }.map { entry in
      let place = entry.element.line > 0 ? "\(entry.element.path):\(entry.element.line)" : entry.element.path
      return "\(VisibleText.line(place)): \(VisibleText.line(entry.element.text))\n"
    }
    return shown.joined() + summary + "\n"
  }

  private static func prefix(_ level: PinVerdict.Level) -> String {
    switch level {
    case .fixed, .floats: ""
    case .note: "note: "
    case .undecided: "unverified: "
    }
  }

  private var summary: String {
    let floating = pins.count { $0.level == .floats }
    let undecided = pins.count { $0.level == .undecided } + problems.count(where: \.leavesGap)
    let unparsed = problems.count { !$0.leavesGap }
    var parts = ["\(Self.count(pins.count, "pin")) in \(Self.count(files, "file"))"]
    parts.append(floating == 0 ? "none floats" : "\(floating) \(floating == 1 ? "floats" : "float")")
    if unparsed > 0 { parts.append(Self.count(unparsed, "problem")) }
    if undecided > 0 { parts.append("\(undecided) unverified") }
    return parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// Writes `{"pins": […], "problems": […]}` to standard output.
  public func writeJSON() throws {
    try AuditResult.writing {
      let file = try ReportFile(path: "-")
      var json = JSONWriter(file)
      try json.object { json in
        try json.key("pins")
        try json.array { json in for pin in pins { try Self.write(pin, to: &json) } }
        try json.key("problems")
        try json.array { json in
          for problem in problems {
            try json.object { json in
              try json.field("message", problem.message)
              try json.field("path", problem.path)
              try json.field("line", problem.line)
            }
          }
        }
      }
      try file.write("\n")
      try file.finish()
    }
  }

  private static func write(_ pin: PinVerdict, to json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("kind", pin.kind.rawValue)
      try json.field("name", pin.name)
      try json.field("text", pin.text)
      try json.field("pin", pin.pin)
      try json.key("hashed")
      try json.value(pin.hashed)
      try json.field("path", pin.path)
      try json.field("line", pin.line)
      try json.field("message", pin.message)
    }
  }
}
