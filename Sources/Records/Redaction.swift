/// Takes secrets out of text before it becomes evidence.
public enum Redaction {
  private static let mark = "[redacted]"

  private static let secretWords = [
    "password", "passwd", "pwd", "secret", "token", "api-key", "apikey", "api_key", "access-key", "access_key",
    "private-key", "private_key", "secret-key", "secret_key", "credential", "credentials", "auth", "authorization",
  ]

  /// Prefixes that only secrets have, with the least length of the rest.
  private static let knownPrefixes: [(prefix: String, rest: Int)] = [
    ("ghp_", 20), ("gho_", 20), ("ghs_", 20), ("ghu_", 20), ("github_pat_", 20), ("glpat-", 15), ("hf_", 20),
    ("sk-", 20), ("sk_live_", 10), ("xoxb-", 10), ("xoxp-", 10), ("AKIA", 16), ("ASIA", 16), ("AIza", 30),
    ("eyJ", 30), ("pypi-", 20), ("npm_", 20), ("dckr_pat_", 15),
  ]

  /// `text` with the user and password of URLs, secret options and variables, and well-known tokens replaced.
  public static func redact(_ text: String) -> String {
    guard mayHoldSecret(text) else { return text }
    var result = ""
    var secretFollows = false
    for piece in pieces(of: text) {
      if piece.allSatisfy(\.isWhitespace) {
        result += piece
        continue
      }
      if secretFollows, !piece.hasPrefix("-") {
        result += mark
        secretFollows = false
        continue
      }
      // Secrets are rare, and looking closely is slow.
      let word = mayHoldSecret(piece) ? redactWord(String(piece)) : String(piece)
      result += word
      let isScheme = ["bearer", "basic"].contains(piece.lowercased())
      secretFollows = word == piece && (isScheme || namesSecret(piece) && piece.hasPrefix("-"))
    }
    return result
  }

  /// Whether a record's value is a secret: by what it holds, or by the key's name where it looks like a password or token.
  public static func isSecret(_ text: String, key: String) -> Bool {
    if redact(text) != text { return true }
    guard signs.isIn(key), nameIsSecret(key), text.utf8.count >= 8, !text.contains(where: \.isWhitespace) else {
      return false
    }
    // `${TOKEN}`, a path and a template's blank stand for a secret that lies elsewhere.
    let first = text.utf8.first
    guard !"/.$<{[*".utf8.contains(where: { $0 == first }), !text.contains("/") else { return false }
    return text.contains(where: \.isNumber) && text.contains(where: \.isLetter)
  }

  /// `api_token` ends with a secret's name; `token_count` and `tokenizer` do not.
  private static func nameIsSecret(_ key: String) -> Bool {
    let lower = key.lowercased()
    return secretWords.contains { word in
      guard lower.hasSuffix(word) else { return false }
      let before = lower.dropLast(word.count).last
      return before.map { !$0.isLetter } ?? true
    }
  }

  private static let signs = ByteSearch(
    secretWords + knownPrefixes.map { $0.prefix.lowercased() } + ["bearer ", "basic "])
  private static let secretNames = ByteSearch(secretWords)
  private static let prefixes = ByteSearch(knownPrefixes.map { $0.prefix.lowercased() })
  private static let schemes = ByteSearch(["://"])

  /// Words of a list may be told from each other by more than a space.
  private static let documentSigns = ByteSearch(documentWords)

  /// Words without one of which a document, apart from user names in URLs, holds no secret.
  public static let documentWords = secretWords + knownPrefixes.map { $0.prefix.lowercased() } + ["bearer", "basic"]

  /// Whether a document whose text is written plainly, without escapes, may hold a secret anywhere.
  ///
  /// `hasWord` is false when none of `documentWords` stands in it.
  public static func mayHoldSecret(document bytes: [UInt8], hasWord: Bool) -> Bool {
    mayHoldUser(bytes) || hasWord && documentSigns.isIn(bytes)
  }

  /// Whether an `@` stands behind `://` before the path of a URL begins: digests of images have one elsewhere.
  private static func mayHoldUser(_ bytes: [UInt8]) -> Bool {
    var isAuthority = false
    var start = 0
    while let at = ByteSearch.first(UInt8(ascii: "@"), in: bytes, from: start) {
      // The nearest of what begins or ends an authority; where none stands since the last `@`, nothing changed.
      let mark = bytes[start..<at].lastIndex {
        $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#")
      }
      if let mark { isAuthority = bytes[...mark].suffix(3).elementsEqual("://".utf8) }
      if isAuthority { return true }
      start = at + 1
    }
    return false
  }

  /// A quick look that lets nearly all text through untouched.
  private static func mayHoldSecret(_ text: some StringProtocol) -> Bool {
    text.utf8.contains(UInt8(ascii: "@")) && schemes.isIn(text) || signs.isIn(text)
  }

  private static func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      let space = text[start].isWhitespace
      let end = text[start...].firstIndex { $0.isWhitespace != space } ?? text.endIndex
      pieces.append(text[start..<end])
      start = end
    }
    return pieces
  }

  private static func redactWord(_ word: String) -> String {
    var word = redactUserInfo(word)
    if let equals = word.firstIndex(where: { $0 == "=" || $0 == ":" }), namesSecret(word[..<equals]),
      !word[equals...].hasPrefix("://"), word.index(after: equals) < word.endIndex
    {
      return word[...equals] + mark
    }
    guard prefixes.isIn(word) else { return word }
    for (prefix, rest) in knownPrefixes {
      guard let found = word.firstRange(of: prefix) else { continue }
      let token = word[found.lowerBound...].prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) }
      let startsWord = found.lowerBound == word.startIndex || !word[word.index(before: found.lowerBound)].isLetter
      if startsWord, token.count >= prefix.count + rest {
        word.replaceSubrange(found.lowerBound..<token.endIndex, with: mark)
      }
    }
    return word
  }

  private static func redactUserInfo(_ word: String) -> String {
    guard let scheme = word.firstRange(of: "://") else { return word }
    let authority = word[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@"), at > authority.startIndex else { return word }
    let user = word[scheme.upperBound..<at]
    // `git@host` is a name everybody has; anything with a password, or a bare token, is not shown.
    if !user.contains(":"), user.count <= 12 { return word }
    return word.replacingSubrange(scheme.upperBound..<at, with: mark)
  }

  private static func namesSecret(_ name: some StringProtocol) -> Bool {
    // `author`, `tokenizer` and `tokens` are no secrets; what is not ASCII may be a letter.
    secretNames.isIn(name) { next in
      next.map { $0 < 0x80 && !(0x61...0x7A).contains($0 | 0x20) } ?? true
    }
  }
}

extension String {
  fileprivate func replacingSubrange(_ range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
