import Documents

/// CircleCI: the images of jobs and executors.
enum CircleCIConfiguration {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    for group in ["executors", "jobs"] {
      for entry in root[group]?.entries ?? [] {
        for image in entry.node["docker"]?.elements ?? [] { images.add(image["image"]) }
      }
    }
    // Orbs written into the file have jobs and executors of their own.
    for orb in root["orbs"]?.entries ?? [] where orb.node.entries != nil { read(orb.node, &images) }
  }
}
