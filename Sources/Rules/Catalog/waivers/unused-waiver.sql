/*
id: unused-waiver
title: A waiver or an attestation covers nothing
subject: waiver
severity: warning
rationale: >
  A waiver that no longer covers anything accepts tomorrow's finding before anybody has looked at it;
  one whose subject is misspelled never did what its author believes.
remedy: >
  Remove it when what it covered was mended; otherwise correct its rule, subject or items.
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
      WHEN created > today OR ends < today OR rule_status IS NULL THEN 'not-applicable'
      WHEN rule_status <> 'completed' THEN 'unverified'
      WHEN matched > 0 THEN 'pass'
      WHEN subjects = 0 THEN 'fail'
      WHEN binding = 'unread' THEN 'unverified'
      WHEN binding = 'changed' THEN 'not-applicable'
      ELSE 'fail'
    END AS outcome,
    CASE
      WHEN created > today THEN 'it is in force from ' || created
      WHEN ends < today THEN 'it expired on ' || ends
      WHEN rule_status IS NULL THEN 'its rule ' || rule || ' was not asked'
      WHEN rule_status <> 'completed' THEN 'its rule ' || rule || ' could not be decided'
      WHEN matched = 1 THEN 'it covers 1 item'
      WHEN matched > 1 THEN 'it covers ' || matched || ' items'
      WHEN subjects = 0 THEN 'no subject of ' || rule || ' is called ' || subject_glob
      WHEN binding = 'unread' THEN 'no file was read, so the digest that it is bound to is not known'
      WHEN binding = 'changed' THEN 'the content that it is bound to has changed'
      WHEN form = 'attestation' THEN rule || ' is decided without it'
      WHEN item_globs IS NOT NULL THEN rule || ' flags no such item there'
      ELSE rule || ' finds nothing there'
    END AS message
  FROM dated
)
SELECT subject_id, outcome, message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', subject, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
