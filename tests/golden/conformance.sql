CREATE OR REPLACE TABLE shacl.target (shape INTEGER, name VARCHAR, node VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR);

CREATE OR REPLACE TABLE shacl.step (shape INTEGER, predicate VARCHAR, is_inverse BOOLEAN);

CREATE OR REPLACE TABLE shacl.parameter (shape INTEGER, name VARCHAR, part INTEGER, node VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR, amount BIGINT);

CREATE OR REPLACE TABLE shacl.reference (shape INTEGER, name VARCHAR, part INTEGER, callee INTEGER, is_sibling BOOLEAN, least BIGINT, most BIGINT);

CREATE OR REPLACE TABLE shacl.ill (object VARCHAR, datatype VARCHAR);

CREATE OR REPLACE TABLE shacl.ranked (object VARCHAR, datatype VARCHAR, family VARCHAR, rank BIGINT);

CREATE OR REPLACE TABLE shacl.stored_asked (shape INTEGER, node VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR, is_reported BOOLEAN);

CREATE OR REPLACE TABLE shacl.stored_value (shape INTEGER, focus VARCHAR, node VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR);

CREATE OR REPLACE TABLE shacl.wrong (shape INTEGER, component VARCHAR, focus VARCHAR, path VARCHAR, node VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR);

CREATE OR REPLACE TABLE shacl.failed (shape INTEGER, node VARCHAR);

CREATE OR REPLACE VIEW shacl.asked AS SELECT * REPLACE (coalesce(object, node) AS object) FROM shacl.stored_asked;

CREATE OR REPLACE VIEW shacl.value AS SELECT * REPLACE (coalesce(object, node) AS object) FROM shacl.stored_value;

CREATE OR REPLACE TABLE shacl.stored_edge AS
SELECT subject, predicate, node_key(object, datatype, language) AS node,
  CASE WHEN datatype <> '' THEN object END AS object, datatype, language FROM (
SELECT DISTINCT subject, predicate, object, datatype, lower(language) AS language FROM (
  SELECT subject, predicate, object, datatype, language FROM statement
  UNION ALL SELECT subject, predicate, object, datatype, language FROM told)
UNION ALL SELECT subject, predicate, object, datatype, lower(language) AS language FROM (SELECT …));

CREATE OR REPLACE VIEW shacl.edge AS
SELECT subject, predicate, node, coalesce(object, node) AS object, datatype, language FROM shacl.stored_edge;

CREATE OR REPLACE TABLE shacl.member AS
WITH RECURSIVE kin(class, sub) AS (
  SELECT DISTINCT object, object FROM shacl.parameter WHERE name = 'class'
  UNION SELECT object, object FROM shacl.target WHERE name = 'targetClass'
  UNION SELECT kin.class, edge.subject FROM kin JOIN shacl.edge ON edge.node = kin.sub
    AND edge.predicate = 'http://www.w3.org/2000/01/rdf-schema#subClassOf')
SELECT DISTINCT kin.class, edge.subject AS node FROM kin
JOIN shacl.edge ON edge.node = kin.sub AND edge.predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

CREATE OR REPLACE TABLE shacl.whole AS
SELECT DISTINCT subject AS node FROM (SELECT subject FROM statement UNION ALL SELECT subject FROM told);

