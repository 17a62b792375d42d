-- cell-datatype
coalesce((row."seats" IS NOT NULL AND NOT regexp_full_match(row."seats", '[+-]?[0-9]+')), false);

-- empty
row."id" IS NULL;

-- empty
row."seats" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."seats"), ':', row."seats"))) AS print_0, CASE WHEN coalesce((row."seats" IS NOT NULL AND NOT regexp_full_match(row."seats", '[+-]?[0-9]+')), false) THEN 1 ELSE 0 END AS failed_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."seats" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'https://example.net/def#seats' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#integer' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."seats" IS NOT NULL
  AND regexp_full_match(row."seats", '[+-]?[0-9]+');
