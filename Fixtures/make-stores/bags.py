"""A bag with names that are encoded, of version 0.97, and one of version 1.0. usage: bags.py DIR (bagit 1.9.0)."""

import hashlib
import pathlib
import sys

import bagit

out = pathlib.Path(sys.argv[1])
files = {
    "train/2024.csv": "id,amount\n1,10\n", "name with blank.txt": "b", "Übung.txt": "u", "new\nline.txt": "n",
    "100%25.txt": "p", "empty.txt": "", ".hidden": "h",
}
for name, version in {"v0.97": "0.97", "v1.0": "1.0"}.items():
    bag = out / name
    for path, text in files.items():
        (bag / path).parent.mkdir(parents=True, exist_ok=True)
        (bag / path).write_bytes(text.encode())
    bagit.make_bag(
        str(bag), {"Bagging-Date": "2026-11-23", "Source-Organization": "Example"}, checksums=["md5", "sha256", "sha512"])
    if version == "1.0":
        # The tool writes 0.97 only; in 1.0 the percent sign of a name is encoded too, and tag files are covered anew.
        (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        for manifest in bag.glob("manifest-*.txt"):
            manifest.write_text(manifest.read_text().replace("100%25", "100%2525"))
        for manifest in bag.glob("tagmanifest-*.txt"):
            algorithm = manifest.stem.split("-")[1]
            lines = [line.split(" ", 1)[1].strip() for line in manifest.read_text().splitlines()]
            manifest.write_text(
                "".join(f"{hashlib.new(algorithm, (bag / f).read_bytes()).hexdigest()} {f}\n" for f in sorted(lines)))
