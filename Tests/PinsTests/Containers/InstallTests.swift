import Foundation
import Pins
import Testing

private func read(_ text: String) -> PinReading { Dockerfile.read(path: "Dockerfile", bytes: Array(text.utf8)) }

/// What a `RUN` installs, as `tool text pin`.
private func installs(_ command: String) -> [String] {
  let reading = read("FROM a:1.2.3\n" + command)
  return reading.installs.map { "\($0.tool.rawValue) \($0.text) \($0.pin.rawValue)" }
}

@Suite struct PythonInstallTests {
  @Test(arguments: [
    ("RUN pip install numpy", ["pip numpy none"]), ("RUN pip3 install numpy==1.26.4", ["pip numpy==1.26.4 exact"]),
    ("RUN pip3.11 install 'numpy>=1,<2'", ["pip numpy>=1,<2 range"]),
    ("RUN python -m pip install --upgrade pip", ["pip pip none"]),
    ("RUN python3.10 -u -m pip install a==1", ["pip a==1 exact"]), ("RUN python -mpip install a", ["pip a none"]),
    ("RUN python -W ignore -Im pip install a", ["pip a none"]), ("RUN python --version", []),
    ("RUN python -m x install a", []),
    ("RUN /opt/venv/bin/pip install a==1", ["pip a==1 exact"]),
    ("RUN $VENV/bin/pip install a==1", ["pip a==1 exact"]), ("run PIP_NO_CACHE_DIR=1 pip install a", ["pip a none"]),
    ("RUN pip install --index-url https://e.org/simple -f https://e.org --extra-index-url=x a==1", ["pip a==1 exact"]),
    ("RUN pip --no-cache-dir install -q -U -t /x a==1 b", ["pip a==1 exact", "pip b none"]),
    ("RUN pip --timeout 9 install a", ["pip a none"]), ("RUN pip install -i https://e.org a", ["pip a none"]),
    ("RUN pip install .", ["pip . local"]), ("RUN pip install -e .", ["pip -e . local"]),
    ("RUN pip install -e .[dev]", ["pip -e .[dev] local"]), ("RUN pip install '.[dev]'", ["pip .[dev] local"]),
    (
      "RUN pip install src/package /w/x.whl dist/*.whl",
      ["pip src/package local", "pip /w/x.whl local", "pip dist/*.whl local"]
    ),
    ("RUN pip install git+https://e.org/x@main", ["pip git+https://e.org/x@main vcs-floating"]),
    ("RUN pip install https://e.org/x-1.0-py3-none-any.whl", ["pip https://e.org/x-1.0-py3-none-any.whl url"]),
    ("RUN pip install 'x @ https://e.org/x.whl#sha256=aa'", ["pip x @ https://e.org/x.whl#sha256=aa url-digest"]),
    ("RUN pip install a==1.*", ["pip a==1.* wildcard"]), ("RUN pip install torch>=2", ["pip torch none"]),
    (
      "RUN pip install \"a[b]==1\" && pip install c || true; pip install d | tee log",
      ["pip a[b]==1 exact", "pip c none", "pip d none"]
    ),
    ("RUN (pip install a) & { pip install b; }", ["pip a none", "pip b none"]),
    ("RUN if true; then pip install a; else pip install b; fi", ["pip a none", "pip b none"]),
    ("RUN sudo -H -u me pip install a", ["pip a none"]), ("RUN env -u C A=b pip install a", ["pip a none"]),
    ("RUN sh -c 'pip install a'", ["pip a none"]),
    ("RUN bash -lc \"pip install a==1 && pip install b\"", ["pip a==1 exact", "pip b none"]),
    ("RUN [\"pip\", \"install\", \"a==1\"]", ["pip a==1 exact"]),
    ("RUN [\"sh\", \"-c\", \"pip install a\"]", ["pip a none"]),
    ("RUN <<EOF\npip install a\n# pip install no\npip install b\nEOF", ["pip a none", "pip b none"]),
    ("RUN <<EOF\n#!/usr/bin/env bash\npip install a\nEOF", ["pip a none"]),
    ("RUN <<EOF\n#!/usr/bin/env python3\npip install a\nEOF", []), ("RUN python3 <<EOF\npip install a\nEOF", []),
    ("RUN bash <<'EOF'\npip install a\nEOF", ["pip a none"]), ("RUN <<E cat > x\npip install a\nE", []),
    ("RUN <<E bash\npip install a\nE", ["pip a none"]),
    ("RUN <<A\ncat <<B > x\npip install no\nB\npip install a\nA", ["pip a none"]),
    ("RUN pip install a # pip install b", ["pip a none"]), ("RUN pip install a#b", ["pip a#b invalid"]),
    ("RUN --mount=type=cache,target=/root/.cache pip install a==1", ["pip a==1 exact"]),
    ("RUN echo pip install a", []), ("RUN pip download a", []), ("RUN pip install -r requirements.txt", []),
    ("RUN eval pip install a", ["pip a none"]), ("RUN su -c 'pip install a' me", ["pip a none"]),
    ("RUN timeout 300 pip install a", ["pip a none"]), ("RUN nice -n 5 pip install a", ["pip a none"]),
    ("RUN conda run -n env pip install a", ["pip a none"]), ("RUN echo a | xargs -n 1 pip install b", ["pip b none"]),
    ("RUN X=$(pip install a)", ["pip a none"]),
    ("RUN X=$(curl https://e.org/x | sh)", ["script curl https://e.org/x | sh url"]),
    ("RUN X=`pip install a` y", ["pip a none"]),
    ("RUN pip install a 2>&1 >log", ["pip a none"]), ("RUN pip install a &> log", ["pip a none"]),
    ("RUN gosu me pip install a", ["pip a none"]),
    ("RUN pip install $'a==1'", ["pip a==1 exact"]), ("RUN pip install a\\==1", ["pip a==1 exact"]),
    ("RUN uv pip install --system a==1", ["uv a==1 exact"]), ("RUN uv add a 'b==1'", ["uv a none", "uv b==1 exact"]),
    ("RUN uv tool install --with b a==1", ["uv b none", "uv a==1 exact"]),
    ("RUN python -m uv pip install a", ["uv a none"]),
    ("RUN pipx install a==1", ["pip a==1 exact"]), ("RUN pipx inject env a", ["pip a none"]),
    ("RUN poetry add a", ["pip a none"]), ("RUN uv run x", []), ("RUN python -c 'import pip'", []),
    ("RUN pip install a==", ["pip a== invalid"]), ("RUN pip", []), ("RUN uv", []), ("RUN poetry", []), ("RUN pipx", []),
  ])
  func `judges what is installed`(command: String, wanted: [String]) { #expect(installs(command) == wanted) }

  @Test(arguments: [
    ("ARG V=1.2.3", "x==$V", "x==1.2.3", RequirementPin.exact), ("ENV V=1.2.3", "\"x==${V}\"", "x==1.2.3", .exact),
    ("ENV V 1.2.3", "x==${V:-9}", "x==1.2.3", .exact), ("ARG V", "x==${V:-9}", "x==9", .exact),
    ("ARG V", "x==$V", "x==$V", .range), ("ARG V", "x$V", "x$V", .none), ("ARG V", "$V", "$V", .none),
    ("ARG V", "$V/x.whl", "$V/x.whl", .local),
    ("ARG V=1", "x==1$(echo 2)", "x==1$(echo 2)", .range),
    ("ARG V", "git+https://e.org/x@$V", "git+https://e.org/x@$V", .vcsFloating),
  ])
  func `puts in the variables that it knows`(line: String, word: String, text: String, pin: RequirementPin) {
    let found = read("FROM a\n\(line)\nRUN pip install \(word)").installs
    #expect(found.map(\.text) == [text])
    #expect(found.map(\.pin) == [pin])
  }

  @Test func `a variable without quotes is as many words as it has`() {
    let text =
      "FROM a\nENV P=\"x==1 y\"\nRUN pip install $P z && export Q=2 && pip install w==$Q && R=3 pip install v==$R"
    #expect(read(text).installs.map(\.text) == ["x==1", "y", "z", "w==2", "v==$R"])
  }

  @Test(arguments: [
    ("if x; then V=2; fi; pip install a==$V", "a==$V"), ("[ x ] || V=2; pip install a==$V", "a==$V"),
    ("case x in y) V=2 ;; *) V=3 ;; esac; pip install a==$V", "a==$V"), ("V=2; pip install a==$V", "a==2"),
    ("for V in 2 3; do pip install a==$V; done", "a==$V"), ("if x; then y; fi; V=2; pip install a==$V", "a==2"),
    ("{ V=2; } && pip install a==$V", "a==2"), ("V=2 pip install a==$V", "a==1"),
    ("V=$(x) && pip install a==$V", "a==$V"),
    ("declare -x V=2; pip install a==$V", "a==2"), ("while read V; do pip install a==1; done", "a==1"),
  ])
  func `a value that only some runs set is not known`(command: String, text: String) {
    #expect(read("FROM a\nENV V=1\nRUN \(command)").installs.map(\.text) == [text])
  }

  @Test func `every package has the line it stands on`() {
    let text =
      "FROM a\nRUN apt-get update \\\n  && pip install \\\n    # why\n    x==1 \\\n    y \\\n  && pip install z\nRUN <<E\n\npip install w\nE\n"
    #expect(read(text).installs.map(\.line) == [5, 6, 7, 10])
  }

  @Test(arguments: [
    ("pip install -r requirements.txt", ["requirements.txt"]),
    ("pip install -rreq.txt --constraint=c.txt", ["req.txt", "c.txt"]),
    ("pip install -Ur req.txt", ["req.txt"]), ("pip install -qqr=req.txt -c=c.txt", ["req.txt", "c.txt"]),
    ("conda env update -qf e.yml", ["e.yml"]),
    ("pip install --requirement=a.txt -c b.txt x", ["a.txt", "b.txt"]), ("pip install $(cat req.txt)", ["req.txt"]),
    ("uv pip sync requirements.lock", ["requirements.lock"]), ("uv sync --frozen", ["uv.lock"]),
    ("uv sync --locked", ["uv.lock"]),
    ("uv sync", []), ("poetry install --no-root", ["poetry.lock"]),
    ("pipenv install --deploy --system", ["Pipfile.lock"]),
    ("pipenv sync", ["Pipfile.lock"]), ("pipenv install", []), ("pdm sync", ["pdm.lock"]),
    ("pdm install --frozen-lockfile", ["pdm.lock"]),
    ("pixi install --locked", ["pixi.lock"]), ("conda env create -f environment.yml", ["environment.yml"]),
    ("conda env update --file=e.yml -n base", ["e.yml"]), ("mamba install --file req.txt", ["req.txt"]),
    ("micromamba create -y -f e.yml", ["e.yml"]), ("conda-lock install conda-lock.yml", ["conda-lock.yml"]),
    ("python -m poetry install", ["poetry.lock"]), ("python -m pipx install x", []),
  ])
  func `names the files that are judged where they lie`(command: String, targets: [String]) {
    #expect(read("FROM a\nRUN \(command)").references.map(\.target) == targets)
  }

  @Test(arguments: [
    ("conda install python=3.10.13", "3.10.13", true), ("conda create -n x python=3.10", "3.10", false),
    ("uv python install 3.11.4", "3.11.4", true), ("uv venv --python 3.12", "3.12", false),
    ("pyenv install 3.9.18", "3.9.18", true),
  ])
  func `knows the Python that a command brings`(command: String, version: String, isExact: Bool) {
    let pythons = read("FROM a\nRUN \(command)").pythons
    #expect(pythons.map(\.version) == [isExact ? version : nil])
    #expect(pythons.allSatisfy { $0.text.hasSuffix(version) && $0.line == 2 && !$0.isRange })
  }
}

@Suite struct OtherInstallTests {
  @Test(arguments: [
    (
      "RUN apt-get update && apt-get install -y --no-install-recommends git curl=7.88.1-10",
      ["apt git none", "apt curl=7.88.1-10 exact"]
    ),
    ("RUN apt install -y -t bookworm-backports a=1.* b/stable c-", ["apt a=1.* wildcard", "apt b/stable none"]),
    ("RUN apt-get install -y ./x.deb a=$V", ["apt ./x.deb local", "apt a=$V range"]), ("RUN apt-get remove x", []),
    ("RUN apt-get install -yqt backports x -1x", ["apt x none"]),
    ("RUN apt install -y --snapshot 20260127T200000Z git", ["apt git exact"]),
    (
      "RUN apk add --no-cache --virtual .deps gcc a=1.2-r0 b~=1.2 'c>1'",
      ["apt gcc none", "apt a=1.2-r0 exact", "apt b~=1.2 range", "apt c>1 range"]
    ),
    (
      "RUN dnf install -y git-2.43.0-1.el9 gcc g-1*",
      ["apt git-2.43.0-1.el9 exact", "apt gcc none", "apt g-1* wildcard"]
    ),
    ("RUN yum -y install https://e.org/x.rpm", ["apt https://e.org/x.rpm url"]),
    (
      "RUN conda install -y -c conda-forge numpy a=1.2 b==1.2.3 c=1.2=py_0 'd>=1' e=1.* 'f[version=1]'",
      [
        "conda numpy none", "conda a=1.2 wildcard", "conda b==1.2.3 exact", "conda c=1.2=py_0 exact",
        "conda d>=1 range",
        "conda e=1.* wildcard", "conda f[version=1] exact",
      ]
    ),
    ("RUN mamba create -n x -c y z::a==1 $P b=$V", ["conda z::a==1 exact", "conda $P none", "conda b=$V range"]),
    (
      "RUN conda install https://e.org/x.conda#0123456789abcdef0123456789abcdef https://e.org/y.conda ./z.conda",
      [
        "conda https://e.org/x.conda#0123456789abcdef0123456789abcdef url-digest", "conda https://e.org/y.conda url",
        "conda ./z.conda local",
      ]
    ),
    (
      "RUN conda install -yn env x y=1.2.* 'z=1.2|1.3'",
      ["conda x none", "conda y=1.2.* wildcard", "conda z=1.2|1.3 range"]
    ),
    ("RUN conda clean -a", []), ("RUN dnf install -y a-$V", ["apt a-$V none"]),
    ("RUN dnf install -y a-1$V", ["apt a-1$V range"]),
    ("RUN wget -O - https://e.org/x > y", []),
    ("RUN wget --output-document=m https://e.org/m && sh m", ["script wget https://e.org/m && sh url"]),
    ("ADD https://e.org/${V /x", ["script https://e.org/${V url"]),
    ("ADD git://e.org/x /x", ["script git://e.org/x vcs-floating"]),
    ("RUN eval", []), ("RUN sh x.sh", []), ("RUN apt-get install x- ''", []),
    ("RUN curl x <<<y | sh", ["script curl x | sh url"]),
    ("RUN cat <<-E >x <<F", []), ("RUN sh -c \"sh -c 'sh -c pip'\"", []), ("RUN conda", []), ("RUN apt-get", []),
    ("RUN curl -fsSL https://e.org/x.sh | sh", ["script curl https://e.org/x.sh | sh url"]),
    ("RUN wget -qO- https://e.org/x | sudo -E bash -s -- -y", ["script wget https://e.org/x | bash url"]),
    ("RUN (curl https://e.org/x) | tee log | bash", ["script curl https://e.org/x | bash url"]),
    ("RUN curl https://e.org/x.py | python3 -", ["script curl https://e.org/x.py | python3 url"]),
    ("RUN bash <(curl -s https://e.org/x)", ["script bash <(curl https://e.org/x) url"]),
    ("RUN sh -c \"$(curl -fsSL https://e.org/x)\"", ["script sh <(curl https://e.org/x) url"]),
    ("RUN curl https://e.org/x | tar xz", []), ("RUN curl https://e.org/x; sh y", []), ("RUN curl", []),
    ("RUN curl -s | sh", []),
    ("RUN wget https://e.org/a/m.sh -O ~/m.sh && bash ~/m.sh -b", ["script wget https://e.org/a/m.sh && bash url"]),
    (
      "RUN wget https://e.org/a/m.sh?x=1 && chmod +x m.sh && ./m.sh",
      ["script wget https://e.org/a/m.sh?x=1 && m.sh url"]
    ),
    ("RUN curl -fsSLO https://e.org/m.sh && sh m.sh", ["script curl https://e.org/m.sh && sh url"]),
    ("RUN curl https://e.org/m > m.py && python m.py", ["script curl https://e.org/m && python url"]),
    ("RUN curl --output=m https://e.org/m && . ./m", ["script curl https://e.org/m && . url"]),
    ("RUN curl --output m https://e.org/m && sh m", ["script curl https://e.org/m && sh url"]),
    ("RUN curl -o m.sh https://e.org/m && echo 'aa m.sh' | sha256sum -c && sh m.sh", []),
    ("RUN wget https://e.org/m.sh && rm x", []),
    ("ADD https://e.org/x.tgz /x", ["script https://e.org/x.tgz url"]), ("ADD x.tgz /x", []),
    ("ADD [\"https://e.org/x\", \"/x\"]", ["script https://e.org/x url"]),
    (
      "ADD --checksum=sha256:\(String(repeating: "a", count: 64)) https://e.org/x /x",
      ["script https://e.org/x url-digest"]
    ),
    ("ADD https://e.org/x.git#main /x", ["script https://e.org/x.git#main vcs-floating"]),
    (
      "ADD git@e.org:x.git#\(String(repeating: "a", count: 40)) /x",
      ["script git@e.org:x.git#\(String(repeating: "a", count: 40)) vcs-commit"]
    ),
    (
      "ADD --checksum=\(String(repeating: "b", count: 40)) https://e.org/x.git /x",
      ["script https://e.org/x.git vcs-commit"]
    ),
    ("ONBUILD RUN pip install x", ["pip x none"]), ("ONBUILD ADD https://e.org/x /x", ["script https://e.org/x url"]),
  ])
  func `judges what is installed`(command: String, wanted: [String]) { #expect(installs(command) == wanted) }

  @Test func `a requirement that is none is a problem on its own line`() {
    let reading = read("FROM a\nRUN pip install \\\n  good==1 \\\n  '==2'\n")
    #expect(reading.problems.map(\.line) == [4])
    #expect(reading.installs.map(\.pin) == [.exact, .invalid])
  }
}
