import Documents

/// MLflow projects: the image, or the environment file, that a project runs in.
enum MLProject {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    images.add(root["docker_env"]?["image"])
    images.addReference(root["conda_env"])
    images.addReference(root["python_env"])
  }
}
