/// What the files behind `-c` say: which versions are taken of what is required elsewhere.
struct RequirementConstraints {
  private struct Entry {
    let pin: RequirementPin
    let hashed: Bool
    let isVerified: Bool
  }

  private var entries: [String: Entry] = [:]

  /// Takes a constraint; says what pip would not take of it.
  mutating func add(_ constraint: RequirementLine) -> String? {
    if constraint.pin == .invalid { return nil }
    if constraint.isEditable { return "a constraint cannot be editable: `\(Excerpt.of(constraint.text))`" }
    guard let name = constraint.name else {
      return "a constraint needs a name: `\(Excerpt.of(constraint.text))` has none"
    }
    if !constraint.extras.isEmpty { return "a constraint cannot have extras: `\(Excerpt.of(constraint.text))`" }
    let known = entries[name]
    // Several lines on one name differ in their markers; one that pins is enough.
    if known?.pin.isPinned != true || constraint.hashed, constraint.pin.isPinned {
      entries[name] = Entry(pin: constraint.pin, hashed: constraint.hashed, isVerified: constraint.isVerified)
    }
    return nil
  }

  /// Pins a requirement, or gives it digests; true when pip then knows what it installs.
  func apply(to requirement: inout Requirement) -> Bool {
    guard let name = requirement.name, let entry = entries[name] else { return false }
    if requirement.pin.yieldsToConstraint {
      requirement.pin = entry.pin
    } else if requirement.pin == .exact, entry.hashed {
      requirement.pin = .hashed
    } else {
      return false
    }
    if entry.hashed { requirement.hashed = true }
    return entry.isVerified
  }
}
