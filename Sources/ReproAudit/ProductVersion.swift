/// The name and version that reports carry.
public enum ProductVersion {
  public static let name = "repro-audit"
  public static let text = "0.1.0"
}
