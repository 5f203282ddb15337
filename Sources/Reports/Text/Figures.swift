/// Numbers for people, the same in every locale.
package enum Figures {
  /// `12,408`.
  static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var grouped = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    return grouped
  }

  /// `1 version`, `12,408 versions`; `plural` where an `s` does not make it.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// `817 B`, `4.0 KiB`, `2.3 GiB`.
  package static func bytes(_ bytes: Int64) -> String {
    guard bytes >= 1024 else { return "\(bytes) B" }
    var value = Double(bytes)
    var unit = ""
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB"] where value >= 1024 {
      value /= 1024
      unit = next
    }
    return "\((value * 10).rounded() / 10) \(unit)"
  }

  /// `2026-11-23 15:48:45 UTC` for `2026-11-23T15:48:45Z`; anything else as it is.
  static func time(_ instant: String) -> String {
    guard instant.utf8.count == 20, instant.hasSuffix("Z"), let cut = instant.firstIndex(of: "T") else {
      return instant
    }
    return "\(instant[..<cut]) \(instant[instant.index(after: cut)...].dropLast()) UTC"
  }
}
