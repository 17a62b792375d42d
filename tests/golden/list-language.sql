-- cell-language
coalesce((len(list_filter(items(row."topics", '|'), lambda part_0: NOT is_language(part_0))) > 0), false);

-- empty
row."id" IS NULL;

-- empty
row."name_de" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."name_de"), ':', row."name_de"), concat(strlen(row."topics"), ':', row."topics"))) AS print_0, CASE WHEN coalesce((len(list_filter(items(row."topics", '|'), lambda part_0: NOT is_language(part_0))) > 0), false) THEN 1 ELSE 0 END AS failed_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."name_de" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/name' AS predicate,
  row."name_de" AS object, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' AS datatype, item_0.value AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(CASE WHEN len(items(row."topics", '|')) > 0 THEN items(row."topics", '|') ELSE [NULL] END) AS item_0(value)
WHERE row."id" IS NOT NULL
  AND row."name_de" IS NOT NULL
  AND item_0.value IS NOT NULL
  AND is_language(item_0.value);
