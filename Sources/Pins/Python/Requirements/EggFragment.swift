/// The name in `#egg=name`, which pip 25 and later want bare.
struct EggFragment {
  let name: String
  let extras: [String]
  let problem: String?

  init(_ bytes: ArraySlice<UInt8>) throws(RequirementMistake) {
    let open = bytes.firstIndex(of: 0x5B)
    let name = bytes[..<(open ?? bytes.endIndex)]
    guard PackageName.isValid(name) else {
      throw RequirementMistake("`#egg=\(Excerpt.of(bytes))` holds no package name")
    }
    self.name = String(decoding: name, as: UTF8.self)
    guard let open, bytes.last == 0x5D else {
      guard open == nil else { throw RequirementMistake("`#egg=\(Excerpt.of(bytes))` does not close its extras") }
      extras = []
      problem = nil
      return
    }
    extras = bytes[(open + 1)...].dropLast().split(separator: 0x2C).map {
      PackageName.normalised(String(decoding: $0, as: UTF8.self))
    }
    problem = "pip 25 and later refuse extras in `#egg=`; write `\(self.name)[…] @` in front of the URL"
  }
}
