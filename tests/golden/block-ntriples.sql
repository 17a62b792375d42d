SELECT row."#key" AS key, concat(CASE WHEN row."id" IS NOT NULL THEN concat(row."#subject", ' <http://purl.org/dc/terms/identifier> ', quoted(row."id"), ' .
') END, nullif(array_to_string(list_transform(row."#list_0", lambda value, place: CASE WHEN value IS NOT NULL AND (place = 1 OR value IS DISTINCT FROM row."#list_0"[place - 1]) THEN concat(row."#subject", ' <http://schema.org/about> ', value, ' .') END), '
'), '') || '
', CASE WHEN row."name_de" IS NOT NULL THEN CASE WHEN row."name_en" IS NOT NULL THEN CASE WHEN concat(quoted(row."name_de"), '@de') = concat(quoted(row."name_en"), '@en') THEN concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_de"), '@de .') WHEN concat(quoted(row."name_de"), '@de') < concat(quoted(row."name_en"), '@en') THEN concat(concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_de"), '@de .'), '
', concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_en"), '@en .')) ELSE concat(concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_en"), '@en .'), '
', concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_de"), '@de .')) END ELSE concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_de"), '@de .') END WHEN row."name_en" IS NOT NULL THEN concat(row."#subject", ' <http://schema.org/name> ', quoted(row."name_en"), '@en .') END || '
', CASE WHEN row."#call_0.lexical" IS NOT NULL THEN concat(row."#subject", ' <http://schema.org/startDate> ', term(row."#call_0.lexical", row."#call_0.datatype", ''), ' .
') END, row."#subject", ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Event> .', CASE WHEN row."url" IS NOT NULL AND is_iri(row."url") THEN concat('
', row."#subject", ' <http://xmlns.com/foaf/0.1/homepage> <', row."url", '> .') END, CASE WHEN row."seats" IS NOT NULL AND row."name_de" IS NOT NULL THEN concat('
', row."#subject", ' <https://example.net/def#note> ', quoted(row."name_de"), ' .') END, CASE WHEN row."seats" IS NOT NULL AND regexp_full_match(row."seats", '[+-]?[0-9]+') THEN concat('
', row."#subject", ' <https://example.net/def#seats> "', row."seats", '"^^<http://www.w3.org/2001/XMLSchema#integer> .') END, '
') AS text
FROM (SELECT row.*, list_sort(list_transform(items(row."topics", '|'), lambda item_0: concat('<https://example.net/topic/', iri_safe(item_0), '>'))) AS "#list_0"
FROM (SELECT row.*, call_0.lexical AS "#call_0.lexical", call_0.datatype AS "#call_0.datatype", concat('<https://example.net/id/event/', iri_safe(row."id"), '>') AS "#subject", concat(concat('https://example.net/id/event/', iri_safe(row."id")), '>') AS "#key"
FROM source."data/event.csv" AS row
LEFT JOIN call_0 ON call_0.argument_0 = row."starts"
WHERE row."id" IS NOT NULL) AS row) AS row;
