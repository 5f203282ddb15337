/// The fields of a protocol buffer message, read without its schema.
struct ProtobufMessage: Sendable {
  /// A field's value as it stands on the wire.
  enum Value: Sendable {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private(set) var fields: [(number: Int, value: Value)] = []

  /// Nil when the bytes are no message.
  init?(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      guard let key = Self.varint(&rest), key >> 3 > 0, key >> 3 < 1 << 29 else { return nil }
      let number = Int(key >> 3)
      switch key & 7 {
      case 0:
        guard let value = Self.varint(&rest) else { return nil }
        fields.append((number, .number(value)))
      case 1:
        guard let value = Self.fixed(8, &rest) else { return nil }
        fields.append((number, .number(value)))
      case 2:
        guard let length = Self.varint(&rest), length <= UInt64(rest.count) else { return nil }
        fields.append((number, .bytes(rest.prefix(Int(length)))))
        rest = rest.dropFirst(Int(length))
      case 5:
        guard let value = Self.fixed(4, &rest) else { return nil }
        fields.append((number, .number(value)))
      default: return nil
      }
    }
  }

  /// The last value of a field as text.
  func text(_ number: Int) -> String? {
    bytes(number).last.map { String(decoding: $0, as: UTF8.self) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  func texts(_ number: Int) -> [String] { bytes(number).map { String(decoding: $0, as: UTF8.self) } }

  /// The last value of a field as a number; 0 when it is absent, as proto3 has it.
  func number(_ number: Int) -> Int64 {
    for field in fields.reversed() where field.number == number {
      if case .number(let value) = field.value { return Int64(truncatingIfNeeded: value) }
    }
    return 0
  }

  func messages(_ number: Int) -> [ProtobufMessage] { bytes(number).compactMap { ProtobufMessage($0) } }

  func message(_ number: Int) -> ProtobufMessage? { messages(number).last }

  private func bytes(_ number: Int) -> [ArraySlice<UInt8>] {
    fields.compactMap { field in
      if field.number == number, case .bytes(let bytes) = field.value { bytes } else { nil }
    }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }

  private static func fixed(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
    guard rest.count >= count else { return nil }
    let value = rest.prefix(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(count)
    return value
  }
}
