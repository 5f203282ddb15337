import Documents

/// GitLab pipelines: the images and services of jobs and their defaults.
enum GitLabPipeline {
  static func read(_ root: DocumentNode, _ images: inout ServiceImages) {
    let global = variables(root["variables"], over: BuildVariables())
    images.variables = global
    readJob(root, &images)
    for entry in root.entries ?? [] where !["variables", "image", "services", "include"].contains(entry.key) {
      images.variables = variables(entry.node["variables"], over: global)
      readJob(entry.node, &images)
    }
    let includes = root["include"]?.elements ?? root["include"].map { [$0] } ?? []
    for include in includes {
      guard let file = include.text(or: "local"), file.text?.contains("://") == false else { continue }
      images.addReference(file)
    }
  }

  private static func readJob(_ job: DocumentNode, _ images: inout ServiceImages) {
    images.add(job["image"]?.text(or: "name"))
    for service in job["services"]?.elements ?? [] { images.add(service.text(or: "name")) }
  }

  /// `NAME: value` or `NAME: {value: …}`; a value may hold variables from before.
  private static func variables(_ node: DocumentNode?, over known: BuildVariables) -> BuildVariables {
    var variables = known
    for entry in node?.entries ?? [] {
      let text = entry.node.text(or: "value")?.text
      let expanded = text.flatMap { try? VariableExpansion.expand(Array($0.utf8)[...], variables) }
      variables.set(entry.key, expanded.flatMap { $0.unknown == nil ? $0.value : nil })
    }
    return variables
  }
}
