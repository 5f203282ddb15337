import Documents

/// Helm templates, which are no YAML before they are filled in: the `image:` lines they hold.
enum HelmTemplate {
  static func read(_ bytes: [UInt8], _ images: inout ServiceImages) {
    let text = Array(TextDecoding.decode(bytes).utf8)
    var isComment = false
    for (index, raw) in text[...].split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      var line = raw.trimmed
      if isComment || line.starts(with: "{{/*".utf8) || line.starts(with: "{{- /*".utf8) {
        isComment = !line.text.contains("*/")
        continue
      }
      while line.first == UInt8(ascii: "-") { line = line.dropFirst().trimmed }
      for key in ["image:", "\"image\":"] where line.starts(with: key.utf8) {
        add(line.dropFirst(key.utf8.count).trimmed, line: index + 1, &images)
      }
    }
  }

  private static func add(_ value: ArraySlice<UInt8>, line: Int, _ images: inout ServiceImages) {
    var body = value
    if let quote = body.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      // Quotes may stand inside `{{ }}` as well: the last one on the line ends the value.
      body = body.dropFirst()
      if let end = body.lastIndex(of: quote) { body = body[..<end] }
    } else if !body.starts(with: "{{".utf8) {
      body = body.prefix { $0 != UInt8(ascii: "#") }.trimmed
    }
    // `image:` alone begins a map, and `{{- with … }}` behind it a block.
    guard !body.isEmpty, body.first != UInt8(ascii: "#") else { return }
    images.add(body.text, line: line)
  }
}
