SELECT row."#key" AS key, concat('
', row."#subject", '
    a schema:Event', CASE WHEN row."id" IS NOT NULL THEN concat(' ;
    dct:identifier ', quoted(row."id")) END, ' ;
    ' || 'schema:name ' || nullif(array_to_string(list_transform(row."#list_0", lambda value, place: CASE WHEN value IS NOT NULL AND (place = 1 OR value IS DISTINCT FROM row."#list_0"[place - 1]) THEN value.value END), ' ,
        '), ''), CASE WHEN row."#call_0.lexical" IS NOT NULL THEN concat(' ;
    schema:startDate ', short(row."#call_0.lexical", row."#call_0.datatype", '')) END, ' ;
    ' || 'schema:about ' || nullif(array_to_string(list_transform(row."#list_1", lambda value, place: CASE WHEN value IS NOT NULL AND (place = 1 OR value IS DISTINCT FROM row."#list_1"[place - 1]) THEN value END), ' ,
        '), ''), CASE WHEN row."url" IS NOT NULL AND is_iri(row."url") THEN concat(' ;
    foaf:homepage ', curie(row."url")) END, CASE WHEN row."seats" IS NOT NULL AND regexp_full_match(row."seats", '[+-]?[0-9]+') THEN concat(' ;
    ex:seats ', CASE WHEN regexp_full_match(row."seats", '0|-?[1-9][0-9]*') THEN row."seats" ELSE concat('"', row."seats", '"^^xsd:integer') END) END, CASE WHEN row."seats" IS NOT NULL AND row."name_de" IS NOT NULL THEN concat(' ;
    ex:note ', quoted(row."name_de")) END, ' .
') AS text
FROM (SELECT row.*, list_sort([CASE WHEN row."name_de" IS NOT NULL THEN struct_pack(tongue := 'de', value := concat(quoted(row."name_de"), '@de')) END, CASE WHEN row."name_en" IS NOT NULL THEN struct_pack(tongue := 'en', value := concat(quoted(row."name_en"), '@en')) END]) AS "#list_0", list_sort(list_transform(items(row."topics", '|'), lambda item_0: CASE WHEN regexp_full_match(iri_safe(item_0), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN concat('topic:', iri_safe(item_0)) ELSE concat('<https://example.net/topic/', iri_safe(item_0), '>') END)) AS "#list_1"
FROM (SELECT row.*, call_0.lexical AS "#call_0.lexical", call_0.datatype AS "#call_0.datatype", concat('<https://example.net/id/event/', iri_safe(row."id"), '>') AS "#subject", concat(concat('https://example.net/id/event/', iri_safe(row."id")), '>') AS "#key"
FROM source."data/event.csv" AS row
LEFT JOIN call_0 ON call_0.argument_0 = row."starts"
WHERE row."id" IS NOT NULL) AS row) AS row;
