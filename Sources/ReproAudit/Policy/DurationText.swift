/// Lengths of time on the command line, as policies write them.
public enum DurationText {
  public static let example = "a duration such as 45m, 2h or 30d"

  /// Nil for anything but whole numbers with a unit behind each.
  public static func seconds(_ text: String) -> Int? { PolicyDuration(text)?.seconds }
}
