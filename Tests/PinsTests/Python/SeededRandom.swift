/// Random numbers that are the same in every run, and inputs made with them.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// The seed with a few bytes changed, lost, doubled or put elsewhere; what grammars know is likelier than other bytes.
  mutating func mutation(of seed: [UInt8]) -> [UInt8] {
    let alphabet = Array("ab1.=<>!~;[](),@#/\\ -\t\r\n:+*'\"${}_rc".utf8) + [0, 0xC2, 0x85, 0xE2, 0x80, 0xA8, 0xFF]
    var bytes = seed
    for _ in 0..<Int.random(in: 1...6, using: &self) where !bytes.isEmpty {
      let place = bytes.indices.randomElement(using: &self) ?? 0
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[place] = alphabet.randomElement(using: &self) ?? 0
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(alphabet.randomElement(using: &self) ?? 0, at: place)
      case 3: bytes += bytes[place...].prefix(20)
      default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
      }
    }
    return bytes
  }
}
