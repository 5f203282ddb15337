/*
id: nonconforming-version
title: The version's name is not a semantic version
subject: version
severity: warning
rationale: >
  Names such as `v2-final` have no order: nobody can tell which is newer, and tools sort them wrongly.
remedy: >
  Name versions MAJOR.MINOR.PATCH, for example 1.2.0. Publish the model again under such a name, and
  leave the old directory until nothing refers to it.
references:
  - https://semver.org
controls:
  eu-ai-act: [Annex IV 1(a), Annex IV 6]
  nist-ai-rmf: [GOVERN 1.4]
  iso-42001: [A.6.2.3]
parameters: []
*/
SELECT
  subject_id,
  CASE WHEN conforming THEN 'pass' ELSE 'fail' END AS outcome,
  CASE WHEN conforming THEN '' ELSE version || ' is not a semantic version' END AS message,
  CASE WHEN conforming THEN NULL ELSE
    json_object('count', 1, 'items', json_array(json_object(
      'item', version, 'message', 'it is not MAJOR.MINOR.PATCH', 'path', path, 'line', NULL)))
  END AS details
FROM versions
