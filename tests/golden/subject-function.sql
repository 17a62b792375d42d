-- call_0
SELECT DISTINCT row."name_de" AS argument_0, 'https://example.net/id/event/' AS argument_1 FROM source."data/event.csv" AS row
WHERE row."name_de" IS NOT NULL ORDER BY ALL;

SELECT DISTINCT row."#record", made.problem_de, made.problem_en FROM source."data/event.csv" AS row
JOIN call_0 AS made ON made.argument_0 = row."name_de" AND made.argument_1 = 'https://example.net/id/event/'
WHERE row."name_de" IS NOT NULL
  AND made.problem_en IS NOT NULL
ORDER BY ALL;

-- statements
SELECT named.lexical AS subject, 'https://example.net/def#note' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
JOIN call_0 AS named ON named.argument_0 = row."name_de" AND named.argument_1 = 'https://example.net/id/event/'
WHERE named.problem_en IS NULL
  AND row."seats" IS NOT NULL;

-- missing
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row WHERE row."name_de" IS NULL;
