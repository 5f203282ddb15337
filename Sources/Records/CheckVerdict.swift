/// What a check of a file against one claim can say.
public enum CheckVerdict: String, Sendable, CaseIterable {
  case matched
  case missing
  /// Absent where it was recorded, and its content found at another path of the store.
  case moved
  /// Smaller than recorded.
  case truncated
  /// Two files carry each other's digest.
  case swapped
  /// The digest differs, and nothing earlier is known that would tell why.
  case mismatched
  /// Content and modification time are others than an earlier scan found.
  case edited
  /// The content is another than an earlier scan found, and size and modification time are not: the bytes rotted.
  case corrupted
  /// The bytes are what an earlier scan found, and the record states another digest.
  case claimAltered = "claim-altered"
  case malformedClaim = "malformed-claim"
  /// What a record says of the file is not so, whatever its bytes are: a list that should hold every file lacks it.
  case contradicted
  /// No digest is recorded: the file was hashed now.
  case unclaimed
  /// A Git LFS or DVC pointer stands in; its digest was compared, which is weaker.
  case pointer
  /// Changed while it was read.
  case changing
  /// Two reads gave different bytes.
  case unstableRead = "unstable-read"
  case unreadable
  /// At a remote location that this scan does not reach.
  case unreachable
  /// A directory or schema claim that names no definition and matches none that is known.
  case unknownDefinition = "unknown-definition"
}
