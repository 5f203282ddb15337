import Foundation

/// Files that go into the binary; a rule whose header is not right stops the build.
struct EmbeddedFiles {
  private let texts: [(path: String, text: String)]

  init(folder: String) throws {
    let root = URL(filePath: folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    texts = try names.compactMap { name in
      let url = root.appending(path: name)
      guard !url.hasDirectoryPath, try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      let text = try String(contentsOf: url, encoding: .utf8)
      if name.hasSuffix(".sql"), name.contains("/") { try RuleHeaderCheck.check(text, path: "\(folder)/\(name)") }
      return (name, text)
    }
  }

  func source(type: String) -> String {
    var source =
      "// Made by SourceGenerator from the files it names.\nenum \(type) {\n  static let all: [String: String] = [\n"
    for (path, text) in texts { source += "    \(Self.literal(path)): \(Self.literal(text)),\n" }
    return source + (texts.isEmpty ? "    :\n" : "") + "  ]\n}\n"
  }

  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": literal += "\\\\"
      case "\"": literal += "\\\""
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      default:
        if scalar.value < 0x20 {
          literal += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          literal.unicodeScalars.append(scalar)
        }
      }
    }
    return literal + "\""
  }
}
