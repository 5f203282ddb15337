"""Asks conda what it makes of match specs, and writes conda.jsonl.

Run it in this folder:  python3 -m pip install conda-lock==4.0.3 && python3 conda.py
(conda-lock brings conda's own MatchSpec along; conda itself is not on the Python package index.)
Rows: `spec`, `valid`; for valid ones `name`, `exact` (one version, or a digest) and `build` (one build of it).
"""

import itertools
import json
import pathlib

from conda_lock._vendor.conda.models.match_spec import MatchSpec

NAMES = ["numpy", "scikit-learn", "_libgcc_mutex", "Ruamel.Yaml", "conda-forge::numpy", "pytorch/linux-64::torchvision"]
VERSIONS = [
    "", "=1.26", "==1.26.4", "=1.26.4", "=1.26.*", "==1.26.*", " 1.26.4", " 1.26.*", " =1.26", " ==1.26.4", ">=1.2,<2",
    " >=1.2", " >=1.2 , <2", "~=1.2", "!=1.3", "=1.2|2.0", " 1.2,1.3", "=1.26=py310_0", "==1.26.4=py310h1_0",
    "=1.26.*=py310_0", "=1.26=py3*", " 1.26.4 py310_0", " 1.26.* py310_0", " >=1.2 py310_0", " * py310_0", "=*=*mkl",
    "=2024a", "=1!2.0", "==1.0+cu118", "=1.1.1w", "[version=1.26]", "[version='>=1.2']", "[version='1.26.4', build=py_0]",
    "[build=py_0]", "[build='*cuda*']", "[md5=0123456789abcdef0123456789abcdef]", "==1.2[sha256=" + "ab" * 32 + "]",
    "[channel=defaults]", " # comment", "==1.0 # comment", "[nonsense=1]", "[version=1", ">=", "==", "=<1", "=1.2=3=4",
    " 1.2 py_0 more", "(>=1.0)", "=1.2<3", "=>1", "<1.0|>=2.0,<3", "@", "=1.0.0rc1", "=1.0-1",
]
OTHERS = [
    "", " ", "*", "* 1.0", "==1.0", "a b c d", "num py==1", "numpy,scipy", "python", "python=3.10.13",
    "https://conda.example.org/conda-forge/linux-64/numpy-1.26.4-py310hb13e2d6_0.conda",
    "https://conda.example.org/conda-forge/noarch/tzdata-2024a-h0c530f3_0.tar.bz2",
    "https://conda.example.org/conda-forge/linux-64/numpy-1.26.4.conda", "https://e.org/numpy-1.26.4-py_0.conda",
    "/opt/channel/linux-64/numpy-1.26.4-py_0.conda", "./numpy-1.26.4-py_0.tar.bz2", "numpy-1.26.4-py_0.conda",
    "conda-forge:main:numpy", "https://repo.anaconda.com/pkgs/main/linux-64::zlib==1.2.13=h5eee18b_0", "a::b::c==1",
]


def verdict(text):
    try:
        spec = MatchSpec(text)
        digest = spec.get_exact_value("md5") or spec.get_exact_value("sha256")
        exact = bool(digest or spec.get_exact_value("version"))
        build = bool(digest or exact and spec.get_exact_value("build"))
    except Exception:  # conda raises a dozen kinds, some of them plain ValueError
        return {"spec": text, "valid": False}
    return {"spec": text, "valid": True, "name": spec.name, "exact": exact, "build": build}


specs = [name + version for name, version in itertools.product(NAMES, VERSIONS)] + OTHERS
with open(pathlib.Path(__file__).parent / "conda.jsonl", "w", encoding="utf-8") as out:
    for spec in specs:
        out.write(json.dumps(verdict(spec), sort_keys=True) + "\n")
