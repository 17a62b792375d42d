"""RML in Turtle: what is refused, with the line and the reason, and where things stand."""

from pathlib import Path

import pytest

from sccon_lod import rml
from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text
from sccon_lod.mapping import RecordMap
from sccon_lod.refusals import (
    BLANK,
    DATABASE,
    DATATYPE,
    GRAPH,
    LISTS,
    NULLS,
    PREDICATE,
    STAR,
    TARGET,
    UNSAFE,
    VIEW,
    WEB,
)

FILE = "mapping/event.ttl"
HEAD = """\
@prefix rml: <http://w3id.org/rml/> .
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix fnml: <http://semweb.mmlab.be/ns/fnml#> .
@prefix fno: <https://w3id.org/function/ontology#> .
@prefix rmlt: <http://semweb.mmlab.be/ns/rml-target#> .
@prefix d2rq: <http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .
@prefix idlab-fn: <https://w3id.org/imec/idlab/function#> .
@prefix ex: <https://example.org/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EVENT = "<https://example.org/maps#event>"
SOURCE = 'rml:logicalSource [ rml:source "data/event.csv" ; rml:referenceFormulation rml:CSV ] ;'
SUBJECT = 'rml:subjectMap [ rml:template "https://example.org/id/{id}" ] ;'
# What is under test stands on line 14.
LINE = 14


def read(folder: Path, content: str) -> list[RecordMap]:
    path = folder / "event.ttl"
    path.write_text(content, encoding="utf-8")
    return list(rml.read_file(path, FILE).maps)


def with_rule(rule: str, more: str = "") -> str:
    return f"{HEAD}{EVENT}\n  {SOURCE}\n  {SUBJECT}\n  rml:predicateObjectMap [ {rule} ] .\n{more}"


def with_object(said: str, more: str = "") -> str:
    return with_rule(f"rml:predicate ex:p ; rml:objectMap [ {said} ]", more)


def with_subject(said: str) -> str:
    return f"{HEAD}{EVENT}\n  {SOURCE}\n\n  {said} .\n"


def with_source(said: str) -> str:
    return f"{HEAD}{EVENT}\n  {SUBJECT}\n\n  rml:logicalSource [ {said} ] .\n"


def with_execution(said: str) -> str:
    return with_object(f"rml:functionExecution [ {said} ]")


def with_condition(said: str) -> str:
    inputs = 'rml:input [ rml:parameter idlab-fn:str ; rml:inputValue "x" ]'
    return with_execution(f"rml:function idlab-fn:trueCondition ; {inputs} {said}")


def refusal(folder: Path, content: str) -> tuple[Origin, Text]:
    with pytest.raises(MappingError) as caught:
        read(folder, content)
    return caught.value.origin, caught.value.text


def reason(name: str, text: Text) -> Text:
    return Text(f"„{name}“: {text.de}", f"“{name}”: {text.en}")


def missing(name: str) -> Text:
    return Text(f"„{name}“ fehlt hier.", f"“{name}” is missing here.")


def twice(name: str) -> Text:
    return Text(f"„{name}“ steht zweimal.", f"“{name}” stands twice.")


def unknown(name: str, german: str, english: str) -> Text:
    return Text(f"„{name}“ gibt es hier nicht. {german}", f"There is no “{name}” here. {english}")


VALUE = "constant, reference, template, functionExecution"
ONE_OF = Text(f"Hier steht genau eines von: {VALUE}.", f"One of these stands here: {VALUE}.")
TEXT = Text("Hier wird ein Text erwartet.", "A text is expected here.")
AN_IRI = Text("Hier wird eine IRI erwartet.", "An IRI is expected here.")
EMPTY = Text("Hier fehlt ein Wert.", "A value is missing here.")
TAG = Text(
    "„english“ ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
    "“english” is no language tag; right is for example de or en-GB.",
)
NO_CALL = Text("Eine Verknüpfung vergleicht Zellen, keine Funktionen.", "A join compares cells, not functions.")
UPPER = (
    "rml:functionExecution [ rml:function grel:toUpperCase ; "
    'rml:input [ rml:parameter grel:valueParameter ; rml:inputValueMap [ rml:reference "a" ] ] ]'
)
CONDITION = (
    "rml:functionExecution [ rml:function idlab-fn:trueCondition ; "
    'rml:input [ rml:parameter idlab-fn:str ; rml:inputValue "x" ] , '
    "[ rml:parameter idlab-fn:strBoolean ; rml:inputValueMap [ rml:functionExecution [ rml:function idlab-fn:isNull ; "
    'rml:input [ rml:parameter idlab-fn:str ; rml:inputValueMap [ rml:reference "a" ] ] ] ] ] ]'
)
JOIN = f"rml:parentTriplesMap {EVENT} ; rml:joinCondition"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        # what a publication does not do
        (with_rule('rml:predicate ex:p ; rml:object "o" ; rml:graph ex:g'), reason("graph", GRAPH)),
        (
            with_rule('rml:predicate ex:p ; rml:object "o" ; rml:graphMap [ rml:reference "g" ]'),
            reason("graphMap", GRAPH),
        ),
        (with_subject('rr:subjectMap [ rr:template "https://a.de/{id}" ; rr:graph ex:g ]'), reason("graph", GRAPH)),
        (with_object('rml:reference "a" ; rml:logicalTarget ex:t'), reason("logicalTarget", TARGET)),
        (with_object('rml:reference "a" ; rmlt:logicalTarget ex:t'), reason("logicalTarget", TARGET)),
        (with_object('rml:reference "a" ; rml:termType rml:BlankNode'), reason("BlankNode", BLANK)),
        (with_object("rml:termType rml:BlankNode"), reason("BlankNode", BLANK)),
        (with_object("rr:termType rr:BlankNode"), reason("BlankNode", BLANK)),
        (with_rule("rml:predicate ex:p ; rml:object [ ]"), BLANK),
        (with_subject('rml:subjectMap [ rml:reference "a" ; rml:termType rml:BlankNode ]'), reason("BlankNode", BLANK)),
        (with_subject("rml:subjectMap [ rml:constant [ ] ]"), BLANK),
        (with_object('rml:reference "a" ; rml:termType rml:UnsafeIRI'), reason("UnsafeIRI", UNSAFE)),
        (with_rule('rml:predicateMap [ rml:reference "p" ] ; rml:object "o"'), PREDICATE),
        (with_rule(f'rml:predicateMap [ {UPPER} ] ; rml:object "o"'), PREDICATE),
        (with_object('rml:reference "a" ; rml:datatypeMap [ rml:reference "d" ]'), DATATYPE),
        (with_object("rml:quotedTriplesMap ex:m"), reason("quotedTriplesMap", STAR)),
        (with_object('rml:gather ( [ rml:reference "a" ] ) ; rml:strategy rml:append'), reason("gather", LISTS)),
        (
            with_source('rml:source "a.csv" ; rml:referenceFormulation rml:CSV ; rml:query "SELECT"'),
            reason("query", DATABASE),
        ),
        (with_source('rr:tableName "T"'), reason("tableName", DATABASE)),
        (
            with_source('rml:source "a.csv" ; rml:referenceFormulation rml:SQL2008Table'),
            reason("SQL2008Table", DATABASE),
        ),
        (with_source("a rml:LogicalView ; rml:viewOn ex:s"), reason("LogicalView", VIEW)),
        (
            with_source('rml:source [ rml:path "a.csv" ; rml:null "NULL" ] ; rml:referenceFormulation rml:CSV'),
            reason("null", NULLS),
        ),
        (
            with_source('rml:source [ a d2rq:Database ; d2rq:jdbcDSN "x" ] ; rml:referenceFormulation rml:CSV'),
            Text(
                f"<http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#Database>: {DATABASE.de}",
                f"<http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#Database>: {DATABASE.en}",
            ),
        ),
        (
            with_source("rml:source [ ex:address <https://a.de/> ] ; rml:referenceFormulation rml:CSV"),
            Text(f"<https://example.org/def#address>: {WEB.de}", f"<https://example.org/def#address>: {WEB.en}"),
        ),
        # sources
        (with_source("rml:referenceFormulation rml:CSV"), missing("source")),
        (with_source('rml:source "a.csv"'), missing("referenceFormulation")),
        (with_source('rml:source "a.csv" , "b.csv" ; rml:referenceFormulation rml:CSV'), twice("source")),
        (
            with_source('rml:source "a.csv" ; rml:referenceFormulation rml:CSS'),
            unknown("CSS", "Ist CSV gemeint?", "Is CSV meant?"),
        ),
        (
            with_source('rml:source "../a.csv" ; rml:referenceFormulation rml:CSV'),
            Text(
                "Eine Quelle ist eine Datei im Ordner der Veröffentlichung, zum Beispiel data/event.csv.",
                "A source is a file in the folder of the publication, for example data/event.csv.",
            ),
        ),
        (
            with_source('rml:source "a.csv" ; rml:referenceFormulation rml:CSV ; rml:iterator "$"'),
            Text(
                "„$“: eine Quelle der Art csv hat keinen Pfad zu ihren Datensätzen.",
                "“$”: a source of the kind csv has no path to its records.",
            ),
        ),
        (with_source('rml:source "a.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator ex:i'), TEXT),
        (
            with_source(
                'rml:source [ rml:path "a.csv" ; rml:compression rml:gzip ] ; rml:referenceFormulation rml:CSV'
            ),
            Text(
                "„gzip“: Ob eine Datei gepackt ist, sagt ihre Endung, .gz oder .zip.",
                "“gzip”: whether a file is compressed is said by its ending, .gz or .zip.",
            ),
        ),
        (
            with_source('rml:source [ rml:path "a.csv" ; rml:root rml:Home ] ; rml:referenceFormulation rml:CSV'),
            unknown(
                "Home",
                "Es gibt: CurrentWorkingDirectory, MappingDirectory.",
                "It has: CurrentWorkingDirectory, MappingDirectory.",
            ),
        ),
        (
            with_source('rml:source [ rml:path "a.csv" ; rml:encoding rml:Latin ] ; rml:referenceFormulation rml:CSV'),
            unknown("Latin", "Es gibt: UTF-16, UTF-8.", "It has: UTF-16, UTF-8."),
        ),
        # subjects
        (with_subject('rml:subjectMap [ rml:template "{a}" ] , [ rml:template "{b}" ]'), twice("subjectMap")),
        (
            with_subject('rml:subjectMap [ rml:reference "a" ; rml:termType rml:Literal ]'),
            Text("Ein Subjekt ist eine IRI.", "A subject is an IRI."),
        ),
        (with_subject('rml:subjectMap [ rml:reference "a" ; rml:class "Event" ]'), AN_IRI),
        (
            with_subject('rml:subjectMap [ rml:template "{id}" ]'),
            Text(
                "Diese IRI ist relativ, und es gibt weder rml:baseIRI noch @base; "
                "richtig ist zum Beispiel https://example.org/id/event/{id}. Eine Zelle, die selbst die IRI ist, "
                "liest rml:reference.",
                "This IRI is relative, and there is neither rml:baseIRI nor @base; right is for example "
                "https://example.org/id/event/{id}. A cell that is the whole IRI is read by rml:reference.",
            ),
        ),
        (
            with_subject('rml:subjectMap [ rml:template "https://example.org/a b/{id}" ]'),
            Text(
                "„https://example.org/a b/“ enthält ein Zeichen, das in IRIs nicht vorkommt (Leerzeichen, Klammer?).",
                "“https://example.org/a b/” holds a character that no IRI may hold (blank, bracket?).",
            ),
        ),
        (
            with_subject('rml:subjectMap [ rml:template "javascript:{id}" ]'),
            Text(
                "„javascript:“ wird nicht veröffentlicht; möglich sind ftp, geo, http, https, info, mailto, tel, urn.",
                "“javascript:” is not published; possible are ftp, geo, http, https, info, mailto, tel, urn.",
            ),
        ),
        # rules
        (with_rule("rml:predicate ex:p"), missing("object")),
        (with_rule('rml:object "o"'), missing("predicate")),
        (with_rule('rml:predicate "p" ; rml:object "o"'), AN_IRI),
        (with_rule('rml:predicate ex:p ; rml:object ""'), EMPTY),
        (
            with_rule('rml:predicate ex:p ; rml:objct "o"'),
            unknown("objct", "Ist object gemeint?", "Is object meant?"),
        ),
        (
            with_rule('a rml:PredicateObjectMp ; rml:predicate ex:p ; rml:object "o"'),
            unknown("PredicateObjectMp", "Ist PredicateObjectMap gemeint?", "Is PredicateObjectMap meant?"),
        ),
        (
            with_rule("rml:predicate ex:p ; rml:objectMap ex:nowhere"),
            Text(
                "<https://example.org/def#nowhere> ist hier nicht beschrieben.",
                "<https://example.org/def#nowhere> is not described here.",
            ),
        ),
        (
            with_rule('rml:predicate rdf:type ; rml:objectMap [ rml:reference "a" ]').replace(
                "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
            ),
            Text(
                "Eine Klasse ist eine IRI; daneben steht rml:termType rml:IRI.",
                "A class is an IRI; beside it stands rml:termType rml:IRI.",
            ),
        ),
        # objects
        (with_object('rml:reference "a" ; rml:template "b"'), ONE_OF),
        (with_object('rml:language "de"'), ONE_OF),
        (with_object('rml:reference "a" , "b"'), twice("reference")),
        (with_object('rml:reference ""'), EMPTY),
        (with_object('rml:constant ""'), EMPTY),
        (
            with_object('rml:template "a {b" ; rml:termType rml:Literal'),
            Text(
                "In geschweiften Klammern steht eine Referenz; für den Text „{“ schreibt man „\\\\{“.",
                "A reference stands in braces; for the text “{” write “\\\\{”.",
            ),
        ),
        (
            with_object('rml:reference "a" ; rml:language "de" ; rml:datatype xsd:date'),
            Text("Ein Text mit Sprache hat keinen Datentyp.", "A text with a language has no datatype."),
        ),
        (
            with_object('rml:reference "a" ; rml:language "de" ; rml:termType rml:IRI'),
            Text("Eine IRI hat weder Sprache noch Datentyp.", "An IRI has neither language nor datatype."),
        ),
        (with_object('rml:reference "a" ; rml:language "english"'), TAG),
        (with_object('rml:reference "a" ; rml:languageMap [ rml:constant "english" ]'), TAG),
        (
            with_object(f'rml:reference "a" ; rml:languageMap [ {UPPER} ]'),
            Text("Eine Sprache steht fest oder in einer Spalte.", "A language is constant or stands in a column."),
        ),
        (with_object('rml:reference "a" ; rml:datatype "date"'), AN_IRI),
        (with_object('rml:reference "a" ; rml:termType "IRI"'), AN_IRI),
        (
            with_object('rml:reference "a" ; rml:termType rml:Text'),
            unknown("Text", "Es gibt: IRI, Literal, URI.", "It has: IRI, Literal, URI."),
        ),
        # functions
        (with_execution('rml:input [ rml:parameter grel:valueParameter ; rml:inputValue "a" ]'), missing("function")),
        (
            with_execution("rml:function grel:toUppercase"),
            unknown("grel:toUppercase", "Ist grel:toUpperCase gemeint?", "Is grel:toUpperCase meant?"),
        ),
        (
            with_execution("rml:function grel:toUpperCase"),
            Text("Der Parameter grel:valueParameter fehlt.", "The parameter grel:valueParameter is missing."),
        ),
        (
            with_execution(
                'rml:function grel:toUpperCase ; rml:input [ rml:parameter grel:value ; rml:inputValue "a" ]'
            ),
            unknown("grel:value", "Ist grel:valueParameter gemeint?", "Is grel:valueParameter meant?"),
        ),
        (
            with_execution(
                "rml:function grel:toUpperCase ; rml:input "
                '[ rml:parameter grel:valueParameter ; rml:inputValue "a" ] , '
                '[ rml:parameter grel:valueParameter ; rml:inputValue "b" ]'
            ),
            twice("grel:valueParameter"),
        ),
        (
            with_object(
                'fnml:functionValue [ rr:predicateObjectMap [ rr:predicate grel:valueParameter ; rr:object "a" ] ]'
            ),
            Text("„fno:executes“ fehlt hier.", "“fno:executes” is missing here."),
        ),
        (
            with_condition(""),
            Text("Der Parameter idlab-fn:strBoolean fehlt.", "The parameter idlab-fn:strBoolean is missing."),
        ),
        (
            with_condition(', [ rml:parameter idlab-fn:strBoolean ; rml:inputValueMap [ rml:reference "a" ] ]'),
            Text(
                "Eine Bedingung ist eine Funktion, zum Beispiel idlab-fn:equal.",
                "A condition is a function, for example idlab-fn:equal.",
            ),
        ),
        (
            with_execution(
                "rml:function grel:toUpperCase ; rml:input [ rml:parameter grel:valueParameter ; rml:inputValueMap "
                f"[ {CONDITION} ] ]"
            ),
            Text(
                "Eine Bedingung steht um ein Subjekt oder Objekt, nicht in einem Parameter.",
                "A condition stands around a subject or an object, not in a parameter.",
            ),
        ),
        # joins
        (
            with_object("rml:parentTriplesMap ex:nowhere"),
            Text(
                "<https://example.org/def#nowhere> ist keine Triples Map in dieser Datei.",
                "<https://example.org/def#nowhere> is no triples map in this file.",
            ),
        ),
        (with_object(f'{JOIN} [ rml:child "a" ]'), missing("parent")),
        (with_object(f'{JOIN} [ rml:child "a" ; rml:parentMap [ {UPPER} ] ]'), NO_CALL),
        (with_object('rml:joinCondition [ rml:child "a" ; rml:parent "b" ]'), missing("parentTriplesMap")),
        (
            with_object(f'{JOIN} [ rml:child "a" ; rml:parent "b" ] ; rml:termType rml:IRI'),
            Text(
                "„termType“ gehört nicht neben parentTriplesMap.",
                "“termType” does not belong beside parentTriplesMap.",
            ),
        ),
        (
            with_object(
                f"{JOIN} [ fnml:functionValue [ rr:predicateObjectMap "
                "[ rr:predicate fno:executes ; rr:object idlab-fn:notEqual ] ] ]"
            ),
            Text(
                "Verknüpft wird nur, was gleich ist: idlab-fn:equal.",
                "Only what is equal is linked: idlab-fn:equal.",
            ),
        ),
        (
            with_object(
                f"{JOIN} [ fnml:functionValue [ rr:predicateObjectMap "
                "[ rr:predicate fno:executes ; rr:object idlab-fn:equal ] , "
                '[ rr:predicate grel:valueParameter ; rr:objectMap [ rml:reference "a" ] ] , '
                '[ rr:predicate grel:valueParameter2 ; rr:objectMap [ rml:reference "b" ] ] ] ]'
            ),
            Text(
                "Eine Verknüpfung vergleicht diesen Datensatz mit dem anderen.",
                "A join compares this record with the other one.",
            ),
        ),
    ],
)
def test_what_is_not_understood_is_refused_at_its_line(tmp_path: Path, content: str, message: Text) -> None:
    assert refusal(tmp_path, content) == (Origin(FILE, LINE), message)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (
            f"{HEAD}ex:x ex:p ex:o .\n",
            0,
            Text(
                "Hier steht keine Triples Map; sie hat rml:logicalSource, rml:subjectMap und rml:predicateObjectMap.",
                "There is no triples map here; it has rml:logicalSource, rml:subjectMap and rml:predicateObjectMap.",
            ),
        ),
        (
            with_object('rml:reference "a"', 'ex:lost rml:template "x" .\n'),
            15,
            Text(
                "Auf <https://example.org/def#lost> verweist nichts, was gelesen wird.",
                "Nothing that is read refers to <https://example.org/def#lost>.",
            ),
        ),
        (with_object('rml:reference "a"', "ex:lost a rml:LogicalTarget .\n"), 15, reason("LogicalTarget", TARGET)),
        (
            f'{HEAD}ex:map rr:logicalTable [ rr:tableName "T" ] .\n',
            11,
            reason("logicalTable", DATABASE),
        ),
        (
            f"{HEAD}ex:map a rml:TriplesMap ; ex:p 'x' .\n",
            11,
            missing("logicalSource"),
        ),
        (with_subject("a rml:TriplesMap"), 11, missing("subjectMap")),
        (
            f"{HEAD}ex:map rml:logicalSource .\n",
            11,
            Text(
                "Das ist kein gültiges Turtle: . is not a valid RDF object",
                "This is not valid Turtle: . is not a valid RDF object",
            ),
        ),
    ],
)
def test_a_file_that_is_not_understood_is_refused(tmp_path: Path, content: str, line: int, message: Text) -> None:
    assert refusal(tmp_path, content) == (Origin(FILE, line), message)


def test_a_file_that_is_not_in_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "event.ttl").write_bytes("# Größe\n".encode("latin-1"))

    with pytest.raises(MappingError) as caught:
        rml.read_file(tmp_path / "event.ttl", FILE)

    why = "'utf-8' codec can't decode byte 0xf6 in position 4: invalid start byte"
    assert caught.value.origin == Origin(FILE)
    assert caught.value.text == Text(f"Die Datei ist nicht lesbar ({why}).", f"The file cannot be read ({why}).")


def test_each_thing_knows_its_line(tmp_path: Path) -> None:
    rules = (
        'ex:map\n  rml:logicalSource [\n    rml:source "a.csv" ;\n    rml:referenceFormulation rml:CSV\n  ] ;\n'
        '  # a comment\n  rml:subjectMap [\n    rml:template "https://example.org/{id}" ;\n    rml:class ex:A\n  ] ;\n'
        '  rml:predicateObjectMap [\n    rml:predicate ex:p ;\n    rml:objectMap [ rml:reference "a" ]\n  ] .\n'
    )

    (made,) = read(tmp_path, HEAD + rules)

    assert (made.origin, made.source.origin) == (Origin(FILE, 11, "map"), Origin(FILE, 13))
    assert [each.origin.line for each in made.rules] == [19, 22]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("<#a>", "<#b>"), ["a", "b"]),
        (("<b>", "<a>"), ["b", "a"]),
        (("ex:a", "<https://example.net/b/>"), ["a", "b"]),
        (
            ("<https://example.net/x#a>", "<https://example.net/y#a>"),
            ["https://example.net/x#a", "https://example.net/y#a"],
        ),
        (("[]", "[]"), ["line 11", "line 13"]),
    ],
)
def test_a_map_is_called_by_the_last_part_of_its_iri(
    tmp_path: Path, names: tuple[str, str], expected: list[str]
) -> None:
    maps = "".join(f"{name} {SOURCE}\n  {SUBJECT} ex:note 'x' .\n" for name in names)

    made = read(tmp_path, f"{HEAD.rstrip()} @base <https://example.org/> .\n{maps}")

    assert [each.name for each in made] == expected


def test_the_folder_of_the_mapping_may_be_where_a_path_begins(tmp_path: Path) -> None:
    source = (
        'rml:source [ rml:root rml:MappingDirectory ; rml:path "../data/a.csv" ] ; rml:referenceFormulation rml:CSV'
    )

    (made,) = read(tmp_path, with_source(source))

    assert made.source.file == "data/a.csv"


def test_remarks_in_other_vocabularies_are_no_part_of_the_mapping(tmp_path: Path) -> None:
    (made,) = read(
        tmp_path, with_object('rml:reference "a" ; ex:note "why"', "ex:this a ex:Dataset ; ex:of ex:map .\n")
    )

    assert len(made.rules) == 1


def test_two_readings_give_the_same(tmp_path: Path) -> None:
    content = with_object(f'{JOIN} [ rml:child "a" ; rml:parent "b" ]')

    assert read(tmp_path, content) == read(tmp_path, content)


def test_a_node_may_be_used_twice(tmp_path: Path) -> None:
    more = (
        f'ex:rule rml:predicate ex:p ; rml:object "o" .\nex:other {SOURCE} {SUBJECT} rml:predicateObjectMap ex:rule .\n'
    )
    first = f"{HEAD}ex:map {SOURCE} {SUBJECT} rml:predicateObjectMap ex:rule .\n"

    made = read(tmp_path, first + more)

    assert made[0].rules == made[1].rules


def test_names_of_maps_may_be_relative_without_a_base(tmp_path: Path) -> None:
    maps = f"<#a> {SOURCE} {SUBJECT} ex:note 'x' .\n<b>\n  {SOURCE} {SUBJECT} ex:note 'x' .\n"

    made = read(tmp_path, HEAD + maps)

    assert [(each.name, each.origin.line) for each in made] == [("a", 11), ("b", 12)]


@pytest.mark.parametrize(
    "content", [with_rule("rml:predicate <p> ; rml:object 1"), with_object("rml:constant <p>"), with_object("<p> 1")]
)
def test_other_names_may_not_be_relative_without_a_base(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path, content) == (
        Origin(FILE, LINE),
        Text("<p> ist relativ, und die Datei hat kein @base.", "<p> is relative, and the file has no @base."),
    )


def test_a_very_long_line_is_read(tmp_path: Path) -> None:
    (made,) = read(tmp_path, with_object(f'rml:constant "{"x" * 100_000}"') + "# end\n")

    assert made.rules[0].origin.line == LINE
