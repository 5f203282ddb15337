/// The URL schemes that pip installs from.
enum RequirementScheme: Hashable {
  case web
  case file
  case repository(tool: String)

  /// Nil when the text begins with no scheme that pip knows.
  init?(of text: some Sequence<UInt8>) {
    var scheme: [UInt8] = []
    for byte in text {
      if byte == 0x3A { break }
      let isInside = ASCII.isAlphanumeric(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
      guard isInside, scheme.count < Self.longest else { return nil }
      scheme.append(ASCII.lower(byte))
    }
    switch String(decoding: scheme, as: UTF8.self) {
    case "http", "https", "ftp": self = .web
    case "file": self = .file
    case "git+http", "git+https", "git+ssh", "git+git", "git+file": self = .repository(tool: "git")
    case "hg+http", "hg+https", "hg+ssh", "hg+file", "hg+static-http": self = .repository(tool: "hg")
    case "svn+http", "svn+https", "svn+ssh", "svn+svn", "svn+file": self = .repository(tool: "svn")
    case "bzr+http", "bzr+https", "bzr+ssh", "bzr+sftp", "bzr+ftp", "bzr+lp", "bzr+file":
      self = .repository(tool: "bzr")
    default: return nil
    }
  }

  private static let longest = 14
}
