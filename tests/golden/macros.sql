CREATE SCHEMA read;

CREATE SCHEMA source;

CREATE SCHEMA shacl;

CREATE TABLE statement (subject VARCHAR, predicate VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR, rule INTEGER, record BIGINT);

CREATE TABLE told (subject VARCHAR, predicate VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR, file VARCHAR, line INTEGER);

CREATE TABLE found_at (number INTEGER, file VARCHAR, line INTEGER, path VARCHAR);

CREATE MACRO iri_safe(cell) AS CASE
  WHEN strlen(cell) = length(cell) THEN url_encode(cell)
  WHEN regexp_full_match(cell, '[A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]*') THEN cell
  ELSE array_to_string(list_transform(string_split(cell, ''), lambda letter:
    CASE WHEN regexp_full_match(letter, '[A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]*') THEN letter ELSE url_encode(letter) END), '') END;

CREATE MACRO is_iri(value) AS regexp_full_match(value, '(?:(?:https?|ftp)://(?:[!$&''()*+,;=A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]|%[0-9A-Fa-f][0-9A-Fa-f])+(?::[0-9]*)?(?:/(?:[/:@!$&''()*+,;=A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]|%[0-9A-Fa-f][0-9A-Fa-f])*)?|(?:mailto|tel|urn|geo|info):(?:[:@!$&''()*+,;=A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]|%[0-9A-Fa-f][0-9A-Fa-f])(?:[/:@!$&''()*+,;=A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]|%[0-9A-Fa-f][0-9A-Fa-f])*)(?:[?](?:[?/:@!$&''()*+,;=A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]|%[0-9A-Fa-f][0-9A-Fa-f])*)?(?:#(?:[?/:@!$&''()*+,;=A-Za-z0-9._~¡-ᙿᚁ-῿​-‧‪-‮‰-⁞⁠-⿿、-퟿豈-﷏ﷰ-￯𐀀-🿽𠀀-𯿽𰀀-𿿽񀀀-񏿽񐀀-񟿽񠀀-񯿽񰀀-񿿽򀀀-򏿽򐀀-򟿽򠀀-򯿽򰀀-򿿽󀀀-󏿽󐀀-󟿽󡀀-󯿽-]|%[0-9A-Fa-f][0-9A-Fa-f])*)?');

CREATE MACRO is_language(value) AS regexp_full_match(value, '[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[0-9A-WYZa-wyz](?:-[A-Za-z0-9]{2,8})+)*(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?');

CREATE MACRO items(cell, separator) AS list_filter(list_transform(string_split(cell, separator), lambda part: CASE WHEN strlen(part) = length(part) THEN trim(part) ELSE trim(part, ' ') END), lambda part: part <> '');

CREATE MACRO quoted(value) AS CASE WHEN contains(value, chr(127))
  THEN replace(json_quote(value)::VARCHAR, chr(127), '\u007F') ELSE json_quote(value)::VARCHAR END;

CREATE MACRO term(object, datatype, language) AS CASE WHEN datatype = '' THEN '<' || object || '>' WHEN datatype = 'http://www.w3.org/2001/XMLSchema#string' THEN quoted(object) WHEN datatype = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' THEN quoted(object) || '@' || language ELSE quoted(object) || '^^<' || datatype || '>' END;

CREATE MACRO csv_cell(cell) AS CASE WHEN cell SIMILAR TO '[^",\n\r]*' THEN cell ELSE concat('"', replace(cell, '"', '""'), '"') END;

CREATE MACRO node_key(object, datatype, language) AS CASE WHEN datatype = '' THEN object
  WHEN language <> '' THEN concat('"', object, '"@', lower(language)) ELSE concat('"', object, '"^^', datatype) END;

