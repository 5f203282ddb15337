/// A small text that stands in for a file that was not fetched: a Git LFS pointer, or the `.dvc` file of one output.
public struct PointerText: Sendable, Hashable {
  /// The tool that wrote it, for people.
  public let tool: String
  /// Of the file that it stands for.
  public let digest: Digest
  /// Of that file, in bytes.
  public let size: Int64?

  /// Longer texts are no pointers.
  public static let longest = 1024

  /// Nil when the bytes are no pointer.
  public init?(_ bytes: [UInt8]) {
    guard let pointer = bytes.withUnsafeBytes({ PointerText($0) }) else { return nil }
    self = pointer
  }

  /// Nil when the bytes are no pointer; the first of them tells that of nearly every file.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count <= Self.longest, bytes.first == UInt8(ascii: "v") || bytes.first == UInt8(ascii: "o"),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    var fields: [Substring: Substring] = [:]
    var outputs = 0
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      let pair = words.first == "-" ? words.dropFirst() : words[...]
      if words.first == "-" { outputs += 1 }
      if pair.count == 2, let key = pair.first, let value = pair.last { fields[key] = value }
    }
    if fields["version"]?.contains("git-lfs") == true || fields["version"]?.contains("hawser") == true {
      guard let oid = fields["oid"], let digest = Digest(text: oid) else { return nil }
      tool = "Git LFS"
      self.digest = digest
      size = fields["size"].flatMap { Int64($0) }
    } else if text.hasPrefix("outs:"), outputs == 1, fields["path:"] != nil, let md5 = fields["md5:"],
      let digest = Digest(text: md5, assumed: .md5)
    {
      tool = "DVC"
      // A file without the key `hash` was written before version 3.
      self.digest =
        fields["hash:"] == nil ? Digest(algorithm: .md5, hex: digest.hex, definition: .dos2unix) : digest
      size = fields["size:"].flatMap { Int64($0) }
    } else {
      return nil
    }
  }
}
