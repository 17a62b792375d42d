-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/superEvent' AS predicate,
  concat('https://example.net/id/event/', iri_safe(row."part_of"), '/', iri_safe(row."id")) AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."part_of" IS NOT NULL;
