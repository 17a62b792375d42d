// Sends a query to the endpoint.

// By POST a query may be long, and stands in no log. What it gives, a table or a graph, decides between the two forms.
const forms = "application/sparql-results+json, text/turtle;q=0.9";

export async function ask(address, query, language, signal) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { Accept: forms, "Accept-Language": language },
    body: new URLSearchParams({ query }),
    signal,
  });
  const type = (answer.headers.get("Content-Type") ?? "").split(";")[0];
  return { isGood: answer.ok, status: answer.status, type, text: await answer.text() };
}
