WITH naming(predicate, key, rank, coercion, single) AS (VALUES
  ('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'type', 0, '@id', False),
  ('http://purl.org/dc/terms/identifier', 'identifier', 2, '', False),
  ('http://schema.org/name', 'name', 3, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', False),
  ('http://schema.org/startDate', 'start', 4, 'http://www.w3.org/2001/XMLSchema#date', True),
  ('http://schema.org/endDate', 'end', 5, 'http://www.w3.org/2001/XMLSchema#date', False),
  ('http://schema.org/about', 'about', 6, '@id', False),
  ('http://xmlns.com/foaf/0.1/homepage', 'homepage', 7, '@id', False),
  ('https://example.net/def#seats', 'seats', 8, 'http://www.w3.org/2001/XMLSchema#integer', False),
  ('http://schema.org/superEvent', 'part', 9, '@id', False),
  ('http://www.w3.org/2004/02/skos/core#inScheme', 'skos:inScheme', 10, '@id', False),
  ('http://www.w3.org/2004/02/skos/core#notation', 'skos:notation', 11, '', False),
  ('http://www.w3.org/2004/02/skos/core#prefLabel', 'skos:prefLabel', 12, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', False)),
value AS (
  SELECT subject, rank, key, single, coercion, language, CASE WHEN coercion = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' THEN quoted(object)
    ELSE json(object, datatype, language, coercion) END AS json
  FROM fact AS fact JOIN naming USING (predicate)),
spoken AS (
  SELECT subject, rank, key, language, CASE WHEN count(*) = 1 THEN any_value(json)
    ELSE concat('[', string_agg(json, ', ' ORDER BY json), ']') END AS json
  FROM value WHERE coercion = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' GROUP BY subject, rank, key, language),
entry AS (
  SELECT subject, rank, key, concat('{', string_agg(concat('"', language, '": ', json), ', '
    ORDER BY language), '}') AS json
  FROM spoken GROUP BY subject, rank, key
  UNION ALL
  SELECT subject, rank, key, CASE WHEN single AND count(*) = 1 THEN any_value(json)
    ELSE concat('[', string_agg(json, ', ' ORDER BY json), ']') END
  FROM value WHERE coercion <> 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' GROUP BY subject, rank, key, single)
SELECT concat(subject, '>') AS key, concat(',{
  "id": ', '"', compact(subject), '"', ',
',
  string_agg(concat('  ', json_quote(key), ': ', json), ',
' ORDER BY rank), '
}
') AS text
FROM entry GROUP BY subject;
