/*
id: expiring-waiver
title: A waiver or an attestation expires soon
subject: waiver
severity: note
rationale: >
  What is waived fails the audit on the day after; whoever has to mend it or to decide again needs time.
remedy: >
  Mend what is waived, or have the waiver approved again, before the day that the finding names.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Article 9(2), Article 17(1)(m)]
  nist-ai-rmf: [GOVERN 1.4, MANAGE 1.4]
  iso-42001: [A.3.2, A.6.2.4]
parameters:
  - {name: notice, type: integer, default: 30, meaning: how many days before its last day a waiver is named}
*/
WITH
dated AS (
  SELECT w.*, substr(c.now, 1, 10) AS today,
    (SELECT CAST(value AS INTEGER) FROM parameters WHERE rule = 'expiring-waiver' AND name = 'notice') AS notice FROM waivers w CROSS JOIN current c
),
judged AS (
  SELECT *,
    CASE
      WHEN created > today OR ends < today THEN 'not-applicable'
      WHEN julianday(ends) - julianday(today) <= notice THEN 'fail'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN created > today THEN 'it is in force from ' || created
      WHEN ends < today THEN 'it expired on ' || ends
      WHEN julianday(ends) - julianday(today) <= notice THEN 'its last day is ' || ends
      ELSE 'it is in force until ' || ends
    END AS message
  FROM dated
)
SELECT subject_id, outcome, message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', subject, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
