-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'https://example.net/def#note' AS predicate,
  row."name_de" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."seats" IS NOT NULL
  AND row."id" IS NOT NULL
  AND row."name_de" IS NOT NULL;
