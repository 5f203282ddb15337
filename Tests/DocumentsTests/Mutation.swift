/// Makes bad inputs of good ones: a fixed seed gives the same ones on every machine.
struct Mutation {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// `bytes` with up to three changes: a byte replaced, taken out or put in, a part doubled, the end cut off.
  mutating func change(_ bytes: [UInt8], alphabet: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int(random.next() % 3) where !bytes.isEmpty {
      let place = Int(random.next() % UInt64(bytes.count))
      let letter = alphabet[Int(random.next() % UInt64(alphabet.count))]
      switch random.next() % 5 {
      case 0: bytes[place] = letter
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(letter, at: place)
      case 3:
        let end = min(bytes.count, place + 1 + Int(random.next() % 40))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
