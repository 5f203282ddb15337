import Documents

/// Reads the files that name container images.
package enum ContainerFile {
  /// What kind of file lies at `path`; nil when it names no images. Manifests need `content` to be known.
  package static func kind(of path: String, content: [UInt8]? = nil) -> ContainerFileKind? {
    ContainerFileKind(path: path, content: content)
  }

  /// Reads `bytes`, which lie at `path`; `lookup` gets the `.env` beside a compose file.
  package static func read(
    _ kind: ContainerFileKind, path: String, bytes: [UInt8], lookup: FileLookup
  ) -> PinReading {
    var images = ServiceImages(path: path)
    switch kind {
    case .dockerfile: return Dockerfile.read(path: path, bytes: bytes)
    case .jenkinsfile: Jenkinsfile.read(bytes, &images)
    case .helmTemplate: HelmTemplate.read(bytes, &images)
    case .compose: images.readYAML(bytes) { ComposeFile.read($0, lookup: lookup, &$1) }
    case .bake: BakeFile.read(hcl: bytes, &images)
    case .bakeJSON: images.readJSON(bytes) { BakeFile.read($0, &$1) }
    case .devcontainer: images.readJSON(JSONComments.removed(from: bytes)) { DevcontainerFile.read($0, &$1) }
    case .gitLab: images.readYAML(bytes) { GitLabPipeline.read($0, &$1) }
    case .gitHubWorkflow, .gitHubAction: images.readYAML(bytes) { GitHubWorkflow.read($0, &$1) }
    case .circleCI: images.readYAML(bytes) { CircleCIConfiguration.read($0, &$1) }
    case .azurePipelines: images.readYAML(bytes) { AzurePipeline.read($0, &$1) }
    case .bitbucketPipelines: images.readYAML(bytes) { BitbucketPipeline.read($0, &$1) }
    case .kubernetes: images.readYAML(bytes) { KubernetesManifest.read($0, &$1) }
    case .kustomization: images.readYAML(bytes) { Kustomization.read($0, &$1) }
    case .helmValues: images.readYAML(bytes) { HelmValues.read($0, &$1) }
    case .mlproject: images.readYAML(bytes) { MLProject.read($0, &$1) }
    }
    return images.reading
  }
}
