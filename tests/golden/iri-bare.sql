-- cell-iri
coalesce((row."url" IS NOT NULL AND NOT is_iri(row."url")), false);

-- empty
row."id" IS NULL;

-- empty
row."url" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."url"), ':', row."url"))) AS print_0, CASE WHEN coalesce((row."url" IS NOT NULL AND NOT is_iri(row."url")), false) THEN 1 ELSE 0 END AS failed_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."url" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://xmlns.com/foaf/0.1/homepage' AS predicate,
  row."url" AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."url" IS NOT NULL
  AND is_iri(row."url");
