// Understands answers: a truth, a table with what its columns hold, or a graph as text.

const numbers = new Set(["integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
  "positiveInteger", "negativeInteger", "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"]);
const xsd = "http://www.w3.org/2001/XMLSchema#";
const latitudes = new Set(["lat", "latitude", "breite", "breitengrad"]);
const longitudes = new Set(["lon", "long", "lng", "longitude", "länge", "laenge", "längengrad", "laengengrad"]);
const point = /^\s*(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(-?[\d.]+(?:e-?\d+)?)\s+(-?[\d.]+(?:e-?\d+)?)/i;

export function read({ type, text }) {
  if (!type.includes("json") || type.includes("ld+json")) return { kind: "graph", text };
  const told = JSON.parse(text);
  if ("boolean" in told) return { kind: "truth", value: told.boolean, text };
  const rows = told.results.bindings;
  const columns = told.head.vars.map((name) => column(name, rows));
  return { kind: "table", columns, rows, text };
}

export function isNumber(term) {
  return term.type === "literal" && Boolean(term.datatype?.startsWith(xsd)) && numbers.has(term.datatype.slice(xsd.length));
}

function column(name, rows) {
  const terms = rows.map((row) => row[name]).filter(Boolean);
  const every = (test) => terms.length > 0 && terms.every(test);
  return {
    name,
    isNumber: every(isNumber),
    isText: every((term) => term.type === "literal") && !every(isNumber),
    isLink: every((term) => term.type === "uri"),
    isPoint: every((term) => term.type === "literal" && point.test(term.value)),
  };
}

// What a chart shows: a column of numbers, and the one that says what they count; null where there is no such pair.
export function charted({ columns, rows }) {
  const counts = columns.filter((each) => each.isNumber);
  const texts = columns.filter((each) => each.isText);
  const labels = texts.length ? texts : columns.filter((each) => each.isLink);
  if (counts.length !== 1 || labels.length !== 1 || located({ columns, rows })) return null;
  const found = rows.filter((row) => row[counts[0].name] && row[labels[0].name]);
  return {
    name: counts[0].name,
    bars: found.map((row) => ({ label: row[labels[0].name], number: Number(row[counts[0].name].value) })),
  };
}

// What a map shows: places in degrees with the term that names them; null where no columns say them.
export function located({ columns, rows }) {
  const place = places(columns);
  if (!place) return null;
  const others = columns.filter((each) => !place.names.includes(each.name));
  const label = others.find((each) => each.isText) ?? others[0];
  const link = others.find((each) => each.isLink);
  const found = [];
  for (const row of rows) {
    const at = place.at(row);
    if (at && Math.abs(at.latitude) <= 90 && Math.abs(at.longitude) <= 180) {
      found.push({ ...at, label: row[label?.name], link: row[link?.name] });
    }
  }
  return found.length ? found : null;
}

function places(columns) {
  const wkt = columns.find((each) => each.isPoint);
  if (wkt) {
    return { names: [wkt.name], at: (row) => {
      const found = row[wkt.name]?.value.match(point);
      return found ? { latitude: Number(found[2]), longitude: Number(found[1]) } : null;
    } };
  }
  const named = (known) => columns.find((each) => known.has(each.name.toLowerCase()));
  const [latitude, longitude] = [named(latitudes), named(longitudes)];
  if (!latitude || !longitude) return null;
  return { names: [latitude.name, longitude.name], at: (row) => {
    const [north, east] = [row[latitude.name]?.value, row[longitude.name]?.value].map(degrees);
    return Number.isFinite(north) && Number.isFinite(east) ? { latitude: north, longitude: east } : null;
  } };
}

function degrees(text) {
  return text?.trim() ? Number(text) : NaN;
}
