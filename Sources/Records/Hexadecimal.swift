extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  // Inlinable: reports make a fingerprint a finding, and through witnesses it takes longer than the digest itself.
  @inlinable public var hexadecimal: String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    var digits: [UInt8] = []
    digits.reserveCapacity(underestimatedCount * 2)
    for byte in self {
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
