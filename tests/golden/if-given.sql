-- empty
row."id" IS NULL;

-- empty
row."name_de" IS NULL;

-- empty
row."seats" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."name_de"), ':', row."name_de"), concat(strlen(row."seats"), ':', row."seats"))) AS print_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."name_de" IS NULL THEN 2 ELSE 0 END + CASE WHEN row."seats" IS NULL THEN 4 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/name' AS predicate,
  row."name_de" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."seats" IS NOT NULL
  AND row."id" IS NOT NULL
  AND row."name_de" IS NOT NULL;
