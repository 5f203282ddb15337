"""A Croissant description and a research object crate with a run. usage: descriptions.py croissant|ro-crate DIR

mlcroissant 1.1.1 and rocrate 0.16.0 from PyPI made what is here.
"""

import hashlib
import json
import pathlib
import sys

kind, out = sys.argv[1], pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
rows = b"amount,is_fraud\n10,0\n20,1\n"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


if kind == "croissant":
    import mlcroissant as mlc

    data = out / "data" / "tränsactions 1.csv"
    data.parent.mkdir(exist_ok=True)
    data.write_bytes(rows)
    file = mlc.FileObject(
        id="rows", name="rows", content_url="data/tr%C3%A4nsactions%201.csv", encoding_formats=["text/csv"],
        sha256=sha256(data), content_size=f"{len(rows)} B")
    fields = [
        mlc.Field(
            id=f"default/{name}", name=name, data_types=[mlc.DataType.INTEGER],
            source=mlc.Source(file_object="rows", extract=mlc.Extract(column=name)))
        for name in ["amount", "is_fraud"]
    ]
    metadata = mlc.Metadata(
        name="toy-transactions", description="toy", license=["https://creativecommons.org/publicdomain/zero/1.0/"],
        url="https://data.example.org/toy", version="1.0.0", distribution=[file],
        record_sets=[mlc.RecordSet(id="default", name="default", fields=fields)])
    (out / "croissant.json").write_text(json.dumps(metadata.to_json(), indent=1, default=str) + "\n")
else:
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    work = out.parent / (out.name + ".work")
    work.mkdir(exist_ok=True)
    for name, content in {"train data.csv": rows, "model.pkl": b"model", "metrics.json": b'{"auc": 0.9}\n', "train.py": b"print()\n"}.items():
        (work / name).write_bytes(content)
    crate = ROCrate()
    crate.name = "Training run"
    crate.datePublished = "2026-11-23T12:00:00+00:00"
    files = {}
    for path in sorted(work.iterdir()):
        files[path.name] = crate.add_file(path, properties={"sha256": sha256(path), "contentSize": str(path.stat().st_size)})
    seed = crate.add(ContextEntity(crate, "#seed", {"@type": "PropertyValue", "name": "seed", "value": 42}))
    for name, version in {"Python": "3.11.7", "scikit-learn": "1.5.2"}.items():
        crate.add(ContextEntity(crate, f"#{name}", {"@type": "SoftwareApplication", "name": name, "softwareVersion": version}))
    crate.add(ContextEntity(crate, "#run-1", {
        "@type": "CreateAction", "name": "train", "description": "python train.py --seed 42",
        "startTime": "2026-11-23T10:00:00+00:00", "endTime": "2026-11-23T10:00:05+00:00",
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
        "instrument": {"@id": files["train.py"].id}, "object": [{"@id": files["train data.csv"].id}, {"@id": seed.id}],
        "result": [{"@id": files["model.pkl"].id}, {"@id": files["metrics.json"].id}]}))
    crate.write(out)
    for path in work.iterdir():
        path.unlink()
    work.rmdir()
