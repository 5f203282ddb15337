import Foundation
import Pins
import Testing

private func read(_ kind: ContainerFileKind, _ text: String, _ files: [String: String] = [:]) -> PinReading {
  ContainerFile.read(
    kind, path: "a/file", bytes: Array(text.utf8),
    lookup: FileLookup { path in files[path].map { .found(Array($0.utf8)) } ?? .missing })
}

/// What a file names, as `line text pin`.
private func images(_ kind: ContainerFileKind, _ text: String, _ files: [String: String] = [:]) -> [String] {
  read(kind, text, files).images.map { "\($0.line) \($0.text) \($0.pin.rawValue)" }
}

@Suite struct ContainerFileKindTests {
  @Test(arguments: [
    ("Dockerfile", ContainerFileKind.dockerfile), ("docker/Dockerfile.gpu", .dockerfile),
    ("gpu.Dockerfile", .dockerfile),
    ("a/Containerfile", .dockerfile), ("Containerfile.x", .dockerfile), ("compose.yaml", .compose),
    ("compose.dev.yml", .compose),
    ("docker-compose.yml", .compose), ("docker-compose-gpu.yaml", .compose), ("docker-bake.hcl", .bake),
    ("bake.hcl", .bake),
    ("docker-bake.override.json", .bakeJSON), (".devcontainer/devcontainer.json", .devcontainer),
    (".devcontainer.json", .devcontainer),
    (".gitlab-ci.yml", .gitLab), ("ci/test.gitlab-ci.yml", .gitLab), (".github/workflows/test.yml", .gitHubWorkflow),
    (".gitea/workflows/x.yaml", .gitHubWorkflow), ("x/action.yml", .gitHubAction), (".circleci/config.yml", .circleCI),
    ("azure-pipelines.yml", .azurePipelines), ("bitbucket-pipelines.yml", .bitbucketPipelines),
    ("Jenkinsfile", .jenkinsfile),
    ("Jenkinsfile.gpu", .jenkinsfile), ("k8s/kustomization.yaml", .kustomization), ("chart/values.yaml", .helmValues),
    ("chart/values-prod.yaml", .helmValues), ("MLproject", .mlproject),
  ])
  func `knows files by their name`(path: String, kind: ContainerFileKind) {
    #expect(ContainerFile.kind(of: path) == kind)
  }

  @Test(arguments: [
    ("deploy.yaml", "apiVersion: v1\nkind: Pod\n", ContainerFileKind?.some(.kubernetes)),
    ("deploy.yaml", "a: 1\nkind: x\n", nil),
    ("chart/templates/deploy.yaml", "apiVersion: v1\nkind: Pod\nx: {{ .Values.x }}\n", .helmTemplate),
    ("deploy.yaml", "apiVersion: v1\nkind: {{ .Values.kind }}\n", .helmTemplate),
    ("x.txt", "apiVersion: v1\nkind: Pod\n", nil),
    ("chart/templates/_helpers.tpl", "{{- define }}", .helmTemplate), ("other/x.yaml", "{{ x }}", nil),
  ])
  func `knows manifests by what they hold`(path: String, content: String, kind: ContainerFileKind?) {
    #expect(ContainerFile.kind(of: path, content: Array(content.utf8)) == kind)
  }

  @Test(arguments: [
    "", "/", "README.md", "Dockerfile.dockerignore", "deploy.yaml", "main.tf", "x.json", ".github/x.yml",
  ])
  func `other files name no images`(path: String) { #expect(ContainerFile.kind(of: path) == nil) }

  @Test(arguments: ContainerFileKind.allCases)
  func `every kind reads whatever bytes it gets`(kind: ContainerFileKind) {
    let hostile: [[UInt8]] = [
      [], [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20),
      [UInt8](repeating: UInt8(ascii: "{"), count: 1 << 20), [UInt8](repeating: UInt8(ascii: "\""), count: 1 << 18),
      [UInt8](repeating: UInt8(ascii: "a"), count: 5 << 20), Array(String(repeating: "${", count: 1 << 19).utf8),
      Array(String(repeating: "a = {\n", count: 1 << 17).utf8), Array(String(repeating: "/*", count: 1 << 18).utf8),
      Array(String(repeating: "image: {{ x }}\n", count: 20_000).utf8),
      Array(String(repeating: "a: &a [*a]\n", count: 1000).utf8),
    ]
    for bytes in hostile { _ = ContainerFile.read(kind, path: "x", bytes: bytes, lookup: .none) }
  }

  @Test(arguments: [ContainerFileKind.compose, .kubernetes, .helmValues, .gitLab])
  func `a bomb of aliases is a problem, not a hang`(kind: ContainerFileKind) {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<12 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
    }
    #expect(read(kind, text).problems.count == 1)
  }

