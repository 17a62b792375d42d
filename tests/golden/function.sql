-- call_0
SELECT DISTINCT row."starts" AS argument_0 FROM source."data/event.csv" AS row
WHERE row."starts" IS NOT NULL ORDER BY ALL;

SELECT DISTINCT row."#record", made.problem_de, made.problem_en FROM source."data/event.csv" AS row
JOIN call_0 AS made ON made.argument_0 = row."starts"
WHERE row."starts" IS NOT NULL
  AND made.problem_en IS NOT NULL
ORDER BY ALL;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/startDate' AS predicate,
  made.lexical AS object, made.datatype AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
JOIN call_0 AS made ON made.argument_0 = row."starts"
WHERE row."id" IS NOT NULL
  AND made.problem_en IS NULL;
