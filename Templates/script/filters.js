// Search and filters: show and hide the results that stand in the page. Without script all of them are seen.
"use strict";
(() => {
  const bar = document.getElementById("filters");
  if (!bar) return;
  const search = document.getElementById("filter-q");
  const shown = document.getElementById("filter-shown");
  const reset = document.getElementById("filter-reset");
  const none = document.getElementById("filter-none");
  const toggles = [...bar.querySelectorAll("button[data-key]")];
  const selects = [...bar.querySelectorAll("select[data-key]")];
  // What is not on the page matches nothing here, and may all the same.
  const isCut = document.querySelector("#results article.rule > .left-out, #results > section > .left-out") !== null;
  const lists = [...document.querySelectorAll("#results > section")];

  /** One result of the page: where it stands, and what it is found by. */
  const rows = [...document.querySelectorAll("#results .result")].map((node) => {
    const { severity, outcome, models, stages } = node.dataset;
    const group = node.parentNode;
    const places = (text) => (text ? text.split(" ") : []);
    return { node, group, severity, outcome, rule: group.dataset.rule, models: places(models), stages: places(stages) };
  });

  /** What a search looks through: the result, and the id and title of its rule. */
  const text = (row) => (row.text ??= `${row.node.textContent} ${row.rule} ${title(row.group)}`.toLowerCase());
  const title = (group) => group.querySelector("header .title").textContent;

  const pressed = (key) =>
    toggles.filter((one) => one.dataset.key === key && one.ariaPressed === "true").map((one) => one.dataset.value);
  const select = (key) => selects.find((one) => one.dataset.key === key);

  const read = () => {
    const state = { q: search.value, severity: pressed("severity"), outcome: pressed("outcome") };
    for (const one of selects) state[one.dataset.key] = one.value;
    return state;
  };

  const isFiltering = (state) =>
    Boolean(state.q.trim() || state.severity.length || state.outcome.length || state.rule || state.model || state.stage);

  const matcher = (state) => {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    // Results name models and stages by their place in the list of choices.
    const place = (key) => (state[key] ? String(select(key).selectedIndex - 1) : null);
    const [model, stage] = [place("model"), place("stage")];
    return (row) =>
      (!state.severity.length || state.severity.includes(row.severity)) &&
      (!state.outcome.length || state.outcome.includes(row.outcome)) &&
      (!state.rule || row.rule === state.rule) &&
      (model === null || row.models.includes(model)) &&
      (stage === null || row.stages.includes(stage)) &&
      words.every((word) => text(row).includes(word));
  };

  const total = () => `${rows.length.toLocaleString("en")} result${rows.length === 1 ? "" : "s"}`;
  const more = isCut ? "; more are not on this page" : "";

  const apply = () => {
    const state = read();
    group(state.group === "subject");
    const [matches, filtering] = [matcher(state), isFiltering(state)];
    const counts = new Map();
    let count = 0;
    for (const row of rows) {
      const isShown = matches(row);
      if (row.node.hidden === isShown) row.node.hidden = !isShown;
      const holder = row.node.parentNode;
      const [some, all] = counts.get(holder) ?? [0, 0];
      counts.set(holder, [some + isShown, all + 1]);
      count += isShown;
    }
    for (const [holder, [some, all]] of counts) {
      holder.hidden = some === 0;
      const part = holder.querySelector(".part") ?? addPart(holder);
      part.textContent = some > 0 && some < all ? ` · ${some.toLocaleString("en")} shown` : "";
    }
    for (const list of lists) {
      const groups = [...list.querySelectorAll("article.rule")];
      list.hidden = filtering && groups.every((one) => one.hidden);
    }
    shown.textContent = filtering ? `${count.toLocaleString("en")} of ${total()} shown${more}` : total() + more;
    bar.toggleAttribute("data-filtering", filtering);
    reset.hidden = !filtering;
    none.hidden = !filtering || count > 0;
    remember(state);
  };

  const addPart = (holder) => {
    const part = document.createElement("span");
    part.className = "part";
    holder.querySelector(".count").append(part);
    return part;
  };

  // Grouping

  let bySubject = false;
  const group = (wanted) => {
    if (wanted === bySubject) return;
    bySubject = wanted;
    for (const old of document.querySelectorAll("#results .by-subject")) old.remove();
    if (wanted) groupBySubject();
    else for (const row of rows) row.group.insertBefore(row.node, row.group.querySelector(":scope > .left-out"));
    for (const row of rows) {
      row.node.querySelector(".cause")?.remove();
      if (wanted) row.node.prepend(cause(row));
      else row.group.hidden = false;
    }
  };

  const groupBySubject = () => {
    const groups = new Map();
    for (const row of rows) {
      const list = row.group.parentNode;
      const subject = row.node.querySelector("h4");
      const key = `${list.id}\n${subject.textContent}\n${row.node.querySelector(".place")?.textContent ?? ""}`;
      if (!groups.has(key)) groups.set(key, { list, subject, rows: [] });
      groups.get(key).rows.push(row);
      row.group.hidden = true;
    }
    for (const { list, subject, rows: own } of groups.values()) {
      const article = document.createElement("article");
      article.className = `rule by-subject list-${list.id} severity-${own[0].severity}`;
      const head = document.createElement("header");
      const name = document.createElement("h3");
      name.append(...[...subject.childNodes].map((one) => document.createTextNode(one.textContent)));
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = `${own.length} result${own.length === 1 ? "" : "s"}`;
      const facts = document.createElement("p");
      facts.className = "facts";
      facts.append(count);
      head.append(name, facts);
      article.append(head, ...own.map((row) => row.node));
      list.insertBefore(article, list.querySelector(":scope > .left-out"));
    }
  };

  /** What the head of a rule says, for a result that stands apart from it. */
  const cause = (row) => {
    const box = document.createElement("div");
    box.className = "cause";
    const head = row.group.querySelector("header");
    const link = document.createElement("a");
    link.href = `#${row.node.id}`;
    link.className = "self";
    link.textContent = title(row.group);
    const rule = document.createElement("code");
    rule.textContent = row.rule;
    const facts = document.createElement("p");
    facts.className = "facts";
    const chip = head.querySelector(".chip");
    if (chip) facts.append(chip.cloneNode(true), " ");
    facts.append(rule);
    box.append(link, facts);
    const remedy = head.querySelector(".advice > div:last-child dd");
    if (remedy) {
      const advice = document.createElement("p");
      advice.className = "remedy";
      advice.append(...[...remedy.childNodes].map((one) => one.cloneNode(true)));
      box.append(advice);
    }
    return box;
  };

  // Links: the address holds what is asked for, so that it can be sent to somebody.

  let remembering = 0;
  const remember = (state) => {
    clearTimeout(remembering);
    remembering = setTimeout(() => {
      const fields = new URLSearchParams();
      for (const [key, value] of Object.entries(state)) {
        const said = Array.isArray(value) ? value.join(",") : value.trim();
        if (said) fields.set(key, said);
      }
      const wanted = fields.toString();
      const hash = location.hash.slice(1);
      if (wanted ? wanted !== hash : hash.includes("=")) {
        history.replaceState(null, "", wanted ? `#${wanted}` : location.pathname + location.search);
      }
    }, 150);
  };

  const restore = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) return follow(hash);
    const fields = new URLSearchParams(hash);
    search.value = fields.get("q") ?? "";
    for (const one of toggles) {
      const values = (fields.get(one.dataset.key) ?? "").split(",");
      one.ariaPressed = String(values.includes(one.dataset.value));
    }
    for (const one of selects) {
      one.value = fields.get(one.dataset.key) ?? "";
      // What is not among the choices is not in the report.
      if (one.selectedIndex < 0) one.value = "";
    }
    apply();
  };

  /** A link to a place that a filter hides shows everything again. */
  const follow = (id) => {
    const target = id && document.getElementById(id);
    if (!target?.closest("[hidden]")) return;
    clear();
    if (target.closest("[hidden]")) {
      select("group").value = "";
      apply();
    }
    target.scrollIntoView();
  };

  const clear = () => {
    search.value = "";
    for (const one of toggles) one.ariaPressed = "false";
    for (const one of selects) if (one.dataset.key !== "group") one.value = "";
    apply();
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      apply();
    });
  };

  search.addEventListener("input", soon);
  for (const one of selects) one.addEventListener("change", soon);
  for (const one of toggles) {
    one.addEventListener("click", () => {
      one.ariaPressed = String(one.ariaPressed !== "true");
      soon();
    });
  }
  reset.addEventListener("click", () => {
    clear();
    search.focus();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !search.value) return;
    search.value = "";
    event.preventDefault();
    soon();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, select, textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  addEventListener("hashchange", restore);

  bar.hidden = false;
  if (location.hash.includes("=")) {
    restore();
    bar.scrollIntoView();
  } else shown.textContent = total() + more;
})();
