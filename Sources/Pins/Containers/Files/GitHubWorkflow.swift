import Documents

/// GitHub workflows and actions: the containers of jobs, their services, and steps that are images.
enum GitHubWorkflow {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    for job in root["jobs"]?.entries ?? [] {
      images.add(job.node["container"]?.text(or: "image"))
      for service in job.node["services"]?.entries ?? [] { images.add(service.node.text(or: "image")) }
      readSteps(job.node["steps"], &images)
    }
    guard let runs = root["runs"] else { return }
    readSteps(runs["steps"], &images)
    guard let image = runs["image"], let text = image.text else { return }
    if text.hasPrefix(scheme) { addStep(image, &images) } else { images.addReference(image) }
  }

  private static let scheme = "docker://"

  private static func readSteps(_ steps: DocumentNode?, _ images: inout ServiceImages) {
    for step in steps?.elements ?? [] where step["uses"]?.text?.hasPrefix(scheme) == true {
      addStep(step["uses"], &images)
    }
  }

  private static func addStep(_ node: DocumentNode?, _ images: inout ServiceImages) {
    guard let node, let text = node.text else { return }
    images.add(String(text.dropFirst(scheme.utf8.count)), line: node.line)
  }
}
