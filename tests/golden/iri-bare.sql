-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://xmlns.com/foaf/0.1/homepage' AS predicate,
  row."url" AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."url" IS NOT NULL
  AND is_iri(row."url");

-- unusable
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row
WHERE row."url" IS NOT NULL
  AND NOT (is_iri(row."url"))
ORDER BY ALL;
