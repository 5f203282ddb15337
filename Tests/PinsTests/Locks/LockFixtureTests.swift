import Foundation
import Pins
import Testing

/// Fixtures/locks, whose files the real tools wrote or could have written.
enum LockFixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/locks")

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  static func read(_ path: String, lookup: FileLookup = .none) throws -> PinReading {
    let bytes = try bytes(path)
    let kind = try #require(LockFile.kind(of: path, bytes: bytes), "\(path) is no lock file")
    return LockFile.read(kind, path: path, bytes: bytes, lookup: lookup)
  }

  /// Looks beside the fixture's own files only.
  static let beside = FileLookup { path in
    guard let data = try? Data(contentsOf: folder.appending(path: path)) else { return .missing }
    return .found(Array(data))
  }
}

extension PinReading {
  /// `line name pin text`, for tables that people read.
  var table: [String] {
    requirements.map { "\($0.line) \($0.name ?? "-") \($0.pin.rawValue) \($0.text)" }
  }

  var problemTable: [String] { problems.map { "\($0.line ?? 0) \($0.message)" } }

  var pythonTable: [String] { pythons.map { "\($0.line) \($0.text) \($0.isExact ? "exact" : "open")" } }
}

@Suite struct LockFixtureTests {
  @Test(arguments: [
    ("uv-script/tool.py.lock", ["11 idna hashed idna==3.7"], ["3 >=3.11 open"]),
    (
      "pip/pylock.toml", ["4 idna hashed idna==3.20", "15 six hashed six==1.16.0"], []
    ),
    (
      "pdm/pdm.lock",
      [
        "13 idna hashed idna==3.20", "24 iniconfig hashed iniconfig==2.3.1", "35 six hashed six==1.16.0",
      ],
      ["11 >=3.11 open"]
    ),
    (
      "pipenv/Pipfile.lock",
      ["19 idna hashed idna==3.20", "28 six hashed six==1.16.0", "39 iniconfig hashed iniconfig==2.3.1"],
      ["8 3.11 open"]
    ),
    (
      "poetry-2/poetry.lock",
      [
        "3 idna hashed idna==3.20", "23 iniconfig hashed iniconfig==2.3.1", "40 six hashed six==1.16.0",
        "57 typing-extensions hashed typing-extensions==4.12.2",
      ],
      ["77 ^3.11 open"]
    ),
    (
      "poetry-1.8/poetry.lock",
      [
        "3 idna hashed idna==3.20", "22 iniconfig hashed iniconfig==2.3.1", "38 six hashed six==1.16.0",
        "54 typing-extensions hashed typing-extensions==4.12.2",
      ],
      ["72 ^3.11 open"]
    ),
    (
      "poetry-1.1/poetry.lock",
      [
        "1 idna hashed idna==3.7",
        "9 toy-part vcs-commit Toy_Part @ git+https://github.com/example/toy.git@0123456789012345678901234567890123456789",
        "24 local-part local local-part @ local",
        "37 wheel-part url-digest wheel-part @ wheels/wheel_part-2.0-py3-none-any.whl",
      ],
      ["51 3.10.13 exact"]
    ),
    (
      "conda-lock/conda-lock.yml",
      [
        "15 python hashed python==3.10.13", "27 numpy hashed numpy==1.26.4",
        "49 toy-package hashed Toy_Package==0.3.0",
        "59 inhouse vcs-commit inhouse @ git+https://github.com/example/inhouse.git@0123456789012345678901234567890123456789",
        "69 unhashed exact unhashed==2.0",
      ],
      ["15 3.10.13 exact"]
    ),
    (
      "pixi-6/pixi.lock",
      [
        "13 python hashed python==3.12.3=hab00c5b_0_cpython", "20 tzdata exact tzdata==2024a=h0c530f3_0",
        "22 own local own @ ../recipes/own", "26 toy-package hashed toy-package==0.3.0",
        "31 inhouse vcs-commit inhouse @ git+https://github.com/example/inhouse.git?rev=main@0123456789012345678901234567890123456789",
        "38 local-part local local-part @ ./parts/local",
      ],
      ["13 3.12.3 exact"]
    ),
    (
      "pixi-4/pixi.lock",
      ["11 numpy hashed numpy==1.26.4=py310hb13e2d6_0", "19 toy-package hashed toy-package==0.3.0"], []
    ),
    (
      "renv/renv.lock",
      [
        "3 R exact R==4.3.1", "7 R6 hashed R6==2.5.1", "14 data.table exact data.table==1.14.8",
        "20 toy vcs-commit toy==0.1.0", "31 inhouse local inhouse==1.0.0",
      ],
      []
    ),
    (
      "julia/Manifest.toml",
      [
        "3 julia exact julia==1.9.4", "7 CSV hashed CSV==0.10.12", "13 Dates exact Dates",
        "17 Flux vcs-commit Flux @ git+https://github.com/FluxML/Flux.jl.git", "24 Own local Own @ ../Own",
        "29 SHA exact SHA==0.7.0",
      ],
      []
    ),
  ])
  func `reads what the tools wrote`(path: String, rows: [String], pythons: [String]) throws {
    let reading = try LockFixtures.read(path)
    #expect(reading.table == rows)
    #expect(reading.pythonTable == pythons)
    #expect(reading.problemTable == [])
    #expect(reading.requirements.allSatisfy { $0.path == path })
  }

  @Test func `a format 1 manifest names no Julia, so its own library has no version`() throws {
    let bytes = try LockFixtures.bytes("julia/Manifest-v1.toml")
    let reading = LockFile.read(.juliaManifest, path: "Manifest.toml", bytes: bytes)
    #expect(reading.table == ["1 CSV hashed CSV==0.10.12", "7 Dates none Dates"])
  }

