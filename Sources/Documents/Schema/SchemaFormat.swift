/// The formats that are checked; a schema that asks for another is a mistake.
enum SchemaFormat: String, CaseIterable {
  case dateTime = "date-time"
  case date, time, uri, uuid, email

  private static let patterns: [SchemaFormat: BoundedPattern] = {
    let date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    let time = #"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"#
    let texts: [SchemaFormat: String] = [
      .dateTime: "^\(date)[Tt ]\(time)$", .date: "^\(date)$", .time: "^\(time)$",
      .uri: "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]*$",
      .uuid: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
      .email: #"^[^\s@]+@[^\s@]+$"#,
    ]
    return texts.compactMapValues { try? BoundedPattern($0) }
  }()

  func fits(_ text: String) -> Bool {
    guard text.utf8.count <= 4096, Self.patterns[self]?.isFound(in: text) ?? false else { return false }
    guard self == .date || self == .dateTime else { return true }
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return false }
    let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return parts[2] <= days[parts[1] - 1]
  }
}
