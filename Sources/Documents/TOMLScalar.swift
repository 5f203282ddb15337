/// The grammar of TOML's numbers, booleans, dates and times.
enum TOMLScalar {
  static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    if text.count >= 5, isDigit(first) {
      let sign = text[text.startIndex + 4]
      if sign == UInt8(ascii: "-") { return isDateTime(text) }
      if text[text.startIndex + 2] == UInt8(ascii: ":") {
        var rest = text
        return takeTime(&rest) && rest.isEmpty
      }
    }
    return isWord(text) || isNumber(text)
  }

  private static func isWord(_ text: ArraySlice<UInt8>) -> Bool {
    switch text.count {
    case 3: equals(text, "inf") || equals(text, "nan")
    case 4:
      equals(text, "true") || equals(text, "+inf") || equals(text, "-inf") || equals(text, "+nan")
        || equals(text, "-nan")
    case 5: equals(text, "false")
    default: false
    }
  }

  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
      rest.removeFirst()
    } else if rest.first == UInt8(ascii: "0"), rest.count > 2 {
      switch rest[rest.startIndex + 1] {
      case UInt8(ascii: "x"): return isDigits(rest.dropFirst(2), where: isHexDigit)
      case UInt8(ascii: "o"): return isDigits(rest.dropFirst(2)) { (0x30...0x37).contains($0) }
      case UInt8(ascii: "b"): return isDigits(rest.dropFirst(2)) { $0 == 0x30 || $0 == 0x31 }
      default: break
      }
    }
    guard takeDigits(&rest, allowsLeadingZero: false) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits(&rest, allowsLeadingZero: true) else { return false }
    }
    if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard takeDigits(&rest, allowsLeadingZero: true) else { return false }
    }
    return rest.isEmpty
  }

  /// Takes digits with single underscores between them.
  private static func takeDigits(_ rest: inout ArraySlice<UInt8>, allowsLeadingZero: Bool) -> Bool {
    let digits = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
    rest = rest.dropFirst(digits.count)
    guard isDigits(digits, where: isDigit) else { return false }
    return allowsLeadingZero || digits.count == 1 || digits.first != UInt8(ascii: "0")
  }

  private static func isDigits(_ text: ArraySlice<UInt8>, where isDigit: (UInt8) -> Bool) -> Bool {
    var previousIsDigit = false
    for byte in text {
      guard isDigit(byte) || byte == UInt8(ascii: "_") && previousIsDigit else { return false }
      previousIsDigit = byte != UInt8(ascii: "_")
    }
    return previousIsDigit
  }

  /// `1979-05-27`, with a time behind `T` or a space, and an offset behind that.
  private static func isDateTime(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    guard let year = takeNumber(&rest, digits: 4), take("-", &rest), let month = takeNumber(&rest, digits: 2),
      take("-", &rest), let day = takeNumber(&rest, digits: 2), year >= 1, (1...12).contains(month),
      day >= 1, day <= daysInMonth(month, year: year)
    else { return false }
    guard let parting = rest.first else { return true }
    guard parting | 0x20 == UInt8(ascii: "t") || parting == UInt8(ascii: " ") else { return false }
    rest.removeFirst()
    guard takeTime(&rest) else { return false }
    guard let zone = rest.first else { return true }
    rest.removeFirst()
    if zone | 0x20 == UInt8(ascii: "z") { return rest.isEmpty }
    guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), let hour = takeNumber(&rest, digits: 2),
      take(":", &rest), let minute = takeNumber(&rest, digits: 2)
    else { return false }
    return hour < 24 && minute < 60 && rest.isEmpty
  }

  /// Takes `07:32`, `07:32:00` or `07:32:00.999`.
  private static func takeTime(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let hour = takeNumber(&rest, digits: 2), take(":", &rest), let minute = takeNumber(&rest, digits: 2),
      hour < 24, minute < 60
    else { return false }
    guard take(":", &rest) else { return true }
    guard let second = takeNumber(&rest, digits: 2), second < 60 else { return false }
    guard take(".", &rest) else { return true }
    let fraction = rest.prefix(while: isDigit)
    rest = rest.dropFirst(fraction.count)
    return !fraction.isEmpty
  }

  private static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func takeNumber(_ rest: inout ArraySlice<UInt8>, digits: Int) -> Int? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy(isDigit) else { return nil }
    rest = rest.dropFirst(digits)
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func take(_ sign: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.first == UInt8(ascii: sign) else { return false }
    rest.removeFirst()
    return true
  }

  private static func equals(_ text: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { text.elementsEqual($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66
  }
}
