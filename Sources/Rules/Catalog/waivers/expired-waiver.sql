/*
id: expired-waiver
title: A waiver or an attestation has expired
subject: waiver
severity: warning
rationale: >
  A waiver is a decision for a time. Once that is over, what it accepted counts again, and whoever
  decided should know.
remedy: >
  Mend what was waived and remove the waiver, or have it approved again with a new date. Confirm an
  attestation again and set `updated`.
references:
  - https://airc.nist.gov/airmf-resources/airmf/5-sec-core/
controls:
  eu-ai-act: [Article 9(2), Article 17(1)(m)]
  nist-ai-rmf: [GOVERN 1.4, MANAGE 1.4]
  iso-42001: [A.3.2, A.6.2.4]
parameters: []
*/
WITH
dated AS (
  SELECT w.*, substr(c.now, 1, 10) AS today FROM waivers w CROSS JOIN current c
),
judged AS (
  SELECT *,
    CASE
      WHEN created > today THEN 'not-applicable'
      WHEN ends < today THEN 'fail'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN created > today THEN 'it is in force from ' || created
      WHEN ends < today AND rule_status IS NULL THEN 'it expired on ' || ends
      WHEN ends < today AND matched = 0 THEN 'it expired on ' || ends || ', and nothing that it covered is left'
      WHEN ends < today AND matched = 1 THEN 'it expired on ' || ends || '; 1 item that it covered counts again'
      WHEN ends < today THEN 'it expired on ' || ends || '; ' || matched || ' items that it covered count again'
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
