"""A cache of the Hugging Face hub with a model (two revisions) and a dataset, and a folder filled by `local_dir`.

usage: huggingface.py DIR (huggingface_hub from PyPI, which talks to a server of this script's own).
"""

import hashlib
import http.server
import json
import pathlib
import shutil
import sys
import threading

COMMITS = {"main": "0" * 8 + "1" * 32, "v1.0": "0" * 8 + "2" * 32}
BASE = {"config.json": b'{"model_type": "toy"}\n', "README.md": b"---\nlicense: mit\n---\nA toy.\n", "sub/tokens.txt": b"a\nb\n"}
FILES = {COMMITS["v1.0"]: {**BASE, "model.safetensors": b"weights 1"}, COMMITS["main"]: {**BASE, "model.safetensors": b"weights 2"}}
LARGE = {"model.safetensors"}


def git_sha1(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def entry(path, data):
    found = {"type": "file", "path": path, "rfilename": path, "size": len(data), "oid": git_sha1(data), "blobId": git_sha1(data)}
    if path in LARGE:
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{hashlib.sha256(data).hexdigest()}\nsize {len(data)}\n"
        found["oid"] = found["blobId"] = git_sha1(pointer.encode())
        found["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": len(pointer)}
    return found


class Hub(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer(head=True)

    def do_GET(self):
        self.answer(head=False)

    def answer(self, head):
        parts = self.path.split("?")[0].strip("/").split("/")
        body, headers = b"{}", {"Content-Type": "application/json"}
        if parts[0] == "api":
            at = parts.index("revision") if "revision" in parts else parts.index("tree") if "tree" in parts else None
            commit = COMMITS.get(parts[at + 1], parts[at + 1]) if at else COMMITS["main"]
            files = [entry(p, d) for p, d in sorted(FILES[commit].items())]
            if "tree" in parts:
                body = json.dumps(files).encode()
            else:
                body = json.dumps({"id": "/".join(parts[2:4]), "sha": commit, "siblings": files, "private": False}).encode()
        elif "resolve" in parts:
            at = parts.index("resolve")
            commit = COMMITS.get(parts[at + 1], parts[at + 1])
            path = "/".join(parts[at + 2:])
            body = FILES[commit][path]
            etag = entry(path, body).get("lfs", {}).get("oid") or git_sha1(body)
            headers = {"ETag": f'"{etag}"', "X-Repo-Commit": commit, "X-Linked-Size": str(len(body)), "X-Linked-Etag": f'"{etag}"'}
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not head:
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
threading.Thread(target=server.serve_forever, daemon=True).start()
endpoint = f"http://127.0.0.1:{server.server_port}"

from huggingface_hub import HfApi  # noqa: E402

out = pathlib.Path(sys.argv[1])
api = HfApi(endpoint=endpoint, token=False)
for revision in ["v1.0", "main"]:
    api.snapshot_download("example/toy", revision=revision, cache_dir=out / "hub")
api.snapshot_download("example/data", repo_type="dataset", revision="main", cache_dir=out / "hub")
api.snapshot_download("example/toy", revision="main", local_dir=out / "local")
for junk in [*out.glob("**/.locks"), *out.glob("**/.no_exist")]:
    shutil.rmtree(junk)
for junk in [*out.glob("**/*.lock"), *out.glob("**/CACHEDIR.TAG"), *out.glob("**/.gitignore")]:
    junk.unlink()
for metadata in out.glob("**/*.metadata"):
    lines = metadata.read_text().splitlines()
    metadata.write_text("\n".join([*lines[:2], "1700000000.0"]) + "\n")
