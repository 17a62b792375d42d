// An answer as a table.
import { isNumber } from "./answers.js";
import { element, spoken, target } from "./drawing.js";

const mostRows = 1_000;

export function drawTable(place, { columns, rows }, context) {
  const { words, language } = context;
  if (rows.length > mostRows) {
    const numbers = [mostRows, rows.length].map((each) => each.toLocaleString(language));
    place.append(element("p", { class: "soft" }, `${words.first} ${numbers[0]} ${words.of} ${numbers[1]} ${words.rows}; ${words.rest}.`));
  }
  const heads = columns.map((each) => element("th", { scope: "col", ...kind(each) }, each.name));
  const body = rows.slice(0, mostRows).map((row) => element("tr", {}, ...columns.map((each) => cell(row[each.name], each, context))));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body));
  // Who has no mouse scrolls with keys, for which it has to be reached.
  place.append(element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": words.table }, table));
}

function kind(column) {
  return column.isNumber ? { class: "number" } : {};
}

function cell(term, column, context) {
  const made = element("td", kind(column));
  if (!term) return made;
  if (term.type === "uri") {
    made.append(link(term, context));
  } else {
    made.append(isNumber(term) ? number(term.value, context.language) : term.value);
    if (term["xml:lang"]) {
      made.lang = term["xml:lang"];
      made.append(" ", element("small", { class: "tag" }, term["xml:lang"]));
    }
    if (term.datatype) made.title = spoken({ type: "uri", value: term.datatype }, context);
  }
  return made;
}

function link(term, context) {
  const found = target(term.value, context.site);
  const text = spoken(term, context);
  const own = found?.isOwn && text === term.value ? term.value.slice(context.site.length) : text;
  if (!found) return own;
  const made = element("a", { href: found.href, title: term.value }, own);
  if (!found.isOwn) {
    made.className = "foreign";
    made.rel = "noreferrer";
  }
  return made;
}

// As it is written, but with the marks of the language; what a number cannot hold exactly stays as it is.
function number(text, language) {
  if (!/^-?\d{1,15}$/.test(text)) return text;
  return Number(text).toLocaleString(language, { useGrouping: "min2" });
}
