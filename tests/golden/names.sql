CREATE OR REPLACE MACRO curie(iri) AS CASE
  WHEN starts_with(iri, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#') AND regexp_full_match(substr(iri, 44), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'rdf:' || substr(iri, 44)
  WHEN starts_with(iri, 'http://www.w3.org/2004/02/skos/core#') AND regexp_full_match(substr(iri, 37), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'skos:' || substr(iri, 37)
  WHEN starts_with(iri, 'http://www.w3.org/2001/XMLSchema#') AND regexp_full_match(substr(iri, 34), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'xsd:' || substr(iri, 34)
  WHEN starts_with(iri, 'http://xmlns.com/foaf/0.1/') AND regexp_full_match(substr(iri, 27), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'foaf:' || substr(iri, 27)
  WHEN starts_with(iri, 'https://example.net/topic/') AND regexp_full_match(substr(iri, 27), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'topic:' || substr(iri, 27)
  WHEN starts_with(iri, 'http://purl.org/dc/terms/') AND regexp_full_match(substr(iri, 26), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'dct:' || substr(iri, 26)
  WHEN starts_with(iri, 'https://example.net/def#') AND regexp_full_match(substr(iri, 25), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'ex:' || substr(iri, 25)
  WHEN starts_with(iri, 'http://schema.org/') AND regexp_full_match(substr(iri, 19), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'schema:' || substr(iri, 19)
  ELSE '<' || iri || '>' END;

CREATE OR REPLACE MACRO compact(iri) AS CASE
  WHEN starts_with(iri, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#') AND regexp_full_match(substr(iri, 44), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'rdf:' || substr(iri, 44)
  WHEN starts_with(iri, 'http://www.w3.org/2004/02/skos/core#') AND regexp_full_match(substr(iri, 37), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'skos:' || substr(iri, 37)
  WHEN starts_with(iri, 'http://www.w3.org/2001/XMLSchema#') AND regexp_full_match(substr(iri, 34), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'xsd:' || substr(iri, 34)
  WHEN starts_with(iri, 'http://xmlns.com/foaf/0.1/') AND regexp_full_match(substr(iri, 27), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'foaf:' || substr(iri, 27)
  WHEN starts_with(iri, 'https://example.net/topic/') AND regexp_full_match(substr(iri, 27), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'topic:' || substr(iri, 27)
  WHEN starts_with(iri, 'http://purl.org/dc/terms/') AND regexp_full_match(substr(iri, 26), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'dct:' || substr(iri, 26)
  WHEN starts_with(iri, 'https://example.net/def#') AND regexp_full_match(substr(iri, 25), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'ex:' || substr(iri, 25)
  WHEN starts_with(iri, 'http://schema.org/') AND regexp_full_match(substr(iri, 19), '[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?') THEN 'schema:' || substr(iri, 19)
  ELSE iri END;

CREATE OR REPLACE MACRO short(object, datatype, language) AS CASE WHEN datatype = '' THEN curie(object)
  WHEN datatype = 'http://www.w3.org/2001/XMLSchema#string' THEN quoted(object)
  WHEN datatype = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' THEN quoted(object) || '@' || language
  WHEN datatype = 'http://www.w3.org/2001/XMLSchema#integer' AND regexp_full_match(object, '0|-?[1-9][0-9]*') THEN object
  WHEN datatype = 'http://www.w3.org/2001/XMLSchema#decimal' AND regexp_full_match(object, '-?(0|[1-9][0-9]*)\.[0-9]{1,6}') THEN object
  WHEN datatype = 'http://www.w3.org/2001/XMLSchema#boolean' AND regexp_full_match(object, 'true|false') THEN object
  ELSE quoted(object) || '^^' || curie(datatype) END;

CREATE OR REPLACE MACRO json(object, datatype, language, coercion) AS CASE
  WHEN datatype = '' AND coercion = '@id' THEN concat('"', compact(object), '"')
  WHEN datatype = '' THEN concat('{"id": "', compact(object), '"}')
  WHEN datatype = coercion OR (coercion = '' AND datatype = 'http://www.w3.org/2001/XMLSchema#string') THEN quoted(object)
  WHEN datatype = 'http://www.w3.org/2001/XMLSchema#string' THEN concat('{"@value": ', quoted(object), '}')
  WHEN datatype = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' THEN concat('{"@language": "', language, '", "@value": ', quoted(object), '}')
  ELSE concat('{"@type": "', compact(datatype), '", "@value": ', quoted(object), '}') END;

