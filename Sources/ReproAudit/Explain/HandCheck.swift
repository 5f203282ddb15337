import AuditDatabase
import Records

/// Commands by which anybody can see the same without this program.
struct HandCheck: Sendable {
  /// A command with what it should print.
  struct Command: Sendable, Hashable {
    let path: String
    let command: String
    /// The digest that the record states.
    let expected: String
  }

  private static let programs = [
    "sha256": "sha256sum", "sha512": "sha512sum", "sha384": "sha384sum", "sha1": "sha1sum", "md5": "md5sum",
  ]

  let storePath: String
  let facts: SubjectEvidence

  /// One for each digest that is claimed of a file at hand.
  var files: [Command] {
    facts.files.filter { $0.location == "local" }.flatMap { file in
      file.claims.compactMap { claim in
        command(of: file, algorithm: claim.algorithm).map {
          Command(path: file.path, command: $0, expected: claim.text)
        }
      }
    }
  }

  /// What shows the detail: the file's digest, the commit, or the line of the record.
  func commands(for detail: Detail, rule: String) -> [String] {
    var commands = files.filter { $0.path == detail.path || $0.path == detail.item }.map {
      "\($0.command)   # recorded: \(VisibleDigest.text($0.expected))"
    }
    if rule == "unresolvable-commit", let commit = facts.commit, let repository = commit.repository {
      commands.append("git -C \(ShellText.quoted(repository)) cat-file -t \(ShellText.quoted(commit.hash))")
    }
    if let path = detail.path, let line = detail.line {
      commands.append("sed -n \(line)p -- \(place(path))")
    }
    // Two records may state the same digest of a file.
    var seen: Set<String> = []
    return commands.filter { seen.insert($0).inserted }
  }

  private func command(of file: SubjectEvidence.File, algorithm: String?) -> String? {
    if file.isDirectory {
      return
        "(cd \(place(file.path)) && find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0r sha256sum -z -- | sha256sum)"
    }
    return algorithm.flatMap { Self.programs[$0] }.map { "\($0) -- \(place(file.path))" }
  }

  private func place(_ path: String) -> String {
    ShellText.quoted(path.hasPrefix("/") ? path : storePath.hasSuffix("/") ? storePath + path : "\(storePath)/\(path)")
  }
}

/// A claimed digest in a comment: it may hold anything.
enum VisibleDigest {
  static func text(_ text: String) -> String { TextStyle(colour: false).visible(String(text.prefix(140))) }
}
