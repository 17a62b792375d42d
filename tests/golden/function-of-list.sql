-- call_0
SELECT DISTINCT item.value AS argument_0, 'https://example.net/topic/' AS argument_1 FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
WHERE item.value IS NOT NULL ORDER BY ALL;

SELECT DISTINCT row."#record", made.problem_de, made.problem_en FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
JOIN call_0 AS made ON made.argument_0 = item.value AND made.argument_1 = 'https://example.net/topic/'
WHERE item.value IS NOT NULL
  AND made.problem_en IS NOT NULL
ORDER BY ALL;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/about' AS predicate,
  made.lexical AS object, made.datatype AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
JOIN call_0 AS made ON made.argument_0 = item.value AND made.argument_1 = 'https://example.net/topic/'
WHERE row."id" IS NOT NULL
  AND made.problem_en IS NULL;
