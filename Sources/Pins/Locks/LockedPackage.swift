import Documents

/// A package of a lock file with where it comes from.
struct LockedPackage {
  enum Source {
    /// A package index or a folder of archives.
    case registry
    /// A version control system, with the commit when it is known.
    case vcs(url: String, commit: String?)
    /// An archive by its URL or its path.
    case archive(String)
    /// A folder, whose content nothing pins.
    case folder(String)
  }

  let name: String
  let version: String?
  let source: Source
  /// Whether every file that may be installed has a digest.
  let hashed: Bool

  var pin: RequirementPin {
    switch source {
    case .registry: hashed ? .hashed : .exact
    case .vcs(_, let commit): commit.map(LockText.isCommit) == true ? .vcsCommit : .vcsFloating
    case .archive(let place): hashed ? .urlDigest : LockText.isRemote(place) ? .url : .local
    case .folder: .local
    }
  }

  /// As a requirements file would say it.
  var text: String {
    switch source {
    case .registry: "\(name)==\(version ?? "")"
    case .vcs(let url, let commit):
      "\(name) @ git+\(LockText.redacted(url))" + (commit.map { "@\($0)" } ?? "")
    case .archive(let place), .folder(let place): "\(name) @ \(LockText.redacted(place))"
    }
  }
}

extension LockRows {
  /// Adds a package of Python's world; one of an index has a version.
  mutating func add(_ package: LockedPackage, line: Int) {
    if case .registry = package.source, package.version?.isEmpty ?? true {
      return addProblem("the package `\(package.name.prefix(80))` has no version", line: line)
    }
    add(LockText.normalised(package.name), package.text, package.pin, line: line)
  }

  /// The name of a package; a problem when there is none.
  mutating func name(of node: DocumentNode) -> String? {
    if let name = node["name"].flatMap(word), !name.isEmpty { return name }
    addProblem("a package without a name", line: node.line)
    return nil
  }

  /// Whether there are files and each has a digest under one of its keys.
  mutating func areHashed(_ files: [DocumentNode]) -> Bool {
    !files.isEmpty
      && files.allSatisfy { file in
        guard let hash = file["hash"]?.quoted else { return false }
        return LockText.isDigest(hash)
      }
  }
}
