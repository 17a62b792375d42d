-- cell-datatype
coalesce((row."starts" IS NOT NULL AND NOT regexp_full_match(row."starts", '-?(?:(?:[1-9][0-9]{3,}|0[0-9]{3})-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:(?:[1-9][0-9]{2,}|[0-9]{2})(?:0[48]|[2468][048]|[13579][26])|(?:[1-9][0-9]*)?(?:00|(?:0[48]|[2468][048]|[13579][26]))00)-02-29)(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?')), false);

-- empty
row."id" IS NULL;

-- empty
row."starts" IS NULL;

-- rows
CREATE TABLE row_0 AS SELECT iri_safe(row."id") AS "key id", md5_number(concat_ws(';', concat(strlen(row."id"), ':', row."id"), concat(strlen(row."starts"), ':', row."starts"))) AS print_0, CASE WHEN coalesce((row."starts" IS NOT NULL AND NOT regexp_full_match(row."starts", '-?(?:(?:[1-9][0-9]{3,}|0[0-9]{3})-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:(?:[1-9][0-9]{2,}|[0-9]{2})(?:0[48]|[2468][048]|[13579][26])|(?:[1-9][0-9]*)?(?:00|(?:0[48]|[2468][048]|[13579][26]))00)-02-29)(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?')), false) THEN 1 ELSE 0 END AS failed_0, CASE WHEN row."id" IS NULL THEN 1 ELSE 0 END + CASE WHEN row."starts" IS NULL THEN 2 ELSE 0 END AS empty_0
FROM source."data/event.csv" AS row;

-- statements
SELECT concat('https://example.net/id/event/', iri_safe(row."id")) AS subject, 'http://schema.org/startDate' AS predicate,
  row."starts" AS object, 'http://www.w3.org/2001/XMLSchema#date' AS datatype, '' AS language,
  1 AS rule, row."#record" AS record
FROM source."data/event.csv" AS row
WHERE row."id" IS NOT NULL
  AND row."starts" IS NOT NULL
  AND regexp_full_match(row."starts", '-?(?:(?:[1-9][0-9]{3,}|0[0-9]{3})-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:(?:[1-9][0-9]{2,}|[0-9]{2})(?:0[48]|[2468][048]|[13579][26])|(?:[1-9][0-9]*)?(?:00|(?:0[48]|[2468][048]|[13579][26]))00)-02-29)(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?');
