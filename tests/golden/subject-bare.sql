-- cell-iri
coalesce((row."url" IS NOT NULL AND NOT is_iri(row."url")), false);

-- empty
row."url" IS NULL;

-- empty
row."seats" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT CASE WHEN row."url" IS NOT NULL AND is_iri(row."url") THEN row."url" END AS key_0, md5_number(concat_ws(';', concat(strlen(row."url"), ':', row."url"), concat(strlen(row."seats"), ':', row."seats"))) AS print_0, CASE WHEN coalesce((row."url" IS NOT NULL AND NOT is_iri(row."url")), false) THEN 1 ELSE 0 END AS failed_0, CASE WHEN row."url" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."seats" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT row."url" AS subject, 'https://example.net/def#note' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."url" IS NOT NULL
  AND is_iri(row."url")
  AND row."seats" IS NOT NULL;
