/*
id: overlong-waiver
title: A waiver lasts longer than the policy allows
subject: waiver
severity: error
rationale: >
  A waiver for years is a rule that was turned off without saying so. The policy's `waiver_horizon` says
  after how long somebody has to decide again.
remedy: >
  Choose an earlier `expires`; what was waived is looked at again on that day.
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
      WHEN form = 'attestation' THEN 'not-applicable'
      WHEN ends < expires THEN 'fail'
      ELSE 'pass'
    END AS outcome,
    CASE
      WHEN form = 'attestation' THEN 'an attestation lasts as long as its frequency says'
      WHEN ends < expires THEN 'it is to last until ' || expires || '; the policy lets it hold until ' || ends
      ELSE 'it lasts no longer than the policy allows'
    END AS message
  FROM dated
)
SELECT subject_id, outcome, message,
  CASE WHEN outcome = 'fail' THEN
    json_object('count', 1, 'items', json_array(json_object(
      'item', subject, 'message', message, 'path', path, 'line', line)))
  END AS details
FROM judged
