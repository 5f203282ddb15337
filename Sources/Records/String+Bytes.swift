extension String {
  /// Whether the bytes are the same; `==` takes two spellings of a letter for one, and they are two names to every tool.
  public func hasSameBytes(as other: String) -> Bool {
    let isSame = utf8.withContiguousStorageIfAvailable { ours in
      other.utf8.withContiguousStorageIfAvailable { ours.count == $0.count && ours.elementsEqual($0) }
    }
    // Nearly every string lies in one piece.
    return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}
