// The page for queries: what its buttons do.
import { ask } from "./asking.js";
import { read } from "./answers.js";
import { makeEditor } from "./editor.js";
import { load, withPrefixes } from "./terms.js";
import { formsOf, viewsOf } from "./views.js";

const form = document.getElementById("query-form");
const field = document.getElementById("query-text");
const stop = document.getElementById("query-stop");
const prefixes = document.getElementById("query-prefixes");
const link = document.getElementById("query-link");
const note = document.getElementById("query-note");
const answer = document.getElementById("answer");
const said = document.getElementById("answer-text");
const time = document.getElementById("answer-time");
const views = document.getElementById("answer-views");
const files = document.getElementById("answer-files");
const shown = document.getElementById("answer-shown");

const words = JSON.parse(form.dataset.words);
const language = document.documentElement.lang;
const fragment = "#query=";
let running = null;
let preferred = "table";

const terms = await load(form.dataset.terms);
const context = { words, language, terms, site: form.dataset.site };
const editor = makeEditor(field, context, () => form.requestSubmit());

// --- asking

function seconds(since) {
  const number = (performance.now() - since) / 1000;
  return `${number.toLocaleString(language, { maximumSignificantDigits: number < 1 ? 1 : 3 })} ${words.seconds}`;
}

async function run() {
  running?.abort();
  const own = new AbortController();
  running = own;
  const query = editor.text;
  const since = performance.now();
  begin();
  const ticking = setInterval(() => { time.textContent = seconds(since); }, 100);
  try {
    const found = await ask(form.action, query, language, own.signal);
    // Whoever asks something else meanwhile wants to see only that.
    if (running === own) finish(found, query, seconds(since));
  } catch (error) {
    if (running === own) fail(error.name === "AbortError" ? `${words.stopped} ${seconds(since)}.` : words.unreachable);
  } finally {
    clearInterval(ticking);
    if (running === own) {
      running = null;
      stop.hidden = true;
      answer.removeAttribute("aria-busy");
    }
  }
}

function begin() {
  editor.unmark();
  note.textContent = "";
  answer.hidden = false;
  answer.setAttribute("aria-busy", "true");
  stop.hidden = false;
  said.className = "";
  said.textContent = `${words.running} …`;
  time.textContent = "";
  for (const each of [views, files, shown]) each.replaceChildren();
}

function fail(text) {
  said.className = "wrong";
  said.textContent = text;
  time.textContent = "";
}

function finish(found, query, took) {
  if (!found.isGood) {
    fail(found.text.trim() || `${words.failed} (${found.status})`);
    const place = found.text.match(/^query:(\d+):(\d+): /);
    if (place) editor.mark(Number(place[1]), Number(place[2]), found.text.trim());
    return;
  }
  const result = read(found);
  said.textContent = summary(result);
  time.textContent = took;
  offer(formsOf(result), query);
  choose(viewsOf(result, context));
}

function summary(result) {
  if (result.kind === "graph") return words.graph;
  if (result.kind === "truth") return result.value ? words.yes : words.no;
  const count = result.rows.length;
  if (!count) return words["no-rows"];
  return `${count.toLocaleString(language)} ${count === 1 ? words.row : words.rows}`;
}

// --- what is shown

function choose(offered) {
  const buttons = offered.map(({ name, draw }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[name];
    button.dataset.view = name;
    button.addEventListener("click", () => {
      preferred = name;
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      shown.replaceChildren();
      draw(shown);
    });
    return button;
  });
  views.replaceChildren(...buttons);
  (buttons.find((each) => each.dataset.view === preferred) ?? buttons[0]).click();
}

function offer(forms, query) {
  const label = document.createElement("span");
  label.textContent = `${words.download}:`;
  files.replaceChildren(label, ...forms.map(({ name, title }) => {
    const file = document.createElement("a");
    file.href = `${form.action}?${new URLSearchParams({ query, format: name })}`;
    file.download = `query.${name}`;
    file.textContent = title;
    return file;
  }));
}

// --- links

// Behind the # a query is sent to nobody, and stands in no log.
function linked() {
  return `${fragment}${encodeURIComponent(editor.text)}`;
}

function follow() {
  if (!location.hash.startsWith(fragment)) return;
  try {
    const query = decodeURIComponent(location.hash.slice(fragment.length).replaceAll("+", "%20"));
    if (query !== editor.text) editor.text = query;
  } catch {
    // Whoever cut off a link on its way left half a letter.
    note.textContent = words["link-broken"];
  }
}

async function copy(event) {
  event.preventDefault();
  history.replaceState(null, "", linked());
  try {
    await navigator.clipboard.writeText(location.href);
    note.textContent = words["link-copied"];
  } catch {
    note.textContent = words["link-made"];
  }
}

function complete() {
  const { text, added } = withPrefixes(editor.text, terms.prefixes);
  if (added.length) editor.text = text;
  note.textContent = added.length ? `${words["prefixes-added"]}: ${added.join(", ")}` : words["prefixes-none"];
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (editor.text.trim()) run();
  else editor.focus();
});
stop.addEventListener("click", () => running?.abort());
prefixes.addEventListener("click", complete);
link.addEventListener("click", copy);
window.addEventListener("hashchange", follow);
for (const each of document.querySelectorAll("[data-query]")) {
  each.addEventListener("click", (event) => {
    event.preventDefault();
    editor.text = each.dataset.query;
    each.closest("details").open = false;
    editor.focus();
  });
}
for (const each of document.querySelectorAll(".languages a")) {
  each.addEventListener("click", () => { each.hash = linked(); });
}
for (const each of [prefixes, link, document.getElementById("query-hint")]) each.hidden = false;
follow();
document.body.dataset.ready = "yes";
