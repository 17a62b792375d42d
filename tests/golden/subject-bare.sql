-- statements
SELECT row."url" AS subject, 'https://example.net/def#note' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."url" IS NOT NULL
  AND is_iri(row."url")
  AND row."seats" IS NOT NULL;

-- unusable
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row
WHERE row."url" IS NOT NULL
  AND NOT (is_iri(row."url"))
ORDER BY ALL;

-- missing
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row WHERE row."url" IS NULL;
