-- call_0
SELECT DISTINCT row."name_de" AS argument_0, 'https://example.net/id/thing/' AS argument_1 FROM source."data/event.csv" AS row
WHERE row."name_de" IS NOT NULL ORDER BY ALL;

SELECT DISTINCT row."#record", call_0.problem_de, call_0.problem_en FROM source."data/event.csv" AS row
JOIN call_0 ON call_0.argument_0 = row."name_de" AND call_0.argument_1 = 'https://example.net/id/thing/'
WHERE row."name_de" IS NOT NULL
  AND call_0.problem_en IS NOT NULL
ORDER BY ALL;

-- empty
row."id" IS NULL;

-- empty
row."name_de" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."name_de"), ':', row."name_de"))) AS print_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."name_de" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/about' AS predicate,
  call_0.lexical AS object, call_0.datatype AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
LEFT JOIN call_0 ON call_0.argument_0 = row."name_de" AND call_0.argument_1 = 'https://example.net/id/thing/'
WHERE row."id" IS NOT NULL
  AND call_0.lexical IS NOT NULL;
