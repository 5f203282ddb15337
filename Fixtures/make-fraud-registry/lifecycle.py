"""Writes what a registry keeps beside a model: promotions, validations, reproductions and the rollback plan.

usage: python lifecycle.py REGISTRY

Needs nothing but Python; no check in the policy has an age, so that the registry stays healthy however old it gets.
"""
import hashlib
import json
import sys
from pathlib import Path

MODEL = "fraud-detector"
# Transactions of the week before the promotion, which stay with the payment provider.
CURRENT = {"name": "transactions_2025w24", "digest": "sha256:" + hashlib.sha256(b"transactions_2025w24").hexdigest()}
ADA, GRACE = "ada@example.org", "grace@example.org"

PLAN = """# Rolling back the fraud detector

- **Owner:** payments on-call
- **Tested:** 2025-06-13
- **Target:** none

1.2.0 is the first version in production. Remove the alias `prod`: the service then sends every transaction to the
review team, as it did before there was a model. That was tried on a Friday afternoon and took eleven minutes.
"""


def sha256(path):
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def write_lines(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def main():
    registry = Path(sys.argv[1])
    model = registry / "models" / MODEL
    digests, runs, metrics = {}, {}, {}
    for version in ["1.2.0", "1.2.1"]:
        digests[version] = sha256(model / version / "model.pkl")
        runs[version] = json.loads((model / version / "run.json").read_text())
        metrics[version] = json.loads((model / version / "metrics.json").read_text())

    def promotion(alias, version, at, reason, **more):
        return {
            "action": "promote", "alias": alias, "version": version, "digest": digests[version], "by": ADA, "at": at,
            "reason": reason, "inference_commit": runs[version]["git_commit"], **more,
        }

    write_lines(model / "promotions.jsonl", [
        promotion("staging", "1.2.0", "2025-06-11T09:00:00Z", "first candidate"),
        promotion(
            "prod", "1.2.0", "2025-06-16T14:30:00Z", "five days in staging without a surprise", **{"from": "staging"},
            approved_by=[{"name": GRACE, "role": "model-risk", "at": "2025-06-16T11:05:00Z"}]),
        promotion("staging", "1.2.1", "2025-06-20T10:00:00Z", "stronger regularisation", replaces="1.2.0"),
    ])

    def validation(version, at, **what):
        return {**what, "version": version, "digest": digests[version], "at": at}

    def holdout(version, at):
        return validation(
            version, at, name="holdout", kind="accuracy", statistic="auc", value=metrics[version]["auc"],
            threshold=0.85, result="pass", dataset={"name": "transactions_v3"}, tool="scikit-learn 1.5.2", by=ADA)

    write_lines(model / "validations.jsonl", [
        holdout("1.2.0", "2025-06-10T10:15:00Z"),
        validation(
            "1.2.0", "2025-06-12T08:00:00Z", name="bias-audit", kind="bias", statistic="equal opportunity difference",
            value=0.03, threshold=0.1, result="pass", tool="fairlearn 0.10.0", by=GRACE),
        validation(
            "1.2.0", "2025-06-16T06:00:00Z", name="input drift", kind="drift", statistic="psi", value=0.07, limit=0.2,
            result="pass", tool="evidently 0.4.40", reference={
                "name": "transactions_v3", "digest": sha256(registry / "data" / "transactions_v3.csv")},
            current=CURRENT),
        holdout("1.2.1", "2025-06-20T08:45:00Z"),
    ])
    # make.sh trains every version twice and stops when the bytes differ.
    write_lines(model / "reproductions.jsonl", [
        {
            "version": version, "digest": digest, "reproduced_digest": digest, "result": "pass",
            "at": runs[version]["timestamp"], "tool": "make.sh", "by": ADA,
        }
        for version, digest in digests.items()
    ])
    (model / "rollback.md").write_text(PLAN)


if __name__ == "__main__":
    main()
