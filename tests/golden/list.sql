-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/about' AS predicate,
  concat('https://example.net/topic/', iri_safe(item.value)) AS object, '' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row, unnest(items(row."topics", '|')) AS item(value)
WHERE row."id" IS NOT NULL
  AND item.value IS NOT NULL;
