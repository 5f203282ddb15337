import Records
import Testing

@Suite struct RedactionTests {
  @Test(arguments: [
    ("git clone https://user:pass@example.com/x.git", "git clone https://[redacted]@example.com/x.git"),
    ("https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/o/r", "https://[redacted]@github.com/o/r"),
    ("train --token abc123 --data x", "train --token [redacted] --data x"),
    ("train --api-key=abc123", "train --api-key=[redacted]"),
    ("AWS_SECRET_ACCESS_KEY=abc python t.py", "AWS_SECRET_ACCESS_KEY=[redacted] python t.py"),
    ("export HF=hf_abcdefghijklmnopqrstuv", "export HF=[redacted]"),
    ("key AKIAABCDEFGHIJKLMNOP end", "key [redacted] end"),
    ("curl -H Authorization:abc", "curl -H Authorization:[redacted]"),
    ("curl -H 'Authorization: Bearer abc' x", "curl -H 'Authorization: Bearer [redacted] x"),
    ("PASSWORD=x", "PASSWORD=[redacted]"), ("--author-auth x", "--author-auth [redacted]"),
    ("--tokens-token=x é", "--tokens-token=[redacted] é"), ("Bearer abc --auth", "Bearer [redacted] --auth"),
  ])
  func `takes secrets out`(text: String, expected: String) { #expect(Redaction.redact(text) == expected) }

  @Test(arguments: [
    "python train.py --tokenizer bert --max-tokens 512", "git@github.com:o/r.git", "ssh://git@host/x",
    "s3://bucket/key",
    "sk-learn", "--author me", "docker.io/library/python:3.10.13-slim@sha256:abc", "",
  ])
  func `leaves the rest as it is`(text: String) { #expect(Redaction.redact(text) == text) }
}
