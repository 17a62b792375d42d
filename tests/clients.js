// Asks an endpoint with two clients in JavaScript, and writes what they make of it as one line of JSON each.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, endpoint, query, construct] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)));

function say(client, rows) {
  console.log(JSON.stringify([client, rows]));
}

async function collect(stream) {
  const found = [];
  for await (const each of stream) found.push(each);
  return found;
}

const { QueryEngine } = await load("@comunica/query-sparql");
const engine = new QueryEngine();
for (const type of ["sparql", undefined]) {
  // Without a type, Comunica finds out by itself that this is an endpoint.
  const sources = [type ? { type, value: endpoint } : endpoint];
  const rows = await (await engine.queryBindings(query, { sources })).toArray();
  say(`comunica ${type ?? "by itself"}`, rows.map((row) => row.get("name").value));
}

const { SparqlEndpointFetcher } = await load("fetch-sparql-endpoint");
for (const method of ["GET", "POST"]) {
  const fetcher = new SparqlEndpointFetcher({ method });
  const rows = await collect(await fetcher.fetchBindings(endpoint, query));
  say(`bindings ${method}`, rows.map((row) => row.name.value));
  const triples = await collect(await fetcher.fetchTriples(endpoint, construct));
  say(`triples ${method}`, triples.map((each) => each.object.value));
}
const asked = await new SparqlEndpointFetcher().fetchAsk(endpoint, "ASK { ?s ?p ?o }");
say("ask", [String(asked)]);
const refused = await new SparqlEndpointFetcher().fetchBindings(endpoint, "SELECT * { SERVICE <a:b> {} }").catch(String);
say("refused", [String(refused).includes("query:1:12")]);
