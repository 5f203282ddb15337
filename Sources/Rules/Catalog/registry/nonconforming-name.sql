/*
id: nonconforming-name
title: A name does not follow the naming convention
subject: [model, alias]
severity: warning
rationale: >
  Names with spaces, capitals or signs are quoted wrongly, fold together on some file systems and are
  refused by others; scripts then publish or serve something else.
remedy: >
  Use small letters, digits, `-`, `_` and `.`, and begin with a letter or digit, or state your own
  convention as parameters of the rule. Publish under the new name first, and leave the old directory
  until nothing refers to it.
references:
  - https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
  - https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap03.html
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters:
  - name: characters
    type: text
    default: abcdefghijklmnopqrstuvwxyz0123456789._-
    meaning: every character that a name may hold
  - name: longest
    type: integer
    default: 63
    meaning: the most characters of a name; 63 is what host names and Kubernetes take
  - name: pattern
    type: text
    default: "*"
    meaning: a shell-style pattern that the whole name has to fit, with `*`, `?` and `[…]`
*/
WITH
rules AS (
  SELECT max(value) FILTER (WHERE name = 'characters') AS characters, max(value) FILTER (WHERE name = 'pattern') AS pattern,
    CAST(max(value) FILTER (WHERE name = 'longest') AS INTEGER) AS longest
  FROM parameters WHERE rule = 'nonconforming-name'
),
named AS (
  SELECT subject_id, path, model AS name FROM models
  UNION ALL SELECT subject_id, path, alias FROM aliases
),
judged AS (
  SELECT n.subject_id, n.path, n.name,
    CASE
      WHEN ltrim(n.name, r.characters) <> '' THEN 'it holds `' || substr(ltrim(n.name, r.characters), 1, 1) || '`'
      WHEN instr('.-_', substr(n.name, 1, 1)) > 0 THEN 'it begins with `' || substr(n.name, 1, 1) || '`'
      WHEN length(n.name) > r.longest THEN 'it has ' || length(n.name) || ' characters, more than ' || r.longest
      WHEN n.name NOT GLOB r.pattern THEN 'it does not fit ' || r.pattern
    END AS flaw
  FROM named n CROSS JOIN rules r
)
SELECT
  subject_id,
  CASE WHEN flaw IS NULL THEN 'pass' ELSE 'fail' END AS outcome,
  CASE WHEN flaw IS NULL THEN '' ELSE substr(name, 1, 200) || ': ' || flaw END AS message,
  CASE WHEN flaw IS NOT NULL THEN
    json_object('count', 1, 'items', json_array(json_object('item', name, 'message', flaw, 'path', path, 'line', NULL)))
  END AS details
FROM judged
