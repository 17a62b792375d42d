-- empty
row."seats" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT CASE WHEN row."seats" IS NULL THEN 1 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/topic/', iri_safe(item_0.value)) AS subject, 'https://example.net/def#note' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(CASE WHEN len(items(row."topics", '|')) > 0 THEN items(row."topics", '|') ELSE [NULL] END) AS item_0(value)
WHERE item_0.value IS NOT NULL
  AND row."seats" IS NOT NULL;
