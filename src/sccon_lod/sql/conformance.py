"""SQL for what does not conform to shapes: all shapes of a level, and all nodes, at once (SHACL section 4)."""

from collections.abc import Iterable, Mapping, Sequence

from sccon_lod.shacl.shape import BOUNDS, ORDERS, Alternative, Path, Shape, Step
from sccon_lod.shacl.shape import Sequence as Steps
from sccon_lod.sql.words import text
from sccon_lod.terms import SHACL, SUBCLASS, TYPE

_TERM = "node VARCHAR, object VARCHAR, datatype VARCHAR, language VARCHAR"
# What the shapes say. `part` tells the constraints of one shape apart that have the same name; a list has a row for
# itself, without a node, and one for each member.
TABLES = {
    "target": f"shape INTEGER, name VARCHAR, {_TERM}",
    "step": "shape INTEGER, predicate VARCHAR, is_inverse BOOLEAN",
    "parameter": f"shape INTEGER, name VARCHAR, part INTEGER, {_TERM}, amount BIGINT",
    "reference": "shape INTEGER, name VARCHAR, part INTEGER, callee INTEGER, is_sibling BOOLEAN, "
    "least BIGINT, most BIGINT",
    "ill": "object VARCHAR, datatype VARCHAR",
    "ranked": "object VARCHAR, datatype VARCHAR, family VARCHAR, rank BIGINT",
}
# What is found: the nodes that each shape is asked about, the values at the end of its path, what is wrong with them,
# and which nodes do not conform.
_FOUND = {
    "stored_asked": f"shape INTEGER, {_TERM}, is_reported BOOLEAN",
    "stored_value": f"shape INTEGER, focus VARCHAR, {_TERM}",
    "wrong": f"shape INTEGER, component VARCHAR, focus VARCHAR, path VARCHAR, {_TERM}",
    "failed": "shape INTEGER, node VARCHAR",
}


def create_edges(said: Sequence[str] = ()) -> list[str]:
    """Return the statements that keep each statement once: what is noted and told, and what queries say.

    Queries say nothing twice, and nothing that is noted. Language tags are compared without regard to capital letters
    (RDF 1.1 Concepts, section 3.3). The text of an IRI is kept once.
    """
    terms = "object, datatype, lower(language) AS language"
    noted = f"""SELECT DISTINCT subject, predicate, {terms} FROM (
  SELECT subject, predicate, object, datatype, language FROM statement
  UNION ALL SELECT subject, predicate, object, datatype, language FROM told)"""
    whole = "\nUNION ALL ".join([noted, *(f"SELECT subject, predicate, {terms} FROM ({each})" for each in said)])
    return [
        f"""CREATE OR REPLACE TABLE shacl.stored_edge AS
SELECT subject, predicate, node_key(object, datatype, language) AS node,
  CASE WHEN datatype <> '' THEN object END AS object, datatype, language FROM (
{whole})""",
        """CREATE OR REPLACE VIEW shacl.edge AS
SELECT subject, predicate, node, coalesce(object, node) AS object, datatype, language FROM shacl.stored_edge""",
    ]


COUNT = "SELECT count(*) FROM statement"
_LINES = "SELECT concat('<', subject, '> <', predicate, '> ', term(object, datatype, language), ' .') FROM shacl.edge"
LINES = f"{_LINES}\nORDER BY ALL"


def lines(predicates: Iterable[str]) -> str:
    """Return the query for the statements with these predicates, in N-Triples."""
    return f"{_LINES} WHERE predicate IN ({_texts(sorted(predicates)) or 'NULL'})"


# The nodes that screened shapes have to be asked about: those that rows make suspect, and those of which not one row
# alone speaks.
SUSPECTS = "CREATE OR REPLACE TABLE shacl.suspect (shape INTEGER, node VARCHAR)"
NAMED = "CREATE OR REPLACE TABLE shacl.named (node VARCHAR)"
# In place of these, what points to those of them of which nothing is noted.
POINTING = """CREATE OR REPLACE TABLE shacl.named AS
SELECT DISTINCT subject AS node FROM shacl.edge WHERE node IN (SELECT node FROM shacl.named)
  AND node NOT IN (SELECT subject FROM statement) AND subject NOT IN (SELECT node FROM shacl.named)"""