INSERT INTO shacl.stored_asked
SELECT shape, node, min(object), min(datatype), min(language), bool_or(is_reported) FROM (
  SELECT shape, node, object, datatype, language, true AS is_reported FROM shacl.target
    WHERE name = 'targetNode' AND shape IN (0, 1)
  UNION ALL SELECT target.shape, member.node, NULL AS object, '' AS datatype, '' AS language, true FROM shacl.target
    JOIN shacl.member ON member.class = target.object
    WHERE name = 'targetClass' AND shape IN (0, 1) AND (target.shape NOT IN (0) OR member.node IN (SELECT node FROM shacl.whole) OR EXISTS (SELECT 1 FROM shacl.suspect WHERE suspect.shape = target.shape AND suspect.node = member.node))
  UNION ALL SELECT target.shape, edge.subject, NULL AS object, '' AS datatype, '' AS language, true FROM shacl.target
    JOIN shacl.edge ON edge.predicate = target.object WHERE name = 'targetSubjectsOf' AND shape IN (0, 1)
  UNION ALL SELECT target.shape, edge.node, edge.object, edge.datatype, edge.language, true FROM shacl.target
    JOIN shacl.stored_edge AS edge ON edge.predicate = target.object
    WHERE name = 'targetObjectsOf' AND shape IN (0, 1)
  UNION ALL SELECT reference.callee, value.node, value.object, value.datatype, value.language,
    asked.is_reported AND reference.name = 'property' FROM shacl.reference
    JOIN shacl.stored_value AS value USING (shape)
    JOIN shacl.asked ON asked.shape = value.shape AND asked.node = value.focus
    WHERE reference.callee IN (0, 1))
GROUP BY shape, node;

INSERT INTO shacl.stored_value
SELECT asked.shape, asked.node, edge.node, edge.object, edge.datatype, edge.language FROM shacl.asked
JOIN shacl.step USING (shape)
JOIN shacl.stored_edge AS edge ON edge.subject = asked.node AND edge.predicate = step.predicate
WHERE NOT is_inverse AND asked.shape IN (0, 1)
UNION ALL
SELECT asked.shape, asked.node, edge.subject, NULL, '', '' FROM shacl.asked
JOIN shacl.step USING (shape) JOIN shacl.edge ON edge.node = asked.node AND edge.predicate = step.predicate
WHERE is_inverse AND asked.shape IN (0, 1)
UNION ALL
SELECT shape, node, node, object, datatype, language FROM shacl.stored_asked WHERE shape IN (0)
UNION ALL
SELECT 1 AS shape, * FROM (WITH RECURSIVE walk_1_1 AS ((SELECT DISTINCT start.focus, edge.node, edge.object, edge.datatype, edge.language FROM (SELECT node AS focus, node, object, datatype, language FROM shacl.asked WHERE shape = 1) AS start JOIN shacl.edge ON edge.subject = start.node AND edge.predicate = 'http://schema.org/superEvent') UNION (SELECT DISTINCT start.focus, edge.subject AS node, edge.subject AS object, '' AS datatype, '' AS language FROM (SELECT * FROM walk_1_1) AS start JOIN shacl.edge ON edge.node = start.node AND edge.predicate = 'http://schema.org/superEvent')) SELECT * FROM walk_1_1);

SELECT DISTINCT value.object, value.datatype FROM shacl.value JOIN shacl.parameter USING (shape)
WHERE parameter.name = 'datatype' AND value.datatype = parameter.object;

SELECT value.object, value.datatype FROM shacl.value JOIN shacl.parameter USING (shape)
WHERE parameter.name IN ('minExclusive', 'minInclusive', 'maxExclusive', 'maxInclusive', 'lessThan', 'lessThanOrEquals') AND value.datatype <> ''
UNION SELECT object, datatype FROM shacl.parameter WHERE name IN ('minExclusive', 'minInclusive', 'maxExclusive', 'maxInclusive', 'lessThan', 'lessThanOrEquals') AND datatype <> ''
UNION SELECT edge.object, edge.datatype FROM shacl.edge JOIN shacl.parameter ON parameter.object = edge.predicate
WHERE parameter.name IN ('lessThan', 'lessThanOrEquals') AND edge.datatype <> '';

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('class') AND (NOT EXISTS (SELECT 1 FROM shacl.member WHERE member.class = parameter.object AND member.node = value.node));

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('datatype') AND (value.datatype <> parameter.object OR EXISTS (SELECT 1 FROM shacl.ill WHERE ill.object = value.object AND ill.datatype = value.datatype));

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('nodeKind') AND (NOT CASE parameter.object WHEN 'http://www.w3.org/ns/shacl#IRI' THEN value.datatype = '' WHEN 'http://www.w3.org/ns/shacl#BlankNodeOrIRI' THEN
value.datatype = '' WHEN 'http://www.w3.org/ns/shacl#Literal' THEN value.datatype <> '' WHEN 'http://www.w3.org/ns/shacl#BlankNodeOrLiteral' THEN
value.datatype <> '' WHEN 'http://www.w3.org/ns/shacl#IRIOrLiteral' THEN true ELSE false END);

