// Numbers as horizontal bars.
import { element, fitted, shape, spoken } from "./drawing.js";

const mostBars = 60;
const narrow = 560; // pixels below which labels stand above their bars
const letter = 7.6; // pixels that a letter takes, about

export function drawChart(place, { name, bars }, context) {
  const { words, language } = context;
  const shown = bars.slice(0, mostBars);
  if (bars.length > mostBars) {
    place.append(element("p", { class: "soft" }, `${words.first} ${mostBars} ${words.of} ${bars.length} ${words.rows}; ${words.rest}.`));
  }
  const room = element("div", { class: "drawing" });
  place.append(room);
  const made = shown.map(({ label, number }) => ({ label: spoken(label, context), number, text: number.toLocaleString(language) }));
  fitted(room, (width) => drawn(made, width, `${words.chart}: ${name}`));
}

function drawn(bars, width, title) {
  const isNarrow = width < narrow;
  const longest = Math.max(...bars.map((each) => each.label.length));
  const left = isNarrow ? 0 : Math.min(width * 0.4, longest * letter + 12);
  const right = Math.max(...bars.map((each) => each.text.length)) * letter + 14;
  const step = isNarrow ? 46 : 30;
  const low = Math.min(0, ...bars.map((each) => each.number));
  const high = Math.max(0, ...bars.map((each) => each.number));
  const scale = (width - left - right) / (high - low || 1);
  const zero = left - low * scale;
  const svg = shape("svg", { width, height: bars.length * step + 4, role: "img", "aria-label": title });
  bars.forEach((bar, index) => {
    const top = index * step + (isNarrow ? 20 : 4);
    const size = Math.abs(bar.number) * scale;
    const start = bar.number < 0 ? zero - size : zero;
    const label = cut(bar.label, (isNarrow ? width : left) / letter);
    svg.append(shape("g", {},
      shape("title", {}, `${bar.label}: ${bar.text}`),
      shape("text", isNarrow ? { x: 0, y: top - 5 } : { x: left - 10, y: top + 15, "text-anchor": "end" }, label),
      shape("rect", { x: start, y: top, width: Math.max(size, 1), height: 20, rx: 3, class: "bar-of" }),
      shape("text", { x: Math.max(start + size, zero) + 6, y: top + 15, class: "value" }, bar.text)));
  });
  if (low < 0) svg.append(shape("line", { x1: zero, x2: zero, y1: 0, y2: bars.length * step, class: "axis" }));
  return svg;
}

function cut(text, letters) {
  return text.length > letters ? `${text.slice(0, Math.max(1, letters - 2))}…` : text;
}
