import Stores

extension StoreFixture {
  private static let commit = "0000000011111111111111111111111111111111"

  static let tools: [StoreFixture] = [
    StoreFixture(
      kind: .dvc, folder: "dvc",
      subjects: ["data/rates.csv", "data/raw", "data/train.csv", "remote", "repo/.dvc/cache"].map {
        "dataset dataset:\($0)"
      }, runs: 2, claims: 22, record: "dvc.lock$", inner: "repo/.dvc/cache$",
      neutral: [
        Neutral(pattern: "/.dvc/config$", reason: "what makes no sense there is passed over, as DVC does not"),
        Neutral(pattern: "/.dvcignore$", reason: "comments; patterns say that a directory cannot be judged"),
        Neutral(pattern: "/.python-version$", reason: "another version may be meant"),
        Neutral(pattern: "/dvc.lock$", reason: "sizes and counts of files say less than the digests beside them"),
      ]),
    StoreFixture(
      kind: .dvc, folder: "dvc-2", subjects: [".dvc/cache", "dos.csv", "set"].map { "dataset dataset:\($0)" }, runs: 1,
      claims: 9, record: "dvc.lock$", inner: "^.dvc/cache$",
      neutral: [
        Neutral(pattern: "^.dvc/config$", reason: "what makes no sense there is passed over, as DVC does not"),
        Neutral(pattern: "^.dvcignore$", reason: "comments; patterns say that a directory cannot be judged"),
      ]),
    StoreFixture(
      kind: .bagit, folder: "bagit", subjects: ["dataset dataset:v0.97", "dataset dataset:v1.0"], runs: 0, claims: 72,
      record: "manifest-md5.txt$", inner: "v1.0/data$", neutral: []),
    StoreFixture(
      kind: .huggingface, folder: "huggingface",
      subjects: [
        "alias example/toy@main", "alias example/toy@v1.0", "dataset dataset:example/data@\(commit)",
        "model example/toy", "version example/toy@\(commit)",
        "version example/toy@0000000022222222222222222222222222222222", "model local", "version local@\(commit)",
      ], runs: 0, claims: 32, record: "trees/[0-9a-f]+.json$", inner: "models--example--toy/snapshots$",
      neutral: [
        Neutral(pattern: "datasets--[^/]*/refs/", reason: "datasets have no aliases, so nothing is made of their refs")
      ]),
    StoreFixture(
      kind: .gitLFS, folder: "git-lfs", subjects: ["dataset dataset:git-lfs (Git LFS)"], runs: 0, claims: 4,
      record: ".git/index$", inner: ".git/lfs/objects$",
      neutral: [
        Neutral(pattern: "^train.py$", reason: "a small file that git keeps itself, without Git LFS"),
        Neutral(pattern: "^.gitattributes$", reason: "only the filter is read: which files it replaced says the index"),
      ]),
    StoreFixture(
      kind: .signedModel, folder: "signed-model/model", subjects: ["model model", "version model@b7c2fbf9abb4"],
      runs: 0, claims: 3, record: "model.sig$", inner: "^weights$", neutral: []),
    StoreFixture(
      kind: .croissant, folder: "croissant", subjects: ["dataset dataset:toy-transactions"], runs: 0, claims: 1,
      record: "croissant.json$", inner: "^data$",
      neutral: [
        Neutral(pattern: "croissant.json$", reason: "names and descriptions: digests and columns are what is checked")
      ]),
    StoreFixture(
      kind: .roCrate, folder: "ro-crate", subjects: ["dataset dataset:Training run"], runs: 1, claims: 7,
      record: "ro-crate-metadata.json$", inner: "^model.pkl$", neutral: []),
    StoreFixture(
      kind: .wandb, folder: "wandb", subjects: ["dataset dataset:transactions@a46364d1"], runs: 1, claims: 2,
      record: ".wandb$",
      inner: "data-dir/artifacts/staging$", neutral: []),
    StoreFixture(
      kind: .sacred, folder: "sacred",
      subjects: ["dataset dataset:train_fbe97d36b1f6708d1b2b4d506949324c.csv"], runs: 1, claims: 2,
      record: "runs/1/(config|metrics).json$", inner: "_resources$",
      neutral: [
        Neutral(pattern: "runs/1/(cout.txt|model.pkl)$", reason: "Sacred keeps no digest of them"),
        Neutral(pattern: "runs/1/(run|metrics).json$", reason: "other values may be meant, and options are not read"),
      ]),
  ]
}
