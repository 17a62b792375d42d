CREATE VIEW read."data/event.jsonl" AS SELECT row_number() OVER () AS "#record", 'data/event.jsonl' AS "#in", NULL::INTEGER AS "#line", NULL::VARCHAR AS "#path", nullif("id", '') AS "id", "tags" AS "tags"
FROM read_json('/data/event.jsonl', format = 'newline_delimited', columns = {'id': 'VARCHAR', 'tags': 'VARCHAR[]'}, maximum_object_size = 16777216);