WHOLE = """CREATE OR REPLACE TABLE shacl.whole AS
SELECT DISTINCT subject AS node FROM (SELECT subject FROM statement UNION ALL SELECT subject FROM told)"""


# Gives back the memory of all tables of validation.
FORGET = ("DROP SCHEMA shacl CASCADE", "CREATE SCHEMA shacl")


def create() -> list[str]:
    """Return the statements that make the tables, empty."""
    tables = {**TABLES, **_FOUND}
    return [
        *(f"CREATE OR REPLACE TABLE shacl.{name} ({columns})" for name, columns in tables.items()),
        *(
            f"CREATE OR REPLACE VIEW shacl.{name} AS SELECT * REPLACE (coalesce(object, node) AS object) "
            f"FROM shacl.stored_{name}"
            for name in ("asked", "value")
        ),
    ]


def suspect(number: int, subjects: str) -> str:
    """Return the statement that notes the subjects of a query as suspects of a shape."""
    return f"INSERT INTO shacl.suspect SELECT DISTINCT {number}, subject FROM ({subjects})"


# --- classes

_KIN = f"""kin(class, sub) AS (
  SELECT DISTINCT object, object FROM shacl.parameter WHERE name = 'class'
  UNION SELECT object, object FROM shacl.target WHERE name = 'targetClass'
  UNION SELECT kin.class, edge.subject FROM kin JOIN shacl.edge ON edge.node = kin.sub
    AND edge.predicate = {text(SUBCLASS)})"""
# The SHACL instances of the classes that shapes name (section 1.1).
MEMBERS = f"""CREATE OR REPLACE TABLE shacl.member AS
WITH RECURSIVE {_KIN}
SELECT DISTINCT kin.class, edge.subject AS node FROM kin
JOIN shacl.edge ON edge.node = kin.sub AND edge.predicate = {text(TYPE)}"""


# --- from the top down: which nodes are asked, and what their paths lead to


def ask(numbers: Sequence[int], screened: Sequence[int]) -> str:
    """Return the statement that finds the nodes that shapes are asked about: targets, and values of other shapes.

    Of the targets of `screened` shapes, which are classes, it is suspects only.
    """
    among = _among(numbers)
    suspected = (
        f"target.shape NOT IN ({_among(screened)}) OR member.node IN (SELECT node FROM shacl.whole) OR EXISTS "
        "(SELECT 1 FROM shacl.suspect WHERE suspect.shape = target.shape AND suspect.node = member.node)"
        if screened
        else "true"
    )
    iri = "NULL AS object, '' AS datatype, '' AS language"
    return f"""INSERT INTO shacl.stored_asked
SELECT shape, node, min(object), min(datatype), min(language), bool_or(is_reported) FROM (
  SELECT shape, node, object, datatype, language, true AS is_reported FROM shacl.target
    WHERE name = 'targetNode' AND shape IN ({among})
  UNION ALL SELECT target.shape, member.node, {iri}, true FROM shacl.target
    JOIN shacl.member ON member.class = target.object
    WHERE name = 'targetClass' AND shape IN ({among}) AND ({suspected})
  UNION ALL SELECT target.shape, edge.subject, {iri}, true FROM shacl.target
    JOIN shacl.edge ON edge.predicate = target.object WHERE name = 'targetSubjectsOf' AND shape IN ({among})
  UNION ALL SELECT target.shape, edge.node, edge.object, edge.datatype, edge.language, true FROM shacl.target
    JOIN shacl.stored_edge AS edge ON edge.predicate = target.object
    WHERE name = 'targetObjectsOf' AND shape IN ({among})
  UNION ALL SELECT reference.callee, value.node, value.object, value.datatype, value.language,
    asked.is_reported AND reference.name = 'property' FROM shacl.reference
    JOIN shacl.stored_value AS value USING (shape)
    JOIN shacl.asked ON asked.shape = value.shape AND asked.node = value.focus
    WHERE reference.callee IN ({among}))
GROUP BY shape, node"""