  @Test(arguments: ["uv/uv.lock", "uv/pylock.toml"])
  func `one resolution, written by uv in two forms, has the same pins`(path: String) throws {
    let reading = try LockFixtures.read(path)
    let rows = reading.requirements.map { "\($0.name ?? "-") \($0.pin.rawValue)" }
    #expect(rows.contains("local-part local"))
    #expect(Set(rows).isSuperset(of: ["idna hashed", "requests hashed", "pysocks hashed", "typing-extensions hashed"]))
    #expect(!rows.contains { $0.hasPrefix("fraud-model") })
    #expect(reading.problemTable == [])
  }

  @Test func `an environment file is judged as conda and pip read it`() throws {
    let reading = try LockFixtures.read("conda/environment.yml")
    #expect(
      reading.table == [
        "7 numpy wildcard numpy=1.26", "8 pandas exact pandas==2.1.4", "9 scipy exact scipy=1.11.4=py310h86b0000_0",
        "10 scikit-learn range scikit-learn>=1.3,<1.4", "11 xgboost wildcard conda-forge::xgboost=2.0.3",
        "12 pytorch exact pytorch::pytorch[version='2.1.2', build='py3.10_cuda12.1_cudnn8.9.2_0']",
        "13 libblas none libblas=*=*openblas", "14 git none git", "15 cudatoolkit none cudatoolkit",
        "16 inhouse hashed https://[redacted]@conda.example.org/t/[redacted]/team/linux-64/inhouse-1.0-0.conda#0123456789abcdef0123456789abcdef",
        "17 other exact https://conda.example.org/team/linux-64/other-2.1-h1_0.tar.bz2", "18 pip none pip",
        "21 mlflow exact mlflow==2.9.2", "22 transformers range transformers>=4.36",
        "24 toy vcs-commit git+https://github.com/example/toy@0123456789012345678901234567890123456789#egg=toy",
      ])
    #expect(reading.pythonTable == ["6 python=3.10.13 exact"])
    #expect(reading.references.map(\.target) == ["requirements.txt"])
    #expect(reading.references.map(\.line) == [20])
    #expect(reading.problemTable == [])
  }

  @Test func `an explicit list hides its credentials, and says what it cannot read`() throws {
    let reading = try LockFixtures.read("explicit/conda-linux-64.lock")
    #expect(
      reading.requirements.map { "\($0.line) \($0.name ?? "-") \($0.pin.rawValue)" } == [
        "5 _libgcc_mutex hashed", "6 python hashed", "7 tzdata hashed", "8 inhouse exact", "9 - local",
        "10 toy-package url-digest",
      ])
    #expect(reading.pythonTable == ["6 3.10.13 exact"])
    #expect(
      reading.problemTable == [
        "11 not the URL of a conda package: `numpy=1.26.4`",
        "12 what follows `#` is neither an MD5 nor a SHA-256 digest",
      ])
    #expect(reading.requirements.allSatisfy { !$0.text.contains("secret") && !$0.text.contains("tk-") })
  }

  @Test func `MLflow's two files name the Python, the builders and the requirements file`() throws {
    let conda = try LockFixtures.read("mlflow/conda.yaml")
    #expect(
      conda.table == [
        "5 pip range pip<=23.2.1", "7 mlflow exact mlflow==2.9.2", "8 scikit-learn exact scikit-learn==1.3.2",
      ])
    #expect(conda.pythonTable == ["4 python=3.10.13 exact"])
    let python = try LockFixtures.read("mlflow/python_env.yaml")
    #expect(python.table == ["3 pip exact pip==23.2.1", "4 setuptools exact setuptools==68.0.0", "5 wheel none wheel"])
    #expect(python.pythonTable == ["1 3.10.13 exact"])
    #expect(python.references.map { "\($0.line) \($0.target)" } == ["7 requirements.txt"])
  }

  @Test func `ranges of a project count as pinned when a lock file beside it locks the name`() throws {
    let locked = try LockFixtures.read("uv/pyproject.toml", lookup: LockFixtures.beside)
    #expect(
      locked.table == [
        "5 idna hashed idna>=3", "5 requests hashed Requests[socks]>=2.31",
        "5 typing-extensions exact typing_extensions==4.12.2", "5 local-part local local-part @ local",
        "8 six hashed six", "11 iniconfig hashed iniconfig>=2",
      ])
    #expect(locked.pythonTable == ["4 >=3.11 open"])
    let alone = try LockFixtures.read("uv/pyproject.toml")
    #expect(alone.requirements.map(\.pin) == [.range, .range, .exact, .local, .none, .range])

    let pipfile = try LockFixtures.read("pipenv/Pipfile", lookup: LockFixtures.beside)
    #expect(pipfile.table == ["7 idna hashed idna>=3", "8 six exact six==1.16.0", "11 iniconfig hashed iniconfig"])
    let poetry = try LockFixtures.read("poetry-2/pyproject.toml", lookup: LockFixtures.beside)
    #expect(
      poetry.table == [
        "10 idna hashed idna ^3.0", "11 six exact six 1.16.0", "12 typing-extensions hashed typing_extensions ~4.12",
        "15 iniconfig hashed iniconfig *",
      ])
    let julia = try LockFixtures.read("julia/Project.toml", lookup: LockFixtures.beside)
    #expect(
      julia.table == [
        "14 julia exact julia 1.9", "6 CSV exact CSV =0.10.12", "7 DataFrames range DataFrames 1.6",
        "8 Flux vcs-commit Flux",
      ])
  }
}
