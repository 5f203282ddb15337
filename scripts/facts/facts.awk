# Names the views of views.sql with their comments and their columns: `view`, tab, comment; tab, column, tab, meaning.
# `meanings` is a file of what views.sql has no room for.
BEGIN {
  FS = "\t"
  while ((getline line < meanings) > 0) if (line !~ /^#/) { split(line, parts, "\t"); known[parts[1]] = parts[2] }
}
/^-- / && !inview { comment = comment (comment == "" ? "" : " ") substr($0, 4); next }
/^$/ && !inview { comment = ""; next }
/^CREATE VIEW/ {
  split($0, words, " ")
  name = words[3]
  print name "\t" comment
  comment = ""
  inview = 1
  rest = $0
  sub(/^CREATE VIEW [a-z_]+ AS ?/, "", rest)
  sub(/^SELECT ?/, "", rest)
  # Unions document themselves in their first SELECT.
  columns = 1
  if (rest != "") columnsOf(rest)
  if ($0 ~ /;$/) inview = 0
  next
}
inview {
  if ($0 ~ /^SELECT/) { text = $0; sub(/^SELECT ?/, "", text); if (columns && text != "") columnsOf(text) }
  else if ($0 ~ /^(FROM|WHERE|UNION|LEFT|JOIN)/) columns = 0
  else if (columns) columnsOf($0)
  if ($0 ~ /;$/) inview = 0
}
function columnsOf(text,    meaning, parts, count, i, item) {
  meaning = ""
  if (match(text, / -- /)) { meaning = substr(text, RSTART + 4); text = substr(text, 1, RSTART - 1) }
  while (gsub(/\([^()]*\)/, "", text)) {}
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
    if (item !~ /^[a-z_0-9]+$/) continue
    if (i == count && meaning != "") said = meaning
    else said = (name "." item in known) ? known[name "." item] : known[item]
    print "\t" item "\t" said
  }
}
