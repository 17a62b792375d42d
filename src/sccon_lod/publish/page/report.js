"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const GROUPS = 20, FIRST = 10, MORE = 100;
  const WORDS = {
    de: {
      report: "Prüfbericht", account: "Was aus den Zeilen wurde", findings: "Befunde", search: "Suchen (Datei, Spalte, Wert, Meldung, Regel)",
      grouping: "Ordnen", byRule: "nach Regel", bySource: "nach Datei", byRecord: "nach Datensatz", severity: "Zeigen",
      violation: "Verstöße", warning: "Warnungen", info: "Hinweise", none: "Keine Befunde.", nothing: "Nichts passt zu dieser Suche.",
      right: "Richtig ist zum Beispiel:", wrong: "Falsch ist zum Beispiel:", row: "Die ganze Zeile", more: "weitere zeigen",
      left: "Nicht alle Befunde dieser Regel stehen auf dieser Seite; alle stehen in", page: "Seite", before: "zurück", after: "weiter",
      footer: "Diese Seite lädt nichts nach. Die Adresse einer Regel (#regel…) bleibt von Bericht zu Bericht dieselbe.",
      of: "von", file: "Ort", empty: "leer", one: "Befund", many: "Befunde", ruleWord: "Regel",
    },
    en: {
      report: "Validation report", account: "What became of the rows", findings: "Findings", search: "Search (file, column, value, message, rule)",
      grouping: "Group", byRule: "by rule", bySource: "by file", byRecord: "by record", severity: "Show",
      violation: "violations", warning: "warnings", info: "notes", none: "No findings.", nothing: "Nothing fits this search.",
      right: "Right is for example:", wrong: "Wrong is for example:", row: "The whole row", more: "show more",
      left: "Not all findings of this rule are on this page; all of them are in", page: "Page", before: "back", after: "next",
      footer: "This page loads nothing else. The address of a rule (#rule…) stays the same from one report to the next.",
      of: "of", file: "Place", empty: "empty", one: "finding", many: "findings", ruleWord: "Rule",
    },
  };
  const state = { language: document.documentElement.lang, grouping: "rule", query: "", page: 0, shown: new Set(["violation", "warning", "info"]), open: new Map() };
  const byId = (id) => document.getElementById(id);
  const word = (key) => WORDS[state.language][key];
  const said = (texts) => texts ? texts[state.language === "de" ? 0 : 1] || texts[0] : "";
  const number = (value) => value.toLocaleString(state.language);

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value != null) made.setAttribute(key, value);
    }
    made.append(...children.filter((each) => each != null));
    return made;
  }

  const findings = data.findings.map(([rule, file, line, path, column, value, text, row, waiver], index) => ({
    index, rule: data.rules[rule], file: data.files[file], line, path, column, value, text: data.texts[text],
    row: row < 0 ? null : data.rows[row], waiver: waiver < 0 ? null : data.texts[waiver],
  }));
  for (const each of findings) {
    each.place = [each.line ? `${each.file}:${each.line}` : each.file, each.path, each.column].filter(Boolean).join(", ");
    each.record = [each.file, each.line || "", each.path || ""].join("\u0000");
    each.haystack = [each.place, each.value, each.rule.name, each.rule.number, ...each.text].join("\n").toLocaleLowerCase();
  }

  function fitting() {
    const words = state.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return findings.filter((each) => state.shown.has(each.rule.severity) && words.every((one) => each.haystack.includes(one)));
  }

  function grouped(found) {
    const groups = new Map();
    for (const each of found) {
      const key = state.grouping === "rule" ? each.rule.anchor : state.grouping === "source" ? each.file : each.record;
      if (!groups.has(key)) groups.set(key, { key, members: [] });
      groups.get(key).members.push(each);
    }
    const order = ["violation", "warning", "info"];
    for (const group of groups.values()) {
      group.severity = order.find((one) => group.members.some((each) => each.rule.severity === one));
    }
    return [...groups.values()];
  }

  function heading(group) {
    const first = group.members[0];
    const total = state.grouping === "rule" && !state.query ? first.rule.count : group.members.length;
    const tally = element("span", { class: "tally" }, `${number(total)} ${total === 1 ? word("one") : word("many")}`);
    if (state.grouping === "rule") {
      const name = element("a", { href: `#${first.rule.anchor}` }, said(first.rule.title) || first.rule.name);
      const label = element("span", { class: "place" }, [first.rule.name, first.rule.number].filter(Boolean).join(" · "));
      return element("h3", {}, element("span", { class: `word ${group.severity}` }, first.rule.severity), name, label, tally);
    }
    const place = state.grouping === "source" ? first.file : [first.line ? `${first.file}:${first.line}` : first.file, first.path].filter(Boolean).join(", ");
    return element("h3", {}, element("span", { class: "place" }, place), tally);
  }

  function advice(rule) {
    const box = element("div", { class: "advice" });
    if (said(rule.why)) box.append(element("p", {}, said(rule.why)));
    if (rule.wrong != null) box.append(element("p", {}, `${word("wrong")} `, element("code", { class: "value" }, rule.wrong || word("empty"))));
    if (rule.example) box.append(element("p", { class: "right" }, `${word("right")} `, element("code", {}, rule.example)));
    return box.childElementCount ? box : null;
  }

  function wholeRow(finding) {
    const [columns, cells] = finding.row;
    const names = data.columns[columns];
    const head = element("tr", {}), body = element("tr", {});
    names.forEach((name, place) => {
      const marked = name === finding.column;
      head.append(element("th", { scope: "col" }, name));
      body.append(element("td", { class: marked ? "marked" : null }, cells[place]));
    });
    const table = element("table", { class: "row" }, element("thead", {}, head), element("tbody", {}, body));
    return element("details", {}, element("summary", {}, word("row")), element("div", { class: "wide", tabindex: "0" }, table));
  }

  function item(finding) {
    const line = element("div", {}, element("span", { class: "place" }, finding.place));
    if (state.grouping !== "rule") line.prepend(element("span", { class: `word ${finding.rule.severity}` }, finding.rule.severity), " ");
    if (finding.value) line.append(" ", element("span", { class: "value" }, finding.value));
    const made = element("li", {}, line, element("p", { class: "said" }, said(finding.text)));
    if (finding.waiver) made.append(element("p", { class: "said waiver" }, said(finding.waiver)));
    if (state.grouping !== "rule") {
      const link = element("a", { href: `#${finding.rule.anchor}` }, `${word("ruleWord")} ${finding.rule.name}`);
      made.append(element("p", { class: "said" }, link));
    }
    if (finding.row) made.append(wholeRow(finding));
    return made;
  }

  function article(group) {
    const rule = group.members[0].rule;
    const made = element("article", { class: group.severity, id: state.grouping === "rule" ? rule.anchor : null }, heading(group));
    if (state.grouping === "rule") { const box = advice(rule); if (box) made.append(box); }
    const list = element("ol", {});
    const count = state.open.get(group.key) || FIRST;
    list.append(...group.members.slice(0, count).map(item));
    made.append(list);
    const rest = group.members.length - count;
    if (rest > 0) {
      const button = element("button", { type: "button" }, `${number(Math.min(rest, MORE))} ${word("more")} (${number(rest)})`);
      button.addEventListener("click", () => { state.open.set(group.key, count + MORE); made.replaceWith(article(group)); });
      made.append(element("div", { class: "more" }, button));
    }
    if (state.grouping === "rule" && rule.count > rule.shown) {
      made.append(element("div", { class: "more" }, `${word("left")} `, element("a", { href: data.list }, data.list)));
    }
    return made;
  }

  function pager(count) {
    const nav = byId("pages");
    nav.replaceChildren();
    if (count < 2) return;
    const go = (page) => { state.page = page; render(); byId("findings-title").scrollIntoView(); };
    const button = (label, page, enabled) => {
      const made = element("button", { type: "button", disabled: !enabled }, label);
      made.addEventListener("click", () => go(page));
      return made;
    };
    nav.append(button(word("before"), state.page - 1, state.page > 0),
      element("span", {}, `${word("page")} ${state.page + 1} ${word("of")} ${count}`),
      button(word("after"), state.page + 1, state.page < count - 1));
  }

  function render() {
    const found = fitting(), groups = grouped(found);
    const pages = Math.max(1, Math.ceil(groups.length / GROUPS));
    state.page = Math.min(state.page, pages - 1);
    const all = state.query || state.shown.size < 3 ? found.length : data.total;
    byId("count").textContent = !findings.length ? word("none") : !found.length ? word("nothing")
      : `${number(all)} ${all === 1 ? word("one") : word("many")}`;
    byId("groups").replaceChildren(...groups.slice(state.page * GROUPS, (state.page + 1) * GROUPS).map(article));
    pager(pages);
  }

  function account() {
    const table = byId("account");
    const head = element("tr", {}, ...data.headings.map((each, place) => element("th", { scope: "col", class: place ? "number" : null }, said(each))));
    const rows = data.accounts.map(([file, ...counts]) => element("tr", {}, element("td", { class: "place" }, file),
      ...counts.map((each) => element("td", { class: each ? "number" : "number zero" }, number(each)))));
    table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  }

  function severities() {
    const box = byId("severities");
    for (const label of [...box.querySelectorAll("label")]) label.remove();
    for (const severity of ["violation", "warning", "info"]) {
      const input = element("input", { type: "checkbox", value: severity });
      input.checked = state.shown.has(severity);
      input.addEventListener("change", () => {
        if (input.checked) state.shown.add(severity); else state.shown.delete(severity);
        state.page = 0; render();
      });
      box.append(element("label", {}, input, element("span", {}, `${word(severity)} (${number(data.counts[severity])})`)));
    }
  }

  function speak(language) {
    state.language = language;
    document.documentElement.lang = language;
    document.title = said(data.title);
    document.querySelector("h1").textContent = said(data.title);
    byId("verdict").textContent = said(data.verdict);
    for (const each of document.querySelectorAll("[data-text]")) each.textContent = word(each.dataset.text);
    for (const each of document.querySelectorAll("[data-language]")) each.setAttribute("aria-pressed", String(each.dataset.language === language));
    account(); severities(); render();
  }

  function follow() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const rule = data.rules.find((each) => each.anchor === anchor);
    if (!rule) return;
    state.grouping = "rule"; state.query = ""; state.shown = new Set(["violation", "warning", "info"]);
    byId("query").value = "";
    for (const each of document.getElementsByName("grouping")) each.checked = each.value === "rule";
    const place = grouped(fitting()).findIndex((group) => group.key === anchor);
    state.page = Math.max(0, Math.floor(place / GROUPS));
    severities(); render();
    const target = byId(anchor);
    if (target) target.scrollIntoView();
  }

  let waiting = 0;
  byId("query").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { state.query = event.target.value; state.page = 0; render(); }, 120);
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  for (const each of document.getElementsByName("grouping")) {
    each.addEventListener("change", () => { state.grouping = each.value; state.page = 0; state.open.clear(); render(); });
  }
  for (const each of document.querySelectorAll("[data-language]")) each.addEventListener("click", () => speak(each.dataset.language));
  window.addEventListener("hashchange", follow);
  speak(state.language);
  if (location.hash) follow();
})();
