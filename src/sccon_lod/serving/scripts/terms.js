// Names and their prefixes: how terms are shortened, and which prefixes a query still needs.

export async function load(address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return await answer.json();
  } catch {
    // Without them the page completes keywords only.
  }
  return { prefixes: {}, classes: {}, properties: {} };
}

export function shortened(iri, prefixes) {
  let best = "";
  let name = iri;
  for (const [prefix, space] of Object.entries(prefixes)) {
    const rest = iri.slice(space.length);
    if (iri.startsWith(space) && space.length > best.length && /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u.test(rest) && !rest.endsWith(".")) {
      best = space;
      name = `${prefix}:${rest}`;
    }
  }
  return name;
}

// What is neither a text, an address nor a comment.
function bare(query) {
  return query.replace(/"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g, " ");
}

export function withPrefixes(query, known) {
  const plain = bare(query);
  const declared = new Set([...plain.matchAll(/\bPREFIX\s+([\p{L}\p{N}_.-]*):/giu)].map((found) => found[1]));
  const used = new Set([...plain.matchAll(/(?<![\p{L}\p{N}_?$:-])([\p{L}][\p{L}\p{N}_-]*):/gu)].map((found) => found[1]));
  const added = [...used].filter((each) => !declared.has(each) && each in known).sort();
  const lines = added.map((each) => `PREFIX ${each}: <${known[each]}>\n`);
  return { text: placed(query, lines.join("")), added };
}

// Prefixes stand with those that are there, or below the comments at the top.
function placed(query, lines) {
  if (!lines) return query;
  const declared = [...query.matchAll(/^[ \t]*(?:PREFIX|BASE)\b.*\n/gim)].pop();
  const at = declared ? declared.index + declared[0].length : query.match(/^(?:[ \t]*(?:#.*)?\n)*/)[0].length;
  return `${query.slice(0, at)}${lines}${declared ? "" : "\n"}${query.slice(at)}`;
}
