-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/about' AS predicate,
  item.value AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
WHERE row."id" IS NOT NULL
  AND item.value IS NOT NULL
  AND is_iri(item.value);

-- unusable
SELECT DISTINCT row."#record" FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
WHERE item.value IS NOT NULL
  AND NOT (is_iri(item.value))
ORDER BY ALL;
