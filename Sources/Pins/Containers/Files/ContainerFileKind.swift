/// The files that name container images.
package enum ContainerFileKind: String, Sendable, CaseIterable {
  case dockerfile, compose, bake
  case bakeJSON = "bake-json"
  case devcontainer
  case gitLab = "gitlab-ci"
  case gitHubWorkflow = "github-workflow"
  case gitHubAction = "github-action"
  case circleCI = "circleci"
  case azurePipelines = "azure-pipelines"
  case bitbucketPipelines = "bitbucket-pipelines"
  case jenkinsfile, kubernetes, kustomization
  case helmTemplate = "helm-template"
  case helmValues = "helm-values"
  case mlproject
}

extension ContainerFileKind {
  /// The kind of the file at `path` by its name; some manifests are known by what they hold only.
  init?(path: String, content: [UInt8]?) {
    let folders = path.split(separator: "/").map { $0.lowercased() }
    guard let name = folders.last else { return nil }
    let parent = folders.dropLast().last ?? ""
    if let kind = Self.byName(name) ?? Self.byFolder(name, folders.dropLast(), parent) {
      self = kind
      return
    }
    guard Self.isYAML(name) || name.hasSuffix(".tpl"), let content else { return nil }
    let isTemplate = Self.isTemplate(content)
    if isTemplate, folders.dropLast().contains("templates") {
      self = .helmTemplate
    } else if Self.isManifest(content) {
      self = isTemplate ? .helmTemplate : .kubernetes
    } else {
      return nil
    }
  }

  private static func byName(_ name: String) -> ContainerFileKind? {
    if name.hasSuffix(".dockerignore") { return nil }
    switch name {
    case "dockerfile", "containerfile": return .dockerfile
    case "devcontainer.json", ".devcontainer.json": return .devcontainer
    case "action.yml", "action.yaml": return .gitHubAction
    case "bitbucket-pipelines.yml", "bitbucket-pipelines.yaml": return .bitbucketPipelines
    case "kustomization.yaml", "kustomization.yml", "kustomization": return .kustomization
    case "mlproject": return .mlproject
    case "jenkinsfile": return .jenkinsfile
    default: break
    }
    if name.hasPrefix("dockerfile.") || name.hasSuffix(".dockerfile") || name.hasPrefix("containerfile.") {
      return .dockerfile
    }
    if name.hasPrefix("jenkinsfile.") || name.hasSuffix(".jenkinsfile") { return .jenkinsfile }
    if name.contains("bake"), name.hasSuffix(".hcl") { return .bake }
    if name.hasPrefix("docker-bake"), name.hasSuffix(".json") { return .bakeJSON }
    guard isYAML(name) else { return nil }
    if ["compose.", "docker-compose.", "docker-compose-", "compose-"].contains(where: name.hasPrefix) {
      return .compose
    }
    if name.hasSuffix(".gitlab-ci.yml") || name.hasSuffix(".gitlab-ci.yaml") { return .gitLab }
    if name.hasPrefix("azure-pipelines") { return .azurePipelines }
    if ["values.", "values-", "values_"].contains(where: name.hasPrefix) || name.hasSuffix("-values.yaml") {
      return .helmValues
    }
    return nil
  }

  private static func byFolder(_ name: String, _ folders: ArraySlice<String>, _ parent: String) -> ContainerFileKind? {
    guard isYAML(name) else { return nil }
    if parent == ".circleci" { return .circleCI }
    if parent == "workflows", [".github", ".gitea", ".forgejo"].contains(folders.dropLast().last ?? "") {
      return .gitHubWorkflow
    }
    return nil
  }

  private static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  private static func isTemplate(_ content: [UInt8]) -> Bool {
    zip(content, content.dropFirst()).contains { $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "{") }
  }

  /// Whether some line begins with `apiVersion:` and another with `kind:`.
  private static func isManifest(_ content: [UInt8]) -> Bool {
    var hasVersion = false
    var hasKind = false
    for line in content.split(separator: 0x0A) {
      if line.starts(with: "apiVersion:".utf8) { hasVersion = true }
      if line.starts(with: "kind:".utf8) { hasKind = true }
    }
    return hasVersion && hasKind
  }
}
