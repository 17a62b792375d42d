-- Event Event-about
((coalesce(len(items(row."topics", '|')), 0) > 3) OR (NOT ((coalesce((len(list_filter(items(row."topics", '|'), lambda part: coalesce((((concat('https://example.net/topic/', iri_safe(part)) IN ('https://example.net/topic/water')))), false))) > 0), false)))) OR ((coalesce((len(list_filter(items(row."topics", '|'), lambda part: coalesce((NOT (((concat('https://example.net/topic/', iri_safe(part)) IN ('https://example.net/topic/water', 'https://example.net/topic/traffic'))))), false))) > 0), false))))

-- Event Event-end
False

-- Event Event-homepage
(((coalesce((row."url" IS NOT NULL) AND (is_iri(row."url")) AND (NOT ((NOT regexp_matches(row."url", '^http:')))), false))))

-- Event Event-identifier
(((NOT (coalesce((row."id" IS NOT NULL), false)))) OR ((coalesce((row."id" IS NOT NULL) AND (NOT regexp_matches(row."id", '^[a-z]+$')), false))))

-- Event Event-name
(((coalesce((row."name_de" IS NOT NULL) AND (length(row."name_de") > 50), false)) OR (coalesce((row."name_en" IS NOT NULL) AND (length(row."name_en") > 50), false))) OR (((NOT (coalesce((row."name_de" IS NOT NULL), false))))))

-- Event Event-note
False

-- Event Event-other
False

-- Event Event-part
True

-- Event Event-seats
(((coalesce((row."seats" IS NOT NULL) AND (regexp_full_match(row."seats", '[+-]?[0-9]+')) AND (NOT (coalesce((NOT isnan(TRY_CAST(row."seats" AS DOUBLE))) AND (TRY_CAST(row."seats" AS DOUBLE) > TRY_CAST('1' AS DOUBLE)), false))), false))) OR ((coalesce((row."seats" IS NOT NULL) AND (regexp_full_match(row."seats", '[+-]?[0-9]+')) AND (NOT (coalesce((NOT isnan(TRY_CAST(row."seats" AS DOUBLE))) AND (TRY_CAST(row."seats" AS DOUBLE) < TRY_CAST('1000' AS DOUBLE)), false))), false))))

-- Event Event-start
((((coalesce((call_0.lexical IS NOT NULL), false)) AND (coalesce((call_1.lexical IS NOT NULL), false)) AND (NOT (coalesce(((call_0.datatype = 'http://www.w3.org/2001/XMLSchema#date') AND (call_1.datatype = 'http://www.w3.org/2001/XMLSchema#date') AND (length(call_0.lexical) = 10 AND NOT contains(call_0.lexical, 'T24')) AND (length(call_1.lexical) = 10 AND NOT contains(call_1.lexical, 'T24')) AND (call_0.lexical <= call_1.lexical)) OR ((call_0.datatype = 'http://www.w3.org/2001/XMLSchema#dateTime') AND (call_1.datatype = 'http://www.w3.org/2001/XMLSchema#dateTime') AND (length(call_0.lexical) = 19 AND NOT contains(call_0.lexical, 'T24')) AND (length(call_1.lexical) = 19 AND NOT contains(call_1.lexical, 'T24')) AND (call_0.lexical <= call_1.lexical)) OR ((call_0.datatype IN ('http://www.w3.org/2001/XMLSchema#integer', 'http://www.w3.org/2001/XMLSchema#nonNegativeInteger', 'http://www.w3.org/2001/XMLSchema#positiveInteger', 'http://www.w3.org/2001/XMLSchema#decimal', 'http://www.w3.org/2001/XMLSchema#nonPositiveInteger', 'http://www.w3.org/2001/XMLSchema#negativeInteger', 'http://www.w3.org/2001/XMLSchema#long', 'http://www.w3.org/2001/XMLSchema#int', 'http://www.w3.org/2001/XMLSchema#short', 'http://www.w3.org/2001/XMLSchema#byte', 'http://www.w3.org/2001/XMLSchema#unsignedLong', 'http://www.w3.org/2001/XMLSchema#unsignedInt', 'http://www.w3.org/2001/XMLSchema#unsignedShort', 'http://www.w3.org/2001/XMLSchema#unsignedByte', 'http://www.w3.org/2001/XMLSchema#double', 'http://www.w3.org/2001/XMLSchema#float')) AND (call_1.datatype IN ('http://www.w3.org/2001/XMLSchema#integer', 'http://www.w3.org/2001/XMLSchema#nonNegativeInteger', 'http://www.w3.org/2001/XMLSchema#positiveInteger', 'http://www.w3.org/2001/XMLSchema#decimal', 'http://www.w3.org/2001/XMLSchema#nonPositiveInteger', 'http://www.w3.org/2001/XMLSchema#negativeInteger', 'http://www.w3.org/2001/XMLSchema#long', 'http://www.w3.org/2001/XMLSchema#int', 'http://www.w3.org/2001/XMLSchema#short', 'http://www.w3.org/2001/XMLSchema#byte', 'http://www.w3.org/2001/XMLSchema#unsignedLong', 'http://www.w3.org/2001/XMLSchema#unsignedInt', 'http://www.w3.org/2001/XMLSchema#unsignedShort', 'http://www.w3.org/2001/XMLSchema#unsignedByte', 'http://www.w3.org/2001/XMLSchema#double', 'http://www.w3.org/2001/XMLSchema#float')) AND (TRY_CAST(call_0.lexical AS DOUBLE) < TRY_CAST(call_1.lexical AS DOUBLE)) AND (NOT isnan(TRY_CAST(call_1.lexical AS DOUBLE)))), false))))) OR ((coalesce((call_0.lexical IS NOT NULL) AND (((NOT (call_0.datatype = 'http://www.w3.org/2001/XMLSchema#date'))) AND ((NOT (call_0.datatype = 'http://www.w3.org/2001/XMLSchema#dateTime')))), false))))

-- Event Event-town
True

-- Event 
False
