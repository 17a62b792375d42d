-- empty
row."id" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"))) AS print_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'https://example.net/def#note' AS predicate,
  'always' AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL;
