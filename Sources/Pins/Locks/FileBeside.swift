/// The path of a file named in another one.
enum FileBeside {
  static func path(_ target: String, of path: String) -> String {
    if target.hasPrefix("/") { return target }
    guard let slash = path.lastIndex(of: "/") else { return target }
    return path[...slash] + target
  }
}
