extension String {
  /// Whether the bytes are the same; `==` takes two spellings of a letter for one, and they are two names to every tool.
  public func hasSameBytes(as other: String) -> Bool {
    let isSame = utf8.withContiguousStorageIfAvailable { ours in
      other.utf8.withContiguousStorageIfAvailable {
        Self.areSame(UnsafeRawBufferPointer(ours), UnsafeRawBufferPointer($0))
      }
    }
    // Nearly every string lies in one piece.
    return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }

  /// Whether the bytes of `other` stand in it in one piece; unlike `contains` it takes no two spellings for one.
  public func holdsBytes(of other: String) -> Bool {
    var (whole, part) = (self, other)
    return whole.withUTF8 { whole in
      part.withUTF8 { part in
        guard let first = part.first else { return true }
        guard whole.count >= part.count else { return false }
        return (0...whole.count - part.count).contains { start in
          whole[start] == first && (1..<part.count).allSatisfy { whole[start + $0] == part[$0] }
        }
      }
    }
  }

  /// Whether any of its bytes is such a one; nearly every string lies in one piece, which takes a fraction of the time.
  @inlinable public func holdsByte(where isMeant: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(where: isMeant) } ?? utf8.contains(where: isMeant)
  }

  /// Eight bytes at a time: reports compare a reason with the one before it, subject by subject.
  private static func areSame(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    var offset = 0
    while offset + 8 <= left.count {
      let word = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if word != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
      offset += 8
    }
    while offset < left.count {
      if left[offset] != right[offset] { return false }
      offset += 1
    }
    return true
  }
}
