#!/usr/bin/env python3
"""Verifies an evidence pack of `repro-audit scan --evidence` without repro-audit: Python and its sqlite3 module only.

    python3 verify_evidence.py pack.tar [sha256:DIGEST]

Checks the digests of the members, runs every rule of the pack over the facts of the pack, and holds what comes out
against the results and the JSON report. What policy, waivers and baseline made of a finding is counted and shown, not
derived. Exit codes: 0 everything agrees, 3 something does not, 2 it is no pack.
"""
import hashlib, json, sqlite3, sys, tarfile, tempfile, time

SECONDS = 600  # the longest that one rule may take
differences, settled = [], {}

def differ(text):
    differences.append(text.encode("ascii", "backslashreplace").decode())

def members(path):
    """The members of the archive by name; only plain files, and nothing is unpacked by its own name."""
    texts = {}
    try:
        with tarfile.open(path, "r:") as archive:
            for member in archive:
                if not member.isfile() or member.name in texts:
                    differ(f"archive: {member.name}: a link, a folder, or there twice")
                else:
                    texts[member.name] = archive.extractfile(member).read()
    except tarfile.TarError as error:
        differ(f"archive: {error}")
    return texts

def check_digests(texts):
    listed = {}
    for line in texts["MANIFEST"].decode().splitlines()[1:]:
        digest, name = line.split("  ", 1)
        listed[name] = digest
        if name not in texts:
            differ(f"{name}: it is missing")
        elif hashlib.sha256(texts[name]).hexdigest() != digest:
            differ(f"{name}: its digest is not what MANIFEST says")
    for name in set(texts) - set(listed) - {"MANIFEST"}:
        differ(f"{name}: MANIFEST does not list it")

def open_facts(path):
    facts = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    facts.execute("PRAGMA trusted_schema = OFF")
    facts.execute("SELECT 1 FROM json_each('[]')").fetchall()  # declared on first use, which the next lines forbid
    reading = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    facts.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in reading else sqlite3.SQLITE_DENY)
    end = [0]
    facts.set_progress_handler(lambda: time.monotonic() > end[0], 100_000)
    def ask(sql):
        end[0] = time.monotonic() + SECONDS
        return facts.execute(sql).fetchall()
    return ask

def compare_rule(rule, sql, ask, packed, covered):
    """Every outcome of one rule: as the rule says it, or as policy, waivers or baseline may make it."""
    judged = {}
    for subject, outcome, message in ask(f"SELECT subject_id, outcome, message FROM ({sql}\n)"):
        if subject in judged:
            differ(f"{rule}: judges subject {subject} twice")
        judged[subject] = (outcome, message or "")
    for subject in judged.keys() | packed.keys():
        said, stands = judged.get(subject, ("nothing", "")), packed.get(subject, ("nothing", "", ""))
        if said[0] == stands[0] and (said[0] == "pass" or stands[1].startswith(said[1])):
            continue
        accepted = said[0] in ("fail", "unverified") and stands[0] in ("waived", "baselined") and (rule, subject) in covered
        exempt = stands[0] == "not-applicable" and said[0] != "nothing" and "policy" in stands[1]
        if accepted and stands[1] == said[1] or exempt:
            settled[(stands[0], rule)] = settled.get((stands[0], rule), 0) + 1
            continue
        differ(f"{rule} of {stands[2] or subject}: the pack says {stands[0]}, and the rule says {said[0]}")

def check_results(texts, ask):
    """Runs the rules; returns how many."""
    count, results = 0, {}
    covered = set(ask("SELECT rule, subject_id FROM coverage"))
    for rule, subject, outcome, message, name in ask(
            "SELECT rule, subject_id, outcome, message, subject FROM results"):
        results.setdefault(rule, {})[subject] = (outcome, message or "", name)
    for rule, status in ask("SELECT rule, status FROM rule_runs ORDER BY rule"):
        text = next((texts[n].decode() for n in sorted(texts) if n.endswith(f"/{rule}.sql")), "*/SELECT NULL")
        try:
            if status == "completed":
                compare_rule(rule, text.split("*/", 1)[1].strip().rstrip(";"), ask, results.pop(rule, {}), covered)
                count += 1
        except (sqlite3.Error, IndexError) as error:
            differ(f"{rule}: cannot be run: {error}")
    # Passes are told by number only in the reports of large audits.
    kept = set(ask("SELECT rule, store, kind, subject, outcome, message FROM results "
                   "WHERE outcome NOT IN ('pass', 'not-applicable')"))
    told = {(r["rule"], r["subject"]["store"], r["subject"]["kind"], r["subject"]["name"], r["outcome"], r["message"])
            for r in json.loads(texts["reports/report.json"])["results"]
            if r["outcome"] not in ("pass", "not-applicable")}
    for row in told ^ kept:
        differ(f"reports/report.json: {row[0]} of {row[3]} is not as in audit.db")
    return count

def main(path, expected=None):
    try:
        texts, count = members(path), 0
    except OSError as error:
        sys.exit(f"error: {path}: {error.strerror}")
    if not texts.get("MANIFEST", b"").startswith(b"# repro-audit/evidence/1\n"):
        print(f"error: {path}: no evidence pack", file=sys.stderr)
        return 2
    digest = "sha256:" + hashlib.sha256(open(path, "rb").read()).hexdigest()
    if expected and expected != digest:
        differ(f"archive: its digest is {digest}, and {expected} was written")
    check_digests(texts)
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/audit.db", "wb") as file:
            file.write(texts.get("audit.db", b""))
        try:
            count = check_results(texts, open_facts(f"{folder}/audit.db"))
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            differ(f"audit.db or reports/report.json: {error}")
    for (outcome, rule), number in sorted(settled.items()):
        print(f"settled by policy, waivers or baseline: {rule}: {number} {outcome}")
    for text in sorted(differences):
        print(text)
    print(f"{digest}: {count} rules were run, {len(differences)} differences")
    return 3 if differences else 0

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]) if sys.argv[1:] else __doc__)
