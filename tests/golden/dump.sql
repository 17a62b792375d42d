(SELECT text FROM (SELECT text FROM text_of_facts WHERE key < 'https://example.net/id/aside/' ORDER BY key))
UNION ALL
(SELECT text FROM (SELECT text FROM (SELECT row.key AS key, row.text AS text FROM rows_1 AS row
UNION ALL
SELECT key, text FROM text_of_facts WHERE key >= 'https://example.net/id/aside/' AND key < 'https://example.net/id/aside0') ORDER BY key));

(SELECT text FROM (SELECT text FROM text_of_facts WHERE key >= 'https://example.net/id/aside0' AND key < 'https://example.net/id/event/' ORDER BY key))
UNION ALL
(SELECT text FROM (SELECT text FROM (SELECT row.key AS key, row.text AS text FROM rows_0 AS row
UNION ALL
SELECT row.key AS key, row.text AS text FROM rows_2 AS row
UNION ALL
SELECT key, text FROM text_of_facts WHERE key >= 'https://example.net/id/event/' AND key < 'https://example.net/id/event0') ORDER BY key));

(SELECT text FROM (SELECT text FROM text_of_facts WHERE key >= 'https://example.net/id/event0' AND key < 'https://example.net/id/wood/' ORDER BY key))
UNION ALL
(SELECT text FROM (SELECT text FROM (SELECT row.key AS key, row.text AS text FROM rows_3 AS row
UNION ALL
SELECT key, text FROM text_of_facts WHERE key >= 'https://example.net/id/wood/' AND key < 'https://example.net/id/wood0') ORDER BY key));

(SELECT text FROM (SELECT text FROM text_of_facts WHERE key >= 'https://example.net/id/wood0' ORDER BY key));