  @Test(arguments: [
    (ContainerFileKind.compose, "services: [\n", 2), (.devcontainer, "{\n\"image\": }", 2),
    (.bake, "target \"x\" {\n", 2),
    (.bake, "target x y", 1), (.bake, "a = [1\n", 1), (.bake, "a = \"x\n", 1), (.bake, "a = <<E\nx\n", 1),
    (.bake, "a = {\nb = 1\n", 1),
    (.bake, "= 1", 1), (.bake, "a = [)]", 1), (.bake, "a\n", 1), (.bakeJSON, "{", 1), (.gitLab, "\tx", 1),
  ])
  func `says where a file goes wrong`(kind: ContainerFileKind, text: String, line: Int) {
    #expect(read(kind, text).problems.map(\.line) == [line])
  }
}

@Suite struct ContainerFileTests {
  @Test func `compose: images of services, with variables and the .env beside them`() {
    let text = """
      x-base: &base
        image: python:3.10.13-slim
      services:
        a: {image: "nginx:${TAG:-1.25.3}"}
        b: {image: "nginx:$OTHER"}
        c: {<<: *base}
        d: {image: "redis:${REDIS}", profiles: [x]}
        e:
          image: built:latest
          build: {context: ./app, dockerfile: gpu.Dockerfile, additional_contexts: {base: "docker-image://alpine:3.20.1"}}
        f: {build: worker/}
        g: {build: {context: "https://e.org/x.git", additional_contexts: ["y=docker-image://b:1.2.3", "z=../z"]}}
        h:
          build:
            dockerfile_inline: |
              FROM python:latest
              RUN pip install x
        i: {extends: {file: common.yml, service: x}, image: ''}
        j: {image: "${X?missing}", build: ~}
      include: [other.yml, {path: [one.yml, two.yml]}, {project: x}]
      """
    let reading = read(.compose, text, ["a/.env": "# x\nexport REDIS=\"7.2.4\" # why\nOTHER=${X}\nA=1 # b\nnothing\n"])
    #expect(
      reading.images.map { "\($0.line) \($0.text) \($0.pin.rawValue)" } == [
        "4 nginx:1.25.3 version", "5 nginx:$OTHER unresolved", "2 python:3.10.13-slim version", "7 redis:7.2.4 version",
        "10 alpine:3.20.1 version", "12 b:1.2.3 version", "16 python:latest floating", "19 ${X?missing} unresolved",
      ])
    #expect(
      reading.references.map(\.target) == [
        "./app/gpu.Dockerfile", "worker/Dockerfile", "common.yml", "other.yml", "one.yml", "two.yml",
      ])
    #expect(reading.installs.map(\.line) == [17])
    #expect(reading.pythons.map(\.text) == ["3.10.13"])
    #expect(reading.problems.isEmpty)
  }

  @Test func `bake: contexts that are images, with the defaults of variables`() {
    let text = """
      # comment
      variable "TAG" { default = "3.20.1" }
      variable "OPEN" {}
      variable "IMAGE" {
        default = "docker-image://redis:${TAG}" // why
      }
      variable "N" { default = 3 }
      /* block
         comment */
      group "default" { targets = ["a", "b"] }
      function "f" { params = [x]  result = upper(x) }
      target "a" {
        context = "app"
        dockerfile = "Dockerfile.gpu"
        contexts = {
          base = "docker-image://alpine:${TAG}"
          open = "docker-image://alpine:${OPEN}"
          "q" : IMAGE, n = "docker-image://x:${N}"
          source = "../src"
        }
        args = { X = a ? "b" : "c", Y = null }
        tags = [for t in x : "a:${t}"]
        labels = { for k, v in x : k => v }
        platforms = ["linux/amd64", "linux/arm64",]
      }
      target "b" {
        inherits = ["a"]
        dockerfile-inline = <<EOT
      FROM busybox:latest
      EOT
      }
      target "c" { context = "c" }
      """
    let reading = read(.bake, text)
    #expect(
      reading.images.map { "\($0.line) \($0.text) \($0.pin.rawValue)" } == [
        "16 alpine:3.20.1 version", "17 alpine:${OPEN} unresolved", "18 redis:3.20.1 version", "18 x:3 floating",
        "28 busybox:latest floating",
      ])
    #expect(reading.references.map(\.target) == ["app/Dockerfile.gpu", "c/Dockerfile"])
    #expect(reading.problems.isEmpty, "\(reading.problems)")
  }

  @Test(arguments: [
    ("a = \"x\\n\\t\\\"\"\ntarget \"b\" { context = \"c\" }", ["c/Dockerfile"]),
    ("target \"b\" {\n dockerfile = f(\"a\\\"b\")\n}", ["f(\"a\\\"b\")"]),
    ("target = 1\nvariable = 2\ntarget \"b\" { contexts = [1] }", []),
    ("variable \"V\" { default = [1] }\nvariable \"W\" { default = \"${V}\" }", []),
    ("target \"b\" { contexts = { a = NONE } }", []),
    ("target \"b\" { contexts = { (k) = \"docker-image://x\" } }", []),
    ("target \"b\" { dockerfile-inline = <<-E\n  FROM scratch\n  E\n}", []),
    ("target \"b\" { context = \"c//\" }", ["c/Dockerfile"]),
    ("target \"b\" { context = \".\"\n dockerfile = \"/d\" }", ["/d"]),
    ("a = b ? c : d\ntarget \"b\" { context = \"c\" }", ["c/Dockerfile"]),
    ("", []), ("# nothing", []), ("a = {b = {c = [{d = 1}]}}", []),
  ])
  func `bake: what is no literal is passed over`(text: String, targets: [String]) {
    let reading = read(.bake, text)
    #expect(reading.references.map(\.target) == targets)
    #expect(reading.problems.isEmpty, "\(reading.problems)")
  }

  @Test(arguments: [
    (ContainerFileKind.compose, "services: {a: {image: 'x:${'}}"),
    (.compose, "services: {a: {build: {additional_contexts: [1, a]}}}"),
    (.gitLab, "image: {x: y}\nvariables: {A: [1], B: '${'}\ninclude: [{remote: x}]"),
    (.circleCI, "jobs: {a: {machine: true}}"),
    (.gitHubWorkflow, "jobs: {a: {steps: [{uses: [1]}]}}"), (.helmValues, "image: {repository: ''}"),
    (.azurePipelines, "a: {container: [x]}"),
    (.devcontainer, "{\"features\": {\"e.org/f/python:1.2.3\": {\"version\": \"latest\"}}}"),
    (.jenkinsfile, "docker 'open"),
    (.jenkinsfile, "docker \"\"\"open"), (.helmTemplate, "image: ''\nimage:"), (.kubernetes, ""),
    (.mlproject, "docker_env: x"),
  ])
  func `odd shapes are read without a crash`(kind: ContainerFileKind, text: String) {
    let reading = read(kind, text)
    #expect(reading.problems.isEmpty)
    #expect(reading.images.allSatisfy { $0.line == 1 })
  }

  @Test func `bake in JSON means the same`() {
    let text =
      #"{"variable": {"T": {"default": "1.2.3"}}, "target": {"a": {"contexts": {"b": "docker-image://x:${T}"}, "dockerfile": "D"}}}"#
    #expect(images(.bakeJSON, text) == ["1 x:1.2.3 version"])
    #expect(read(.bakeJSON, text).references.map(\.target) == ["D"])
  }

  @Test func `devcontainer: image, build and features, through comments and trailing commas`() {
    let text = """
      // head
      {
        /* block // */ "image": "mcr.microsoft.com/devcontainers/python:1-3.11", // tail
        "build": {"dockerfile": "../Dockerfile", "context": "..",},
        "dockerComposeFile": ["one.yml", "two.yml"],
        "features": {
          "ghcr.io/devcontainers/features/python:1": {"version": "3.10.13"},
          "./local": {}, "node": "lts", "https://e.org/x.tgz": {},
          "ghcr.io/x/python:1.2.3": "3.10",
        },
        "url": "http://e.org//x",
      }
      """
    let reading = read(.devcontainer, text)
    #expect(reading.problems.isEmpty, "\(reading.problems)")
    #expect(reading.images.map(\.line) == [3, 7, 9])
    #expect(reading.images.map(\.pin) == [.floating, .floating, .version])
    #expect(reading.references.map(\.target) == ["../Dockerfile", "one.yml", "two.yml"])
    #expect(reading.pythons.map(\.isExact) == [true, false])
    #expect(
      read(.devcontainer, #"{"dockerFile": "D", "dockerComposeFile": "c.yml"}"#).references.map(\.target) == [
        "D", "c.yml",
      ])
    #expect(images(.devcontainer, #"{"image": "x:${localEnv:TAG}"}"#) == ["1 x:${localEnv:TAG} unresolved"])
  }

  @Test func `GitLab: images and services of jobs and defaults, with the variables of the file`() {
    let text = """
      variables: {TAG: "3.10.13", FULL: {value: "python:$TAG"}}
      image: $FULL
      services: [postgres:16, {name: "redis:7.2.4", alias: r}]
      default: {image: {name: "node:lts"}}
      test: {variables: {TAG: "1.2.3"}, image: "x:$TAG"}
      build: {image: "$CI_REGISTRY_IMAGE/x:1.2.3"}
      list: [a]
      include: [ci/one.yml, {local: /two.yml}, {project: p, file: f}, "https://e.org/x.yml"]
      """
    #expect(
      images(.gitLab, text) == [
        "2 python:3.10.13 version", "3 postgres:16 floating", "3 redis:7.2.4 version", "4 node:lts floating",
        "5 x:1.2.3 version", "6 $CI_REGISTRY_IMAGE/x:1.2.3 unresolved",
      ])
    #expect(read(.gitLab, text).references.map(\.target) == ["ci/one.yml", "/two.yml"])
    #expect(read(.gitLab, "include: x.yml\n").references.map(\.target) == ["x.yml"])
  }

  @Test func `GitHub: containers, services and steps that are images`() {
    let text = """
      jobs:
        a:
          container: python:3.10
          services: {db: {image: "postgres:16.1.0"}, other: {image: "${{ matrix.image }}"}}
          steps: [{uses: "docker://alpine:3.20"}, {uses: actions/checkout@v4}, {run: x}]
        b: {container: {image: "x@sha256:\(String(repeating: "a", count: 64))"}}
      """
    #expect(
      images(.gitHubWorkflow, text) == [
        "3 python:3.10 floating", "4 postgres:16.1.0 version", "4 ${{ matrix.image }} unresolved",
        "5 alpine:3.20 floating",
        "6 x@sha256:\(String(repeating: "a", count: 64)) digest",
      ])
    #expect(images(.gitHubAction, "runs: {using: docker, image: 'docker://x:1.2.3'}") == ["1 x:1.2.3 version"])
    #expect(read(.gitHubAction, "runs: {using: docker, image: Dockerfile}").references.map(\.target) == ["Dockerfile"])
    #expect(images(.gitHubAction, "runs: {steps: [{uses: 'docker://y'}]}") == ["1 y none"])
  }

  @Test(arguments: [
    (
      ContainerFileKind.circleCI,
      "executors: {a: {docker: [{image: 'cimg/python:3.10.13'}]}}\njobs: {b: {docker: [{image: x}, {image: 'x:<< parameters.t >>'}]}}\norbs: {n: x/y@1, o: {jobs: {c: {docker: [{image: z}]}}}}",
      ["1 cimg/python:3.10.13 version", "2 x none", "2 x:<< parameters.t >> unresolved", "3 z none"]
    ),
    (
      .azurePipelines,
      "resources: {containers: [{container: lin, image: 'u:22.04'}]}\njobs: [{container: lin}, {container: 'x:1.2.3', services: {r: redis, l: lin}}, {container: {image: 'y:$(tag)'}}]",
      ["1 u:22.04 floating", "2 x:1.2.3 version", "2 redis none", "2 y:$(tag) unresolved"]
    ),
    (
      .bitbucketPipelines,
      "image: {name: 'p:3.10'}\npipelines: {default: [{step: {image: q, script: [{pipe: 'docker://r:1.2.3'}, {pipe: a/b:1}]}}]}\ndefinitions: {services: {d: {image: s}}}",
      ["1 p:3.10 floating", "2 q none", "2 r:1.2.3 version", "3 s none"]
    ),
    (
      .kubernetes,
      "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{image: a}]\n  initContainers: [{image: b}]\n  volumes: [{image: {reference: c}}]\n---\nkind: List\nitems:\n- {kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {ephemeralContainers: [{image: 'd:1.2.3'}]}}}}}}\n---\n---\nkind: Workflow\nspec: {templates: [{container: {image: e}}, {script: {image: f}}], image: no}\n---\nkind: Kustomization\nimages: [{name: g, newTag: 1.2.3}]",
      ["4 a none", "5 b none", "6 c none", "10 d:1.2.3 version", "14 e none", "14 f none", "17 g:1.2.3 version"]
    ),
    (
      .kustomization,
      "images: [{name: a, newTag: '1.0'}, {name: b, newName: c, digest: 'sha256:\(String(repeating: "a", count: 64))'}, {name: d, newName: e}, {newTag: x}]",
      ["1 a:1.0 floating", "1 c@sha256:\(String(repeating: "a", count: 64)) digest", "1 e unresolved"]
    ),
    (
      .helmValues,
      "image: {registry: e.org, repository: a/b, tag: 1.2.3}\nx: {image: {repository: c, tag: ''}}\ny: {repository: 'https://e.org/x', tag: 1}\nz: {repository: d, digest: 'sha256:\(String(repeating: "a", count: 64))'}\nimage2: q\nsidecarImage: 'e:1.2'\nw: {image: {repository: 'r:1.2.3'}}\nv: {image: {repository: '{{ x }}', tag: 1.2.3}}",
      [
        "6 e:1.2 floating", "1 e.org/a/b:1.2.3 version", "2 c unresolved",
        "4 d@sha256:\(String(repeating: "a", count: 64)) digest", "7 r:1.2.3 version", "8 {{ x }}:1.2.3 unresolved",
      ]
    ),
    (
      .helmTemplate,
      "spec:\n  - image: \"{{ .Values.image }}:{{ .Values.tag }}\"\n    image: x:1.2.3 # why\n  {{- /* image: no\n  image: no */}}\n  image:\n  - \"image\": 'y'\n  image: {{ include \"x\" . | quote }}\n  imagePullPolicy: Always\n  image: # later",
      [
        "2 {{ .Values.image }}:{{ .Values.tag }} unresolved", "3 x:1.2.3 version", "7 y none",
        "8 {{ include \"x\" . | quote }} unresolved",
      ]
    ),
    (.mlproject, "name: x\ndocker_env: {image: 'x:1.2.3'}\n", ["2 x:1.2.3 version"]),
    (
      .jenkinsfile,
      "// docker { image 'no' }\npipeline { agent { docker { image 'maven:3.9'\n args '-v x' } }\n /* docker 'no'\n*/\n stages { agent { docker 'node:20.1.0' } }\n docker.image(\"py:${V}\").inside { image 'no' }\n x.image('no')\n docker.image('a\\'b').pull() docker { image '''z:1.2.3''' } docker { image 'open\n}",
      [
        "2 maven:3.9 floating", "6 node:20.1.0 version", "7 py:${V} unresolved", "9 a'b invalid", "9 z:1.2.3 version",
        "9 open none",
      ]
    ),
  ])
  func `names the images of other files`(kind: ContainerFileKind, text: String, wanted: [String]) {
    #expect(images(kind, text) == wanted)
  }

  @Test func `files that others name are judged where they lie`() {
    #expect(
      read(.mlproject, "conda_env: conda.yaml\npython_env: p.yaml\n").references.map(\.target) == [
        "conda.yaml", "p.yaml",
      ])
    #expect(
      read(.kustomization, "resources: [a.yaml, ../base, 'https://e.org/x.yaml']\nbases: [b.yml]\n").references.map(
        \.target) == ["a.yaml", "b.yml"])
    #expect(read(.dockerfile, "FROM a\nRUN pip install -r r.txt\n").references.map(\.target) == ["r.txt"])
  }

  @Test func `the Python of a service is known`() {
    #expect(
      read(.gitLab, "image: python:3.10.13\n").pythons == [
        PythonPin(text: "3.10.13", version: "3.10.13", path: "a/file", line: 1)
      ])
  }
}
