// Small pieces of pages and drawings.
import { shortened } from "./terms.js";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Where an address leads: those of the publication to this server, others of the web as they are, all else nowhere.
export function target(iri, site) {
  if (iri.startsWith(site) && iri.length > site.length) return { href: `./${iri.slice(site.length)}`, isOwn: true };
  return /^https?:\/\//i.test(iri) ? { href: iri, isOwn: false } : null;
}

export function spoken(term, { terms }) {
  if (!term) return "";
  return term.type === "uri" ? shortened(term.value, terms.prefixes) : term.value;
}

// Draws anew whenever the width changes, as long as it is shown.
export function fitted(place, draw) {
  let width = 0;
  const watching = new ResizeObserver(() => {
    if (!place.clientWidth || place.clientWidth === width) return;
    width = place.clientWidth;
    place.replaceChildren(draw(width));
  });
  watching.observe(place);
}
