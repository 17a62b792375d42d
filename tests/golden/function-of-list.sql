-- call_0
SELECT DISTINCT item_0.value AS argument_0, 'https://example.net/topic/' AS argument_1 FROM source."data/event.csv" AS row, unnest(CASE WHEN len(items(row."topics", '|')) > 0 THEN items(row."topics", '|') ELSE [NULL] END) AS item_0(value)
WHERE item_0.value IS NOT NULL ORDER BY ALL;

SELECT DISTINCT row."#record", call_0.problem_de, call_0.problem_en FROM source."data/event.csv" AS row, unnest(CASE WHEN len(items(row."topics", '|')) > 0 THEN items(row."topics", '|') ELSE [NULL] END) AS item_0(value)
JOIN call_0 ON call_0.argument_0 = item_0.value AND call_0.argument_1 = 'https://example.net/topic/'
WHERE item_0.value IS NOT NULL
  AND call_0.problem_en IS NOT NULL
ORDER BY ALL;

-- empty
row."id" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."topics"), ':', row."topics"))) AS print_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/about' AS predicate,
  call_0.lexical AS object, call_0.datatype AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(CASE WHEN len(items(row."topics", '|')) > 0 THEN items(row."topics", '|') ELSE [NULL] END) AS item_0(value)
LEFT JOIN call_0 ON call_0.argument_0 = item_0.value AND call_0.argument_1 = 'https://example.net/topic/'
WHERE row."id" IS NOT NULL
  AND call_0.lexical IS NOT NULL;
