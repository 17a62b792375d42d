-- empty
row."id" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."topics"), ':', row."topics"), concat(strlen(row."url"), ':', row."url"))) AS print_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'https://example.net/def#note' AS predicate,
  concat(item_0.value, ' ', item_1.value) AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(CASE WHEN len(items(row."topics", '|')) > 0 THEN items(row."topics", '|') ELSE [NULL] END) AS item_0(value), unnest(CASE WHEN len(items(row."url", ';')) > 0 THEN items(row."url", ';') ELSE [NULL] END) AS item_1(value)
WHERE row."id" IS NOT NULL
  AND item_0.value IS NOT NULL
  AND item_1.value IS NOT NULL;
