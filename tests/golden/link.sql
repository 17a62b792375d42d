CREATE TABLE joined_0 AS
SELECT row."id" AS common_0, concat('https://example.net/id/other/', iri_safe(row."id")) AS subject FROM source."data/event.csv" AS row
WHERE row."seats" IS NOT NULL
  AND row."id" IS NOT NULL;

SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/superEvent' AS predicate,
  joined_0.subject AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
JOIN joined_0 ON joined_0.common_0 = row."part_of"
WHERE row."id" IS NOT NULL;
