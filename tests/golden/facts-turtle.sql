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
  SELECT subject, predicate, rank, language, short(object, datatype, language) AS value
  FROM fact AS fact JOIN naming USING (predicate)),
verb AS (
  SELECT subject, rank, CASE WHEN rank = 0 THEN 'a' ELSE curie(predicate) END AS verb,
    CASE WHEN rank = 0 THEN string_agg(value, ', ' ORDER BY value)
      ELSE string_agg(value, ' ,
        ' ORDER BY language, value) END AS objects
  FROM value GROUP BY subject, rank, predicate)
SELECT concat(subject, '>') AS key, concat(chr(10), curie(subject), '
    ',
  string_agg(concat(verb, ' ', objects), ' ;
    ' ORDER BY rank), ' .', chr(10)) AS text
FROM verb GROUP BY subject;
