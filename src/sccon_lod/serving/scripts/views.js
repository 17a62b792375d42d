// Which views and which files there are of an answer.
import { charted, located } from "./answers.js";
import { drawChart } from "./chart.js";
import { element } from "./drawing.js";
import { drawMap } from "./map.js";
import { drawTable } from "./table.js";

const mostLetters = 200_000;
const tables = [["csv", "CSV"], ["json", "JSON"], ["tsv", "TSV"], ["xml", "XML"]];
const graphs = [["ttl", "Turtle"], ["nt", "N-Triples"], ["jsonld", "JSON-LD"]];

export function formsOf(result) {
  return (result.kind === "graph" ? graphs : tables).map(([name, title]) => ({ name, title }));
}

export function viewsOf(result, context) {
  const raw = { name: "raw", draw: (place) => drawText(place, result.text, context) };
  if (result.kind !== "table" || !result.rows.length) return [raw];
  const found = [{ name: "table", draw: (place) => drawTable(place, result, context) }];
  const bars = charted(result);
  if (bars) found.push({ name: "chart", draw: (place) => drawChart(place, bars, context) });
  const places = located(result);
  if (places) found.push({ name: "map", draw: (place) => drawMap(place, places, context) });
  return [...found, raw];
}

function drawText(place, text, { words, language }) {
  const shown = text.slice(0, mostLetters);
  place.append(element("pre", { tabindex: "0" }, shown));
  if (shown.length < text.length) {
    const numbers = [mostLetters, text.length].map((each) => each.toLocaleString(language));
    place.prepend(element("p", { class: "soft" }, `${words.first} ${numbers[0]} ${words.of} ${numbers[1]} ${words.letters}; ${words.rest}.`));
  }
}