def follow(shapes: Mapping[int, Shape]) -> str:
    """Return the statement that finds the values of shapes, by number: the ends of their paths, or the nodes asked."""
    among = _among(shapes)
    plain = _among(number for number, shape in shapes.items() if shape.path is None)
    walked = [
        f"SELECT {number} AS shape, * FROM ({_walk(_asked(number), shape.path, f'walk_{number}')})"
        for number, shape in shapes.items()
        if shape.path is not None and not isinstance(shape.path, Step)
    ]
    return "INSERT INTO shacl.stored_value\n" + "\nUNION ALL\n".join(
        [
            f"""SELECT asked.shape, asked.node, edge.node, edge.object, edge.datatype, edge.language FROM shacl.asked
JOIN shacl.step USING (shape)
JOIN shacl.stored_edge AS edge ON edge.subject = asked.node AND edge.predicate = step.predicate
WHERE NOT is_inverse AND asked.shape IN ({among})""",
            f"""SELECT asked.shape, asked.node, edge.subject, NULL, '', '' FROM shacl.asked
JOIN shacl.step USING (shape) JOIN shacl.edge ON edge.node = asked.node AND edge.predicate = step.predicate
WHERE is_inverse AND asked.shape IN ({among})""",
            f"SELECT shape, node, node, object, datatype, language FROM shacl.stored_asked WHERE shape IN ({plain})",
            *walked,
        ]
    )


def _asked(number: int) -> str:
    return f"SELECT node AS focus, node, object, datatype, language FROM shacl.asked WHERE shape = {number}"


def _walk(start: str, path: Path, name: str) -> str:
    """Return the query for the nodes that a path leads to from those of `start`, each once with its focus node.

    `name` begins the names of the tables that the query needs.
    """
    if isinstance(path, Step):
        return _step(start, path)
    if isinstance(path, Steps):
        for place, part in enumerate(path.parts):
            start = _walk(start, part, f"{name}_{place}")
        return start
    if isinstance(path, Alternative):
        return "\nUNION\n".join(f"({_walk(start, part, f'{name}_{place}')})" for place, part in enumerate(path.parts))
    if not path.is_many:
        return f"({start}) UNION ({_walk(start, path.part, f'{name}_0')})"
    first = _walk(start, path.part, f"{name}_0") if path.least else start
    again = _walk(f"SELECT * FROM {name}", path.part, f"{name}_1")
    return f"WITH RECURSIVE {name} AS (({first}) UNION ({again})) SELECT * FROM {name}"


def _step(start: str, step: Step) -> str:
    if step.is_inverse:
        met = "edge.node"
        found = "edge.subject AS node, edge.subject AS object, '' AS datatype, '' AS language"
    else:
        found, met = "edge.node, edge.object, edge.datatype, edge.language", "edge.subject"
    return (
        f"SELECT DISTINCT start.focus, {found} FROM ({start}) AS start "
        f"JOIN shacl.edge ON {met} = start.node AND edge.predicate = {text(step.predicate)}"
    )


# --- literals that have to be looked at one by one


def _texts(names: Iterable[str]) -> str:
    return ", ".join(map(text, names))


_COMPARING = _texts((*BOUNDS, *ORDERS))
TYPED = """SELECT DISTINCT value.object, value.datatype FROM shacl.value JOIN shacl.parameter USING (shape)
WHERE parameter.name = 'datatype' AND value.datatype = parameter.object"""
COMPARED = f"""SELECT value.object, value.datatype FROM shacl.value JOIN shacl.parameter USING (shape)
WHERE parameter.name IN ({_COMPARING}) AND value.datatype <> ''
UNION SELECT object, datatype FROM shacl.parameter WHERE name IN ({_COMPARING}) AND datatype <> ''
UNION SELECT edge.object, edge.datatype FROM shacl.edge JOIN shacl.parameter ON parameter.object = edge.predicate
WHERE parameter.name IN ({_texts(ORDERS)}) AND edge.datatype <> ''"""

