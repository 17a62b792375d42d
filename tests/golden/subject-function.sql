-- call_0
SELECT DISTINCT row."name_de" AS argument_0, 'https://example.net/id/event/' AS argument_1 FROM source."data/event.csv" AS row
WHERE row."name_de" IS NOT NULL ORDER BY ALL;

SELECT DISTINCT row."#record", call_0.problem_de, call_0.problem_en FROM source."data/event.csv" AS row
JOIN call_0 ON call_0.argument_0 = row."name_de" AND call_0.argument_1 = 'https://example.net/id/event/'
WHERE row."name_de" IS NOT NULL
  AND call_0.problem_en IS NOT NULL
ORDER BY ALL;

-- empty
row."name_de" IS NULL;

-- empty
row."seats" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT CASE WHEN call_0.lexical IS NOT NULL AND call_0.datatype = '' THEN call_0.lexical END AS key_0, md5_number(concat_ws(';', concat(strlen(row."name_de"), ':', row."name_de"), concat(strlen(row."seats"), ':', row."seats"))) AS print_0, CASE WHEN row."name_de" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."seats" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row
LEFT JOIN call_0 ON call_0.argument_0 = row."name_de" AND call_0.argument_1 = 'https://example.net/id/event/'
ORDER BY row."#record";

-- statements
SELECT call_0.lexical AS subject, 'https://example.net/def#note' AS predicate,
  row."seats" AS object, 'http://www.w3.org/2001/XMLSchema#string' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
LEFT JOIN call_0 ON call_0.argument_0 = row."name_de" AND call_0.argument_1 = 'https://example.net/id/event/'
WHERE call_0.lexical IS NOT NULL
  AND call_0.datatype = ''
  AND row."seats" IS NOT NULL;
