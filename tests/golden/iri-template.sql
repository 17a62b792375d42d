-- empty
row."id" IS NULL;

-- empty
row."part_of" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."part_of"), ':', row."part_of"))) AS print_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."part_of" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/superEvent' AS predicate,
  concat('https://example.net/id/event/', iri_safe(row."part_of"), '/', iri_safe(row."id")) AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."part_of" IS NOT NULL;