# Whether there are literals that SPARQL cannot compare with one another.
MIXED = f"""SELECT count(*) > 0 FROM ({COMPARED}) AS compared LEFT JOIN shacl.ranked USING (object, datatype)
WHERE family IS NULL OR family <> (SELECT min(family) FROM shacl.ranked)"""


# --- what is wrong with single values

_VALUE = "value.node, value.object, value.datatype, value.language"
_NONE = "NULL, NULL, NULL, NULL"
_COMPONENT = "concat(upper(parameter.name[1]), parameter.name[2:], 'ConstraintComponent')"


def _of_values(names: Iterable[str], test: str, joins: str = "") -> str:
    """Return the query for values of shapes that fail constraints with these names."""
    return f"""SELECT value.shape, {_COMPONENT}, value.focus, '', {_VALUE}
FROM shacl.parameter JOIN shacl.value USING (shape){joins}
WHERE parameter.name IN ({_texts(names)}) AND ({test})"""


def _of_nodes(names: Iterable[str], test: str, joins: str = "", value: str = _NONE) -> str:
    """Return the query for nodes whose values as a whole fail constraints with these names."""
    return f"""SELECT asked.shape, {_COMPONENT}, asked.node, '', {value}
FROM shacl.parameter JOIN shacl.asked USING (shape){joins}
WHERE parameter.name IN ({_texts(names)}) AND ({test})"""


_KINDS = f"""NOT CASE parameter.object WHEN '{SHACL}IRI' THEN value.datatype = '' WHEN '{SHACL}BlankNodeOrIRI' THEN
value.datatype = '' WHEN '{SHACL}Literal' THEN value.datatype <> '' WHEN '{SHACL}BlankNodeOrLiteral' THEN
value.datatype <> '' WHEN '{SHACL}IRIOrLiteral' THEN true ELSE false END"""
_COUNTED = """
LEFT JOIN (SELECT shape, focus, count(*) AS number FROM shacl.value WHERE shape IN (SELECT shape FROM shacl.parameter
  WHERE name IN ('minCount', 'maxCount')) GROUP BY ALL) AS counted
ON counted.shape = asked.shape AND counted.focus = asked.node"""
_PLACED = """
LEFT JOIN shacl.ranked AS here ON here.object = value.object AND here.datatype = value.datatype
LEFT JOIN shacl.ranked AS there ON there.object = {other}.object AND there.datatype = {other}.datatype
  AND there.family = here.family"""
_PAIRED = "\nJOIN shacl.edge ON edge.subject = value.focus AND edge.predicate = parameter.object"
_HAS_VALUE = """NOT EXISTS (SELECT 1 FROM shacl.value WHERE value.shape = asked.shape AND value.focus = asked.node
  AND value.node = {node})"""
# RFC 4647, section 3.3.1: a tag fits a range that is equal to it, or to its beginning before a hyphen.
_SPOKEN = """parameter.node IS NULL AND NOT EXISTS (SELECT 1 FROM shacl.parameter AS span WHERE span.shape = value.shape
  AND span.name = 'languageIn' AND value.language <> '' AND (span.object = '*' OR value.language = lower(span.object)
  OR starts_with(value.language, concat(lower(span.object), '-'))))"""
_LISTED = """parameter.node IS NULL AND NOT EXISTS (SELECT 1 FROM shacl.parameter AS member WHERE member.name = 'in'
  AND member.shape = value.shape AND member.node = value.node)"""


