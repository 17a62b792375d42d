CREATE VIEW read."data/event.csv" AS SELECT row_number() OVER () AS "#record", 'data/event.csv' AS "#in", NULL::INTEGER AS "#line", NULL::VARCHAR AS "#path", "id"
FROM read_csv('/data/event.csv', header = true, auto_detect = false, strict_mode = true, null_padding = false, nullstr = '', max_line_size = 131072, delim = ',', quote = '"', escape = '"', columns = {"id": 'VARCHAR'}, parallel = false);
