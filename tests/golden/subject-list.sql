-- statements
SELECT concat('https://example.net/topic/', iri_safe(item.value)) AS subject, 'https://example.net/def#note' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
WHERE item.value IS NOT NULL
  AND row."seats" IS NOT NULL;

-- missing
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row WHERE row."topics" IS NULL;