def simple(patterns: Sequence[str], names: Iterable[str]) -> list[str]:
    """Return the statements that find what is wrong by constraints that ask no other shape.

    `patterns` are the regular expressions by number, `names` the constraints that there are.
    """
    there = set(names)
    return [f"INSERT INTO shacl.wrong\n{query}" for needed, query in _simple(patterns).items() if there & set(needed)]


def _simple(patterns: Sequence[str]) -> Mapping[tuple[str, ...], str]:
    counts, lengths = ("minCount", "maxCount"), ("minLength", "maxLength")
    return {
        ("class",): _of_values(
            ["class"],
            "NOT EXISTS (SELECT 1 FROM shacl.member "
            "WHERE member.class = parameter.object AND member.node = value.node)",
        ),
        ("datatype",): _of_values(
            ["datatype"],
            "value.datatype <> parameter.object OR EXISTS (SELECT 1 FROM shacl.ill "
            "WHERE ill.object = value.object AND ill.datatype = value.datatype)",
        ),
        ("nodeKind",): _of_values(["nodeKind"], _KINDS),
        counts: _of_nodes(
            counts,
            "CASE parameter.name WHEN 'minCount' THEN coalesce(number, 0) < amount ELSE number > amount END",
            _COUNTED,
        ),
        BOUNDS: _of_values(
            BOUNDS,
            "(CASE parameter.name WHEN 'minExclusive' THEN here.rank > there.rank WHEN 'minInclusive' THEN "
            "here.rank >= there.rank WHEN 'maxExclusive' THEN here.rank < there.rank ELSE here.rank <= there.rank END)"
            " IS NOT TRUE",
            _PLACED.format(other="parameter"),
        ),
        lengths: _of_values(
            lengths,
            "CASE parameter.name WHEN 'minLength' THEN length(value.object) < amount "
            "ELSE length(value.object) > amount END",
        ),
        ("pattern",): _of_values(["pattern"], f"NOT {_matches(patterns)}"),
        ("languageIn",): _of_values(["languageIn"], _SPOKEN),
        ("uniqueLang",): f"""SELECT value.shape, 'UniqueLangConstraintComponent', value.focus, '', {_NONE}
FROM shacl.parameter JOIN shacl.value USING (shape) WHERE parameter.name = 'uniqueLang' AND value.language <> ''
GROUP BY value.shape, value.focus, value.language HAVING count(*) > 1""",
        ("equals",): _of_values(
            ["equals"],
            "NOT EXISTS (SELECT 1 FROM shacl.edge WHERE edge.subject = value.focus "
            "AND edge.predicate = parameter.object AND edge.node = value.node)",
        )
        + "\nUNION ALL\n"
        + _of_nodes(
            ["equals"],
            _HAS_VALUE.format(node="edge.node"),
            "\nJOIN shacl.edge ON edge.subject = asked.node AND edge.predicate = parameter.object",
            "edge.node, edge.object, edge.datatype, edge.language",
        ),
        ("disjoint",): _of_values(["disjoint"], "edge.node = value.node", _PAIRED),
        ORDERS: _of_values(
            ORDERS,
            "(CASE parameter.name WHEN 'lessThan' THEN here.rank < there.rank ELSE here.rank <= there.rank END)"
            " IS NOT TRUE",
            _PAIRED + _PLACED.format(other="edge"),
        ),
        ("hasValue",): _of_nodes(["hasValue"], _HAS_VALUE.format(node="parameter.node")),
        ("in",): _of_values(["in"], _LISTED),
        ("closed",): """SELECT value.shape, 'ClosedConstraintComponent', value.focus, edge.predicate,
  edge.node, edge.object, edge.datatype, edge.language
FROM shacl.parameter JOIN shacl.value USING (shape) JOIN shacl.edge ON edge.subject = value.node
WHERE parameter.name = 'closed' AND parameter.node IS NULL AND NOT EXISTS (SELECT 1 FROM shacl.parameter AS allowed
  WHERE allowed.shape = value.shape AND allowed.name = 'closed' AND allowed.object = edge.predicate)""",
    }