INSERT INTO shacl.wrong
SELECT asked.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), asked.node, '', NULL, NULL, NULL, NULL
FROM shacl.parameter JOIN shacl.asked USING (shape)
LEFT JOIN (SELECT shape, focus, count(*) AS number FROM shacl.value WHERE shape IN (SELECT shape FROM shacl.parameter
  WHERE name IN ('minCount', 'maxCount')) GROUP BY ALL) AS counted
ON counted.shape = asked.shape AND counted.focus = asked.node
WHERE parameter.name IN ('minCount', 'maxCount') AND (CASE parameter.name WHEN 'minCount' THEN coalesce(number, 0) < amount ELSE number > amount END);

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
LEFT JOIN shacl.ranked AS here ON here.object = value.object AND here.datatype = value.datatype
LEFT JOIN shacl.ranked AS there ON there.object = parameter.object AND there.datatype = parameter.datatype
  AND there.family = here.family
WHERE parameter.name IN ('minExclusive', 'minInclusive', 'maxExclusive', 'maxInclusive') AND ((CASE parameter.name WHEN 'minExclusive' THEN here.rank > there.rank WHEN 'minInclusive' THEN here.rank >= there.rank WHEN 'maxExclusive' THEN here.rank < there.rank ELSE here.rank <= there.rank END) IS NOT TRUE);

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('minLength', 'maxLength') AND (CASE parameter.name WHEN 'minLength' THEN length(value.object) < amount ELSE length(value.object) > amount END);

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('pattern') AND (NOT CASE amount
  WHEN 0 THEN regexp_matches(value.object, '^[a-z]+$')
  WHEN 1 THEN regexp_matches(value.object, '^http:') ELSE true END);

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('languageIn') AND (parameter.node IS NULL AND NOT EXISTS (SELECT 1 FROM shacl.parameter AS span WHERE span.shape = value.shape
  AND span.name = 'languageIn' AND value.language <> '' AND (span.object = '*' OR value.language = lower(span.object)
  OR starts_with(value.language, concat(lower(span.object), '-')))));

INSERT INTO shacl.wrong
SELECT value.shape, 'UniqueLangConstraintComponent', value.focus, '', NULL, NULL, NULL, NULL
FROM shacl.parameter JOIN shacl.value USING (shape) WHERE parameter.name = 'uniqueLang' AND value.language <> ''
GROUP BY value.shape, value.focus, value.language HAVING count(*) > 1;

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
JOIN shacl.edge ON edge.subject = value.focus AND edge.predicate = parameter.object
LEFT JOIN shacl.ranked AS here ON here.object = value.object AND here.datatype = value.datatype
LEFT JOIN shacl.ranked AS there ON there.object = edge.object AND there.datatype = edge.datatype
  AND there.family = here.family
WHERE parameter.name IN ('lessThan', 'lessThanOrEquals') AND ((CASE parameter.name WHEN 'lessThan' THEN here.rank < there.rank ELSE here.rank <= there.rank END) IS NOT TRUE);

INSERT INTO shacl.wrong
SELECT asked.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), asked.node, '', NULL, NULL, NULL, NULL
FROM shacl.parameter JOIN shacl.asked USING (shape)
WHERE parameter.name IN ('hasValue') AND (NOT EXISTS (SELECT 1 FROM shacl.value WHERE value.shape = asked.shape AND value.focus = asked.node
  AND value.node = parameter.node));

