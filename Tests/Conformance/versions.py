"""Asks packaging about versions and specifiers (PEP 440), and writes versions.json.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install 'packaging==26.4'
    /tmp/venv/bin/python Tests/Conformance/versions.py

The answer: the versions in their order (those that are equal share a place), the texts that are none, and for each
specifier one digit a version: `1` it fits (prereleases are allowed), `0` it does not.
"""

import itertools
import json
import pathlib

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

HERE = pathlib.Path(__file__).parent
RELEASES = ["0", "0.0", "1", "1.0", "1.0.0", "1.1", "1.2", "1.2.3", "1.10", "2", "2.0.1", "1!0", "1!1.2", "2024.1.5"]
SUFFIXES = ["", "a1", "b2", "rc1", ".post1", ".dev1", "a1.dev2", "rc1.post1", ".post1.dev1", "+l", "+l.1", ".post1+2"]
ODD = ["v1.0", " 1.0 ", "1.0-1", "1.0c1", "1.0-alpha.2", "1.0rev3", "1.0.r3", "1.0.DEV", "1.0.post", "1.0a", "1.0+A_b-1",
       "1.0a.", "1.0.post.", "1.0.dev-", "1.0-preview_3", "01.002", "1.0+001", "1.0+a.1", "1.0+1.a", "1.0+10", "1.0+9",
       "99999999999999999999.1", "1.0+0123456789012345678901234567890123456789", "0!1.0"]
INVALID = ["", "x", "1.x", "1..0", "1.0.", ".1", "1.0+", "1.0+a+b", "1.0+_", "1.0 1", "1.0.*", "!1", "1!", "1!x", "1.0-", "1.0--1",
           "1.0post1dev", "1.0a1b1", "1.0.dev1.post1", "١.٠", "1.0+é", "1e5", "-1", "+1", "1.0-a-1-", "1.0aa", "v", "vv1"]
SPECIFIERS = [o + v for o in ["==", "!=", "<=", ">=", "<", ">", "~="]
              for v in ["1.0", "1.2", "1.2.3", "1.0a1", "1.0.post1", "1.0.dev1", "1!1.2", "1.2rc1", "1.0rc1.post1", "2024.1.5"]]
SPECIFIERS += [o + v for o in ["==", "!="] for v in ["1.*", "1.0.*", "1.2.*", "1!1.*", "1.2.3.4.*", "1.0+l", "1.0+l.1", "1.0.post1+2"]]
SPECIFIERS += ["", "===1.0", "===1.0.0", "===1.0+L", "===x", ">=1,<2", ">=1.0a1,<2", ">1.0,!=1.2", "~=1.0,!=1.2.*", "<1.0,>=0.dev0",
               " >= 1.0 , < 2 ", ">=1,", ",", "==1.0,==1.2", "=1.0", "1.0", ">=x", "~=1", ">=1.*", "==1.0.*.1", ">1.0+l", "==1.0,,<2", "~=1.2.3.post1",
               "== 1.0", "==V1.0", "===", ">=1;"]


def fits(specifier, version):
    return "1" if specifier.contains(version, prereleases=True) else "0"


def main():
    texts = [release + suffix for release in RELEASES for suffix in SUFFIXES] + ODD
    ordered = sorted(texts, key=Version)
    groups = [list(group) for _, group in itertools.groupby(ordered, key=Version)]
    refused = []
    for text in INVALID:
        try:
            Version(text)
        except InvalidVersion:
            refused.append(text)
    answers = {}
    for text in SPECIFIERS:
        try:
            specifier = SpecifierSet(text)
            answers[text] = "".join(fits(specifier, group[0]) for group in groups)
        except InvalidSpecifier:
            answers[text] = None
    result = {"order": groups, "canonical": {text: str(Version(text)) for text in texts}, "invalid": refused, "specifiers": answers}
    (HERE / "versions.json").write_text(json.dumps(result, indent=0) + "\n")


main()