def _matches(patterns: Sequence[str]) -> str:
    """Return the test of a value by the pattern that a parameter numbers; a constant one is compiled once."""
    cases = "".join(
        f"\n  WHEN {number} THEN regexp_matches(value.object, {text(each)})" for number, each in enumerate(patterns)
    )
    return f"CASE amount{cases} ELSE true END"


# --- from the bottom up: what is wrong with values by what other shapes say of them

_JUDGED = """SELECT value.*, reference.name, reference.part, count(failed.node) AS failures, count(*) AS members
FROM shacl.reference JOIN shacl.value USING (shape)
LEFT JOIN shacl.failed ON failed.shape = reference.callee AND failed.node = value.node
WHERE reference.name IN ('node', 'not', 'and', 'or', 'xone') AND value.shape IN ({among})
GROUP BY ALL"""


def judge(numbers: Sequence[int], names: Iterable[str]) -> list[str]:
    """Return the statements that find what is wrong by constraints that ask other shapes, and which nodes fail.

    `names` are the constraints that there are in these shapes.
    """
    among, there = _among(numbers), set(names)
    found: list[str] = []
    if there & {"node", "not", "and", "or", "xone"}:
        found.append(
            f"""INSERT INTO shacl.wrong
SELECT shape, concat(upper(name[1]), name[2:], 'ConstraintComponent'), focus, '', node, object, datatype, language
FROM ({_JUDGED.format(among=among)})
WHERE CASE name WHEN 'not' THEN failures = 0 WHEN 'or' THEN failures = members
  WHEN 'xone' THEN members - failures <> 1 ELSE failures > 0 END"""
        )
    if "qualifiedValueShape" in there:
        found += [_qualified(among)]
    found.append(
        f"""INSERT INTO shacl.failed
SELECT DISTINCT shape, focus FROM shacl.wrong WHERE shape IN ({among})
UNION
SELECT value.shape, value.focus FROM shacl.reference JOIN shacl.value USING (shape)
JOIN shacl.failed ON failed.shape = reference.callee AND failed.node = value.node
WHERE reference.name = 'property' AND value.shape IN ({among})"""
    )
    return found


def _qualified(among: str) -> str:
    """Return the statement that counts the values that conform to a shape, and to no sibling of it (section 4.7.3)."""
    return f"""INSERT INTO shacl.wrong
SELECT shape, component, node, '', {_NONE} FROM (
  SELECT asked.shape, asked.node, unnest([
    CASE WHEN count(conforming.focus) < any_value(least) THEN 'QualifiedMinCountConstraintComponent' END,
    CASE WHEN count(conforming.focus) > any_value(most) THEN 'QualifiedMaxCountConstraintComponent' END]) AS component
  FROM shacl.reference JOIN shacl.asked USING (shape)
  LEFT JOIN (
    SELECT reference.shape, reference.part, value.focus, value.node FROM shacl.reference
    JOIN shacl.value USING (shape)
    LEFT JOIN shacl.failed ON failed.shape = reference.callee AND failed.node = value.node
    WHERE reference.name = 'qualifiedValueShape' AND value.shape IN ({among})
    GROUP BY ALL HAVING bool_and((failed.node IS NOT NULL) = reference.is_sibling)
  ) AS conforming ON conforming.shape = asked.shape AND conforming.part = reference.part
    AND conforming.focus = asked.node
  WHERE reference.name = 'qualifiedValueShape' AND NOT is_sibling AND asked.shape IN ({among})
  GROUP BY asked.shape, asked.node, reference.part)
WHERE component IS NOT NULL"""


# --- what is reported

REPORTED = """SELECT DISTINCT wrong.shape, wrong.component, asked.object, wrong.path, wrong.object, wrong.datatype,
  wrong.language
FROM shacl.wrong JOIN shacl.asked ON asked.shape = wrong.shape AND asked.node = wrong.focus
WHERE asked.is_reported ORDER BY ALL"""


def _among(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "NULL"
