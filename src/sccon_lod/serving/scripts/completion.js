// Completes keywords, variables, and the terms that are used in the data; a prefix that is missing comes with its term.
import { known } from "./sparql.js";
import { shortened, withPrefixes } from "./terms.js";

export function completer(terms, words) {
  const fixed = [
    ...used(terms.classes, terms.prefixes, words.class),
    ...used(terms.properties, terms.prefixes, words.property),
    ...Object.keys(terms.prefixes).map((each) => ({ value: `${each}:`, score: 5, meta: words.prefix })),
    ...[...known.keywords, ...known.functions].map((each) => ({ value: each, score: 1, meta: words.keyword })),
  ];
  const own = {
    identifierRegexps: [/[\p{L}\p{N}_:?$-]/u],
    getCompletions(editor, session, position, typed, callback) {
      const isVariable = /^[?$]/.test(typed);
      const found = isVariable ? variables(session.getValue(), typed, words.variable) : fixed;
      callback(null, found.map((each) => ({ ...each, completer: own })));
    },
    insertMatch(editor, chosen) {
      const typed = editor.completer.completions?.filterText ?? "";
      const range = editor.getSelectionRange();
      range.start.column = Math.max(0, range.start.column - typed.length);
      editor.session.replace(range, chosen.value);
      declare(editor, terms.prefixes);
    },
  };
  return own;
}

function used(counted, prefixes, meta) {
  return Object.entries(counted).map(([iri, count]) => {
    const short = shortened(iri, prefixes);
    const value = short === iri ? `<${iri}>` : short;
    return { value, score: 10 + Math.log2(count + 1), meta: `${meta} · ${count}` };
  });
}

function variables(query, typed, meta) {
  const names = new Set(query.match(/[?$][\p{L}\p{N}_]+/gu) ?? []);
  names.delete(typed);
  return [...names].sort().map((value) => ({ value, score: 1, meta }));
}

function declare(editor, prefixes) {
  const query = editor.getValue();
  const { text, added } = withPrefixes(query, prefixes);
  if (!added.length) return;
  const lines = text.split("\n");
  const row = lines.findIndex((line, number) => line !== query.split("\n")[number]);
  const count = lines.length - query.split("\n").length;
  editor.session.insert({ row, column: 0 }, `${lines.slice(row, row + count).join("\n")}\n`);
}
