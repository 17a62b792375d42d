// Places as dots on a net of degrees; no map of anybody else is asked for.
import { element, fitted, shape, spoken, target } from "./drawing.js";

const steps = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
const least = 0.02; // degrees
const letter = 7.4; // pixels that a letter takes, about
const longest = 28; // letters of a label
const margin = { left: 58, right: 16, top: 12, bottom: 26 };

export function drawMap(place, places, context) {
  const room = element("div", { class: "drawing" });
  const found = gathered(places, context);
  place.append(element("p", { class: "soft" }, `${found.length.toLocaleString(context.language)} ${context.words.places}`), room);
  fitted(room, (width) => drawn(found, width, context));
}

// What is at the same place is one dot.
function gathered(places, context) {
  const found = new Map();
  for (const { latitude, longitude, label, link } of places) {
    const key = `${latitude} ${longitude}`;
    const there = found.get(key) ?? { latitude, longitude, names: [], href: link ? target(link.value, context.site)?.href : "" };
    const name = spoken(label, context);
    if (name && !there.names.includes(name)) there.names.push(name);
    found.set(key, there);
  }
  return [...found.values()];
}

function extent(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const around = Math.max(high - low, least) * 0.12;
  return { low: low - around, high: high + around };
}

function projected(places, width) {
  const [north, east] = [extent(places.map((each) => each.latitude)), extent(places.map((each) => each.longitude))];
  // A degree of longitude is shorter, the further from the equator it is.
  const squeeze = Math.max(0.1, Math.cos(((north.low + north.high) / 2) * (Math.PI / 180)));
  const inner = width - margin.left - margin.right;
  const height = Math.min(Math.max(inner * 0.62, 240), 560);
  const scale = Math.min(inner / ((east.high - east.low) * squeeze), height / (north.high - north.low));
  const middle = { latitude: (north.low + north.high) / 2, longitude: (east.low + east.high) / 2 };
  const half = { north: height / 2 / scale, east: inner / 2 / scale / squeeze };
  return {
    inner,
    height,
    north: { low: middle.latitude - half.north, high: middle.latitude + half.north },
    east: { low: middle.longitude - half.east, high: middle.longitude + half.east },
    x: (longitude) => margin.left + inner / 2 + (longitude - middle.longitude) * squeeze * scale,
    y: (latitude) => margin.top + height / 2 - (latitude - middle.latitude) * scale,
  };
}

function lines({ low, high }) {
  const step = steps.findLast((each) => (high - low) / each <= 6) ?? steps[0];
  const found = [];
  for (let number = Math.ceil(low / step); number * step <= high; number += 1) found.push(Number((number * step).toFixed(4)));
  return found;
}

function drawn(places, width, context) {
  const { words, language } = context;
  const onto = projected(places, width);
  const [right, bottom] = [margin.left + onto.inner, margin.top + onto.height];
  const svg = shape("svg", { width, height: bottom + margin.bottom, role: "group", "aria-label": words.map });
  const degrees = (number, sides) => `${Math.abs(number).toLocaleString(language)}° ${number < 0 ? sides[1] : sides[0]}`;
  svg.append(shape("rect", { x: margin.left, y: margin.top, width: onto.inner, height: onto.height, class: "sheet" }));
  for (const each of lines(onto.north)) {
    svg.append(shape("line", { x1: margin.left, x2: right, y1: onto.y(each), y2: onto.y(each), class: "net" }),
      shape("text", { x: margin.left - 6, y: onto.y(each) + 4, class: "degree", "text-anchor": "end" }, degrees(each, [words.north, words.south])));
  }
  for (const each of lines(onto.east)) {
    svg.append(shape("line", { y1: margin.top, y2: bottom, x1: onto.x(each), x2: onto.x(each), class: "net" }),
      shape("text", { x: onto.x(each), y: bottom + 18, class: "degree", "text-anchor": "middle" }, degrees(each, [words.east, words.west])));
  }
  svg.append(...dots(places, onto, right));
  return svg;
}

function dots(places, onto, right) {
  const taken = places.map((each) => ({ x: onto.x(each.longitude) - 6, y: onto.y(each.latitude) - 6, width: 12, height: 12 }));
  return places.map((place) => {
    const [x, y] = [onto.x(place.longitude), onto.y(place.latitude)];
    const parts = [
      shape("title", {}, place.names.join(", ")),
      shape("circle", { cx: x, cy: y, r: Math.min(5 + place.names.length / 2, 9), class: "dot" }),
    ];
    const [first, ...more] = place.names;
    const text = first ? `${first.length > longest ? `${first.slice(0, longest)}…` : first}${more.length ? ` +${more.length}` : ""}` : "";
    const free = text && labelled(text, x, y, right, taken);
    if (free) parts.push(shape("text", { x: free.x, y: free.y + 14, class: "name" }, text));
    return place.href ? shape("a", { href: place.href, "aria-label": place.names.join(", ") }, ...parts) : shape("g", {}, ...parts);
  });
}

// A label stands right or left of its dot, or nowhere if others stand there; every dot tells its name itself.
function labelled(text, x, y, right, taken) {
  const size = { width: text.length * letter, height: 17 };
  const asked = [{ x: x + 10, y: y - 9, ...size }, { x: x - 10 - size.width, y: y - 9, ...size }];
  const isFree = (one) => one.x >= margin.left && one.x + one.width <= right && !taken.some((other) => one.x < other.x + other.width
    && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height);
  const free = asked.find(isFree);
  if (free) taken.push(free);
  return free;
}
