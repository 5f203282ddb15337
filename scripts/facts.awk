# docs/facts.md from views.sql: each view with its comment, its columns, and theirs.
BEGIN {
  print "# Facts: the views of the audit database"
  print ""
  print "Rules, `query` and anyone with the `sqlite3` program read these views; the tables behind them may change. Made from"
  print "`Sources/AuditDatabase/Schema/views.sql` by `make generate`."
  print ""
  print "`subject_id` is local to one database and never printed; `path` is relative to the store; every `store` and"
  print "`subject` is the name that reports use. For example: which runs failed, and why?"
  print ""
  print "    sqlite3 audit.db \"SELECT subject, rule, message FROM results WHERE outcome = 'fail' ORDER BY 1, 2\""
}
/^-- / && !inview { comment = comment (comment == "" ? "" : " ") substr($0, 4); next }
/^$/ && !inview { comment = ""; next }
/^CREATE VIEW/ {
  name = $3
  print ""
  print "## " name
  print ""
  print comment
  print ""
  comment = ""
  inview = 1
  rest = $0
  sub(/^CREATE VIEW [a-z_]+ AS ?/, "", rest)
  sub(/^SELECT ?/, "", rest)
  # Unions document themselves in their first SELECT.
  columns = 1
  if (rest != "") line(rest)
  if ($0 ~ /;$/) { inview = 0; print "" }
  next
}
inview {
  if ($0 ~ /^SELECT/) { text = $0; sub(/^SELECT ?/, "", text); if (columns && text != "") line(text) }
  else if ($0 ~ /^(FROM|WHERE|UNION|LEFT|JOIN)/) columns = 0
  else if (columns) line($0)
  if ($0 ~ /;$/) { inview = 0 }
}
function line(text,    meaning, parts, count, i, item) {
  meaning = ""
  if (match(text, / -- /)) { meaning = substr(text, RSTART + 4); text = substr(text, 1, RSTART - 1) }
  while (gsub(/\([^()]*\)/, "", text)) { }
  sub(/ FROM .*/, "", text)
  sub(/, *$/, "", text)
  count = split(text, parts, ",")
  for (i = 1; i <= count; i++) {
    item = parts[i]
    gsub(/^ +| +$|;$/, "", item)
    if (item == "") continue
    if (item ~ /(^| )AS /) sub(/.*AS /, "", item)
    sub(/^[a-z]+\./, "", item)
    gsub(/"/, "", item)
    if (item ~ /^[a-z_0-9]+$/) { last = item; printf "- `%s`%s\n", item, (i == count && meaning != "" ? ": " meaning : "") }
  }
}