INSERT INTO shacl.wrong
SELECT value.shape, concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent'), value.focus, '', value.node, value.object, value.datatype, value.language
FROM shacl.parameter JOIN shacl.value USING (shape)
WHERE parameter.name IN ('in') AND (parameter.node IS NULL AND NOT EXISTS (SELECT 1 FROM shacl.parameter AS member WHERE member.name = 'in'
  AND member.shape = value.shape AND member.node = value.node));

INSERT INTO shacl.wrong
SELECT value.shape, 'ClosedConstraintComponent', value.focus, edge.predicate,
  edge.node, edge.object, edge.datatype, edge.language
FROM shacl.parameter JOIN shacl.value USING (shape) JOIN shacl.edge ON edge.subject = value.node
WHERE parameter.name = 'closed' AND parameter.node IS NULL AND NOT EXISTS (SELECT 1 FROM shacl.parameter AS allowed
  WHERE allowed.shape = value.shape AND allowed.name = 'closed' AND allowed.object = edge.predicate);

INSERT INTO shacl.wrong
SELECT shape, concat(upper(name[1]), name[2:], 'ConstraintComponent'), focus, '', node, object, datatype, language
FROM (SELECT value.*, reference.name, reference.part, count(failed.node) AS failures, count(*) AS members
FROM shacl.reference JOIN shacl.value USING (shape)
LEFT JOIN shacl.failed ON failed.shape = reference.callee AND failed.node = value.node
WHERE reference.name IN ('node', 'not', 'and', 'or', 'xone') AND value.shape IN (0, 1)
GROUP BY ALL)
WHERE CASE name WHEN 'not' THEN failures = 0 WHEN 'or' THEN failures = members
  WHEN 'xone' THEN members - failures <> 1 ELSE failures > 0 END;

INSERT INTO shacl.wrong
SELECT shape, component, node, '', NULL, NULL, NULL, NULL FROM (
  SELECT asked.shape, asked.node, unnest([
    CASE WHEN count(conforming.focus) < any_value(least) THEN 'QualifiedMinCountConstraintComponent' END,
    CASE WHEN count(conforming.focus) > any_value(most) THEN 'QualifiedMaxCountConstraintComponent' END]) AS component
  FROM shacl.reference JOIN shacl.asked USING (shape)
  LEFT JOIN (
    SELECT reference.shape, reference.part, value.focus, value.node FROM shacl.reference
    JOIN shacl.value USING (shape)
    LEFT JOIN shacl.failed ON failed.shape = reference.callee AND failed.node = value.node
    WHERE reference.name = 'qualifiedValueShape' AND value.shape IN (0, 1)
    GROUP BY ALL HAVING bool_and((failed.node IS NOT NULL) = reference.is_sibling)
  ) AS conforming ON conforming.shape = asked.shape AND conforming.part = reference.part
    AND conforming.focus = asked.node
  WHERE reference.name = 'qualifiedValueShape' AND NOT is_sibling AND asked.shape IN (0, 1)
  GROUP BY asked.shape, asked.node, reference.part)
WHERE component IS NOT NULL;

INSERT INTO shacl.failed
SELECT DISTINCT shape, focus FROM shacl.wrong WHERE shape IN (0, 1)
UNION
SELECT value.shape, value.focus FROM shacl.reference JOIN shacl.value USING (shape)
JOIN shacl.failed ON failed.shape = reference.callee AND failed.node = value.node
WHERE reference.name = 'property' AND value.shape IN (0, 1);

SELECT DISTINCT wrong.shape, wrong.component, asked.object, wrong.path, wrong.object, wrong.datatype,
  wrong.language
FROM shacl.wrong JOIN shacl.asked ON asked.shape = wrong.shape AND asked.node = wrong.focus
WHERE asked.is_reported ORDER BY ALL;
