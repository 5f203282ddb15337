// Searches the results of all pages of a report in many files; what it knows stands in the page.
"use strict";
(() => {
  const most = 200;
  const { pages, rules, rows } = JSON.parse(document.getElementById("search-index").textContent);
  const box = document.getElementById("search-q");
  const found = document.getElementById("search-found");
  const shown = document.getElementById("search-shown");
  const texts = rows.map(([, , rule, severity, outcome, subject, message]) =>
    `${subject} ${rules[rule].join(" ")} ${severity} ${outcome} ${message}`.toLowerCase());
  const count = (number) => `${number.toLocaleString("en")} result${number === 1 ? "" : "s"}`;

  /** A line of what was found; text is only ever set as text. */
  const line = ([page, anchor, rule, severity, outcome, subject, message]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${pages[page]}#result-${anchor}`;
    link.textContent = subject;
    const code = document.createElement("code");
    code.textContent = rules[rule][0];
    const kind = outcome === "fail" ? severity : outcome;
    item.append(link, " ", code, ` ${kind}`, message ? `: ${message}` : "");
    return item;
  };

  const apply = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = [];
    let total = 0;
    if (words.length) {
      texts.forEach((text, index) => {
        if (!words.every((word) => text.includes(word))) return;
        total += 1;
        if (hits.length < most) hits.push(rows[index]);
      });
    }
    found.replaceChildren(...hits.map(line));
    const part = total > hits.length ? `, the first ${hits.length} shown` : "";
    shown.textContent = words.length ? count(total) + part : `${count(rows.length)} on ${pages.length} pages`;
    const address = words.length ? `#q=${encodeURIComponent(box.value)}` : location.pathname;
    history.replaceState(null, "", address);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || document.activeElement === box) return;
    event.preventDefault();
    box.focus();
  });
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 60);
  });
  document.getElementById("search-box").hidden = false;
  const asked = /^#q=(.*)$/.exec(location.hash);
  try {
    if (asked) box.value = decodeURIComponent(asked[1]);
  } catch {
    // An address that was cut off is no search.
  }
  const hash = location.hash;
  if (asked || !hash) apply();
  else shown.textContent = `${count(rows.length)} on ${pages.length} pages`;
})();
