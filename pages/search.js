// Searches the names of all pages: words are looked up in small files by their first two letters.
"use strict";
const form = document.querySelector(".search");
const field = form.querySelector("input");
const found = form.querySelector("#page-found");
const known = new Map();
const most = 30;

function fold(text) {
  return text.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

function words(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) || [];
}

async function entries(start) {
  const name = Array.from(start).map((letter) => letter.codePointAt(0).toString(16)).join("-");
  if (!known.has(name)) {
    const answer = fetch(`${form.dataset.index}${form.dataset.language}/${name}.json`);
    known.set(name, answer.then((each) => (each.ok ? each.json() : [])).catch(() => []));
  }
  return known.get(name);
}

async function search() {
  const wanted = words(field.value).sort((one, other) => other.length - one.length);
  const asked = field.value;
  if (!wanted.length || wanted[0].length < 2) {
    found.hidden = true;
    return;
  }
  const all = await entries(Array.from(wanted[0]).slice(0, 2).join(""));
  if (field.value !== asked) return;
  const hits = all.filter(([name]) => {
    const own = words(name);
    return wanted.every((word) => own.some((each) => each.startsWith(word)));
  });
  // Names that begin with what is asked come first, then short ones: they are more likely meant than what mentions them.
  const ranks = new Map(hits.map((hit) => [hit, hit[0].length + (fold(hit[0]).startsWith(wanted[0]) ? 0 : 1e6)]));
  hits.sort((one, other) => ranks.get(one) - ranks.get(other));
  show(hits);
}

function show(hits) {
  const line = document.createElement("p");
  line.textContent = hits.length ? `${hits.length} ${form.dataset.found}` : form.dataset.nothing;
  const list = document.createElement("ul");
  for (const [name, kind, path] of hits.slice(0, most)) {
    const link = document.createElement("a");
    link.href = form.dataset.top + path;
    link.textContent = name;
    const small = document.createElement("small");
    small.textContent = kind;
    link.append(small);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  found.replaceChildren(line, list);
  found.hidden = false;
}

field.addEventListener("input", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = found.querySelector("a");
  if (first && !found.hidden) first.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") found.hidden = true;
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    field.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!form.contains(event.target)) found.hidden = true;
});
