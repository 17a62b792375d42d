-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'https://example.net/def#seats' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#integer' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."seats" IS NOT NULL
  AND regexp_full_match(row."seats", '[+-]?[0-9]+');

-- unusable
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row
WHERE row."seats" IS NOT NULL
  AND NOT (regexp_full_match(row."seats", '[+-]?[0-9]+'))
ORDER BY ALL;
