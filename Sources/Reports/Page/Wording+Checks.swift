import Records

extension Wording {
  /// In the order reports list them: losses, then what could not be checked, then what is well.
  static let checks: [CheckVerdict] = [
    .missing, .moved, .corrupted, .truncated, .swapped, .edited, .claimAltered, .mismatched, .contradicted,
    .malformedClaim, .unreadable, .unreachable, .changing, .unstableRead,
    .unknownDefinition, .pointer, .unclaimed, .matched,
  ]

  /// What a check of a file came to, with the outcome whose colour it takes.
  static func check(_ verdict: CheckVerdict) -> (outcome: Outcome, label: String, meaning: String) {
    switch verdict {
    case .matched: (.pass, "matched", "hashed now, and the recorded digest is right")
    case .unclaimed: (.notApplicable, "no digest recorded", "hashed now; no record says what it should be")
    case .pointer:
      (.unverified, "pointer only", "a Git LFS or DVC pointer stands in for the file; its digest was compared")
    case .missing: (.fail, "missing", "a record names the file, and it is not there")
    case .moved: (.fail, "moved", "not where it was recorded; its content lies elsewhere in the store")
    case .truncated: (.fail, "truncated", "smaller than recorded")
    case .swapped: (.fail, "swapped", "two files carry each other's digest")
    case .mismatched: (.fail, "mismatched", "the content is not what was recorded")
    case .corrupted:
      (.fail, "corrupted", "the content changed since an earlier scan, its size and modification time did not")
    case .edited: (.fail, "edited", "the content and its modification time changed since an earlier scan")
    case .claimAltered:
      (.fail, "record altered", "the bytes are those of an earlier scan, and the record states others")
    case .unstableRead: (.unverified, "unstable read", "two reads gave different bytes")
    case .contradicted: (.fail, "contradicted", "what a record says of the file is not so")
    case .malformedClaim: (.fail, "malformed digest", "what is recorded is not a digest")
    case .changing: (.unverified, "changing", "changed while it was read")
    case .unreadable: (.unverified, "unreadable", "could not be opened or read")
    case .unreachable: (.unverified, "unreachable", "lies where this audit does not reach")
    case .unknownDefinition: (.unverified, "definition unknown", "the record does not say how its digest was computed")
    }
  }
}
