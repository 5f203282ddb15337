import Documents

/// Kubernetes manifests of any kind: whatever holds containers, in pods, their templates, lists and custom resources.
enum KubernetesManifest {
  private static let groups: Set<String> = [
    "containers", "initContainers", "ephemeralContainers", "container", "sidecars", "script",
  ]

  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    if root["kind"]?.text == "Kustomization" { return Kustomization.read(root, &images) }
    var found: [DocumentNode] = []
    root.forEachMap { key, map in
      if groups.contains(key), let image = map["image"], image.text != nil { found.append(image) }
      // A volume can be an image, too.
      if key == "image", let reference = map["reference"], reference.text != nil { found.append(reference) }
    }
    for node in found { images.add(node) }
  }
}
