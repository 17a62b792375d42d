-- cell-iri
coalesce((len(list_filter(row."topics", lambda part_0: NOT is_iri(part_0))) > 0), false);

-- empty
row."id" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), coalesce(array_to_string(list_transform(row."topics", lambda item: concat(strlen(item), ':', item)), ''), '-'))) AS print_0, CASE WHEN coalesce((len(list_filter(row."topics", lambda part_0: NOT is_iri(part_0))) > 0), false) THEN 1 ELSE 0 END AS failed_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/about' AS predicate,
  item_0.value AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(CASE WHEN len(row."topics") > 0 THEN row."topics" ELSE [NULL] END) AS item_0(value)
WHERE row."id" IS NOT NULL
  AND item_0.value IS NOT NULL
  AND is_iri(item_0.value);
