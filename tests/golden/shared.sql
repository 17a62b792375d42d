CREATE TABLE shared_0 AS SELECT subject FROM (SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
UNION ALL
SELECT concat('https://example.net/id/event/', "key id") AS subject FROM row_1 WHERE "key id" IS NOT NULL
UNION ALL
SELECT DISTINCT subject FROM told) GROUP BY subject HAVING count(*) > 1;

INSERT INTO statement SELECT * FROM (SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' AS predicate,
  'http://schema.org/Event' AS object, '' AS datatype, '' AS language,
  0 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL)
WHERE subject IN (SELECT subject FROM shared_0);

INSERT INTO statement SELECT * FROM (SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' AS predicate,
  'http://schema.org/Event' AS object, '' AS datatype, '' AS language,
  0 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL)
WHERE subject NOT IN (SELECT subject FROM shared_0);

CREATE OR REPLACE TABLE distinct_0 AS SELECT DISTINCT "kept id" AS "id" FROM row_0;

SELECT count(*), coalesce(bool_and(before IS NULL OR before < subject), true) FROM (SELECT concat(concat('https://example.net/id/event/', "key id"), '>') AS subject, lag(concat(concat('https://example.net/id/event/', "key id"), '>')) OVER () AS before FROM row_0 WHERE "key id" IS NOT NULL);

SELECT record, coalesce(lead(record) OVER turn, first_value(record) OVER turn) AS other FROM (SELECT "key id" AS subject, rowid + 1 AS record FROM row_0 WHERE "key id" IS NOT NULL) WINDOW turn AS (PARTITION BY subject ORDER BY record) QUALIFY count(*) OVER (PARTITION BY subject) > 1 ORDER BY ALL;

SELECT rowid + 1 AS record FROM row_0
WHERE "key id" IS NULL ORDER BY record;

