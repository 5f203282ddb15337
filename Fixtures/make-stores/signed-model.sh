#!/bin/sh
# A model signed with an EC key, and a model with SLSA provenance beside it. The private key is thrown away.
# usage: signed-model.sh DIR (needs openssl, and model-signing and pyOpenSSL from PyPI; 1.1.1 made what is here)
set -eu
out=$1
mkdir -p "$out/model/weights" "$out/built"
printf '{"hidden": 8}\n' >"$out/model/config.json"
printf 'weights' >"$out/model/weights/model.safetensors"
printf 'A toy.\n' >"$out/model/README.md"
key=$(mktemp)
trap 'rm -f "$key"' EXIT
openssl ecparam -name prime256v1 -genkey -noout -out "$key"
openssl ec -in "$key" -pubout -out "$out/signer.pub.pem" 2>/dev/null
model_signing sign key --private_key "$key" --signature "$out/model/model.sig" "$out/model"
printf 'trained' >"$out/built/model.onnx"
printf 'id,amount\n1,10\n' >"$out/built/train.csv"
digest() { sha256sum "$1" | cut -d' ' -f1; }
cat >"$out/built/provenance.json" <<JSON
{
  "_type": "https://in-toto.io/Statement/v1",
  "subject": [{"name": "model.onnx", "digest": {"sha256": "$(digest "$out/built/model.onnx")"}}],
  "predicateType": "https://slsa.dev/provenance/v1",
  "predicate": {
    "buildDefinition": {
      "buildType": "https://example.org/train/v1",
      "externalParameters": {"seed": 42, "epochs": 3},
      "resolvedDependencies": [
        {"uri": "git+https://git.example.org/risk/fraud@refs/heads/main", "digest": {"gitCommit": "0123456789012345678901234567890123456789"}},
        {"uri": "train.csv", "digest": {"sha256": "$(digest "$out/built/train.csv")"}}
      ]
    },
    "runDetails": {
      "builder": {"id": "https://example.org/builder"},
      "metadata": {"invocationId": "build-7", "startedOn": "2026-11-23T12:00:00Z", "finishedOn": "2026-11-23T12:05:00Z"}
    }
  }
}
JSON
