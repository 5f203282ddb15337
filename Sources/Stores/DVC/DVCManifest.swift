import Documents
import Hashing
import Records

/// The list that DVC keeps of a directory's files, as the object `<md5>.dir` of its cache.
struct DVCManifest: Sendable {
  /// A file of the directory.
  struct Member: Sendable, Hashable {
    /// Relative to the directory, as written.
    let path: String
    let md5: String
    let size: Int64?
    let line: Int
  }

  /// The object, relative to the store.
  let document: String
  let members: [Member]
  /// Entries that would leave the directory, which are not followed.
  let problems: [Problem]

  /// Reads the manifest at `path`; nil when there is none, and a problem when it does not parse.
  static func read(_ path: TreePath, in tree: StoreTree) -> Result<DVCManifest, ManifestFailure>? {
    let bytes: [UInt8]
    do throws(FileAccessError) {
      bytes = try tree.read(path)
    } catch .missing {
      return nil
    } catch {
      return .failure(ManifestFailure(problem: RecordDocument.Failure.access(error).problem(at: path)))
    }
    do throws(DocumentError) {
      let root = try JSONDocument.read(bytes)
      guard let elements = root.elements else {
        throw DocumentError("the manifest of a directory is a list, and this is not", line: root.line)
      }
      return .success(DVCManifest(elements, document: path.display))
    } catch {
      return .failure(ManifestFailure(problem: RecordDocument.Failure.document(error).problem(at: path)))
    }
  }

  private init(_ elements: [DocumentNode], document: String) {
    self.document = document
    let stated = Self.members(elements)
    var problems: [Problem]
    (members, problems) = Self.inside(stated, document: document)
    if stated.count < elements.count {
      let odd = elements.first { Self.member($0) == nil }
      problems.append(
        Problem(
          kind: .malformedRecord, path: document, line: odd?.line, message: "an entry names no file or no digest"))
    }
    self.problems = problems
  }

  /// The members that stay in their directory, and what to say of those that leave it.
  static func inside(_ members: [Member], document: String) -> (members: [Member], problems: [Problem]) {
    let leaving = members.filter { TreePath.leaves($0.path) }
    let problems = leaving.map { member in
      Problem(
        kind: .outside, path: document, line: member.line,
        message: "`\(member.path)` leads out of the directory, and is not read")
    }
    return (members.filter { !TreePath.leaves($0.path) }, problems)
  }

  static func members(_ elements: [DocumentNode]) -> [Member] { elements.compactMap(member) }

  private static func member(_ node: DocumentNode) -> Member? {
    guard let path = node["relpath"]?.text, let md5 = node["md5"]?.text, !path.isEmpty else { return nil }
    return Member(path: path, md5: md5, size: node["size"]?.text.flatMap { Int64($0) }, line: node.line)
  }
}

/// Why there is no manifest.
struct ManifestFailure: Error { let problem: Problem }
