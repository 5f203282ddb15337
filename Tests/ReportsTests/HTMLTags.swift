/// The tags of an HTML page in order, read as a browser's tokenizer finds them.
struct HTMLTags {
  /// A tag with the names of its attributes.
  struct Tag: Hashable, CustomStringConvertible {
    let name: String
    let attributes: [String: String]
    var description: String { "<\(name) \(attributes.keys.sorted().joined(separator: " "))>" }
  }

  private(set) var tags: [Tag] = []
  /// Everything between tags, joined.
  private(set) var text = ""

  init(_ page: String) {
    var rest = Substring(page)
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let tag = Self.tag(rest[rest.index(after: open)..<close])
      tags.append(tag)
      rest = rest[rest.index(after: close)...]
      // What stands inside these is no markup.
      for name in ["style", "script"] where tag.name == name {
        if let end = rest.firstRange(of: "</\(name)>") { rest = rest[end.lowerBound...] }
      }
    }
    text += rest
  }

  /// Tags that are opened and never closed, or closed and never opened.
  var unbalanced: [String] {
    let void: Set = ["!doctype", "meta", "input"]
    var open: [String] = []
    var wrong: [String] = []
    for tag in tags where !void.contains(tag.name) && tag.attributes["/"] == nil {
      if !tag.name.hasPrefix("/") {
        open.append(tag.name)
      } else if open.last == String(tag.name.dropFirst()) {
        open.removeLast()
      } else {
        wrong.append(tag.name)
      }
    }
    return wrong + open
  }

  private static func tag(_ body: Substring) -> Tag {
    let name = body.prefix { !$0.isWhitespace && ($0 != "/" || $0 == body.first) }
    var attributes: [String: String] = [:]
    var rest = body[name.endIndex...].drop(while: \.isWhitespace)
    while !rest.isEmpty {
      let key = rest.prefix { !$0.isWhitespace && $0 != "=" }
      rest = rest[key.endIndex...]
      if rest.hasPrefix("=\"") {
        let value = rest.dropFirst(2).prefix { $0 != "\"" }
        attributes[String(key)] = String(value)
        rest = rest[value.endIndex...].dropFirst()
      } else {
        attributes[String(key)] = ""
        rest = rest.dropFirst()
      }
      rest = rest.drop(while: \.isWhitespace)
    }
    return Tag(name: name.lowercased(), attributes: attributes)
  }
}
