"""The notations of a mapping: each feature means the same in all of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from sccon_lod import notations
from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text
from sccon_lod.mapping import RecordMap

NOWHERE = Origin("")
PREFIXES = {
    "ex": "https://example.org/def#",
    "fn": "https://w3id.org/sccon-lod/function#",
    "grel": "http://users.ugent.be/~bjdmeest/function/grel.ttl#",
    "idlab-fn": "https://w3id.org/imec/idlab/function#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TURTLE = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
NEW = TURTLE + "@prefix rml: <http://w3id.org/rml/> .\n@base <https://example.org/> .\n"
OLD = (
    f"{TURTLE}@prefix rr: <http://www.w3.org/ns/r2rml#> .\n@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n"
    "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n@prefix fnml: <http://semweb.mmlab.be/ns/fnml#> .\n"
    "@prefix fno: <https://w3id.org/function/ontology#> .\n@prefix csvw: <http://www.w3.org/ns/csvw#> .\n"
    "@base <https://example.org/> .\n"
)
CSV = 'rml:logicalSource [ rml:source "a.csv" ; rml:referenceFormulation rml:CSV ]'
OLD_CSV = 'rml:logicalSource [ rml:source "a.csv" ; rml:referenceFormulation ql:CSV ]'
SUBJECT = 'rml:subjectMap [ rml:template "https://example.org/id/{id}" ]'
OLD_SUBJECT = 'rr:subjectMap [ rr:template "https://example.org/id/{id}" ]'


def model(folder: Path, file: str, content: str) -> tuple[RecordMap, ...]:
    path = folder / file
    path.write_text(content, encoding="utf-8")
    made = notations.read_files(folder, [path], PREFIXES, {}).maps
    return tuple(without_places(each) for each in made)


def without_places(each: RecordMap) -> RecordMap:
    return replace(
        each,
        source=replace(each.source, origin=NOWHERE),
        rules=tuple(replace(rule, origin=NOWHERE) for rule in each.rules),
        origin=NOWHERE,
    )


def new(rule: str, subject: str = SUBJECT, source: str = CSV, more: str = "") -> str:
    said = f"rml:predicateObjectMap [ {rule} ]" if rule else "a rml:TriplesMap"
    return f"{NEW}<#event> {source} ;\n  {subject} ;\n  {said} .\n{more}"


def old(rule: str, subject: str = OLD_SUBJECT, source: str = OLD_CSV, more: str = "") -> str:
    return f"{OLD}<#event> {source} ;\n  {subject} ;\n  rr:predicateObjectMap [ {rule} ] .\n{more}"


def yaml(rule: str, subject: str = "https://example.org/id/$(id)", source: str = "[a.csv~csv]", more: str = "") -> str:
    return f"mappings:\n  event:\n    sources: [{source}]\n    s: {subject}\n    po: [{rule}]\n{more}"


P, OLD_P = "rml:predicate ex:p", "rr:predicate ex:p"
CALL = "function: grel:toUpperCase, parameters: [[grel:valueParameter, $(a)]]"
UPPER = (
    "rml:functionExecution [ rml:function grel:toUpperCase ; "
    'rml:input [ rml:parameter grel:valueParameter ; rml:inputValueMap [ rml:reference "a" ] ] ]'
)
OLD_UPPER = (
    "fnml:functionValue [ rr:predicateObjectMap [ rr:predicate fno:executes ; rr:objectMap [ rr:constant "
    'grel:toUpperCase ] ] , [ rr:predicate grel:valueParameter ; rr:objectMap [ rml:reference "a" ] ] ]'
)
EQUAL = "{function: idlab-fn:equal, parameters: [[grel:valueParameter, $(a)], [grel:valueParameter2, x]]}"
TRUE = (
    "rml:functionExecution [ rml:function idlab-fn:trueCondition ; rml:input [ rml:parameter idlab-fn:strBoolean ; "
    "rml:inputValueMap [ rml:functionExecution [ rml:function idlab-fn:equal ; rml:input "
    '[ rml:parameter grel:valueParameter ; rml:inputValueMap [ rml:reference "a" ] ] , '
    '[ rml:parameter grel:valueParameter2 ; rml:inputValue "x" ] ] ] ] , '
    "[ rml:parameter idlab-fn:str ; rml:inputValueMap [ %s ] ] ]"
)
VENUE = 'rml:subjectMap [ rml:template "https://example.org/v/{id}" ]'
PARENT = f'<#venue> rml:logicalSource [ rml:source "v.csv" ; rml:referenceFormulation rml:CSV ] ; {VENUE} .'
OLD_PARENT = (
    '<#venue> rml:logicalSource [ rml:source "v.csv" ; rml:referenceFormulation ql:CSV ] ; '
    'rr:subjectMap [ rr:template "https://example.org/v/{id}" ] .'
)
VENUES = "  venue:\n    sources: [[v.csv~csv]]\n    s: https://example.org/v/$(id)\n"
JOIN = "{mapping: venue, condition: {function: equal, parameters: [[str1, $(venue)], [str2, $(id)]]}}"


def features() -> dict[str, tuple[str, str]]:
    """Each feature of RML-Core (and of its functions) in RML and in YARRRML."""
    tree = 'rml:logicalSource [ rml:source "a.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.e[*]" ]'
    page = 'rml:logicalSource [ rml:source "./a.xml" ; rml:referenceFormulation rml:XPath ; rml:iterator "/e/f" ]'
    return {
        "a source of csv": (new(""), yaml("")),
        "a source of jsonpath": (new("", source=tree), yaml("", source="[a.json~jsonpath, '$.e[*]']")),
        "a source of xpath": (new("", source=page), yaml("", source="[a.xml~xpath, /e/f]")),
        "a relative path source": (
            new(
                "",
                source="rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root "
                'rml:CurrentWorkingDirectory ; rml:path "data/a.csv" ] ; rml:referenceFormulation rml:CSV ]',
            ),
            yaml("", source="[data/a.csv~csv]"),
        ),
        "a path below a folder": (
            new(
                "",
                source='rml:logicalSource [ rml:source [ a rml:FilePath ; rml:root "data" ; rml:path "a.csv" ; '
                "rml:encoding rml:UTF-16 ; rml:compression rml:none ] ; rml:referenceFormulation rml:CSV ]",
            ),
            yaml("", source="{access: data/a.csv, referenceFormulation: csv, encoding: utf-16}"),
        ),
        "short names of xpath": (
            new(
                "",
                source='rml:logicalSource [ rml:source "a.xml" ; rml:iterator "/k:e" ; rml:referenceFormulation [ a '
                'rml:XPathReferenceFormulation ; rml:namespace [ rml:namespacePrefix "k" ; '
                'rml:namespaceURL "urn:k" ] ] ]',
            ),
            yaml("", source="{access: a.xml, referenceFormulation: xpath, iterator: /k:e, xmlns: {k: 'urn:k'}}"),
        ),
        "a constant subject": (
            new(f"{P} ; rml:object ex:o", "rml:subject ex:s"),
            yaml("[ex:p, ex:o~iri]", "ex:s"),
        ),
        "a constant subject in a map": (
            new(f"{P} ; rml:object ex:o", "rml:subjectMap [ rml:constant ex:s ]"),
            yaml("[ex:p, ex:o~iri]", "ex:s"),
        ),
        "a subject that is in a cell": (
            new(f'{P} ; rml:object "o"', 'rml:subjectMap [ rml:reference "url" ; rml:termType rml:IRI ]'),
            yaml("[ex:p, o]", "$(url)"),
        ),
        "a subject that a function makes": (
            new(f'{P} ; rml:object "o"', f"rml:subjectMap [ {UPPER} ]"),
            yaml("[ex:p, o]", f"{{{CALL}}}"),
        ),
        "classes": (
            new("", f"{SUBJECT[:-1]}; rml:class ex:A , ex:B ]"),
            yaml("[a, [ex:A, ex:B]]"),
        ),
        "a class in a cell": (
            new(
                "rml:predicate <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ; rml:objectMap "
                '[ rml:template "https://example.org/def#{kind}" ]'
            ),
            yaml("[a, ex:$(kind)]"),
        ),
        "a relative template": (
            new(f'{P} ; rml:objectMap [ rml:template "b/{{a}}" ]', 'rml:subjectMap [ rml:template "{id}" ]'),
            yaml("[ex:p, https://example.org/b/$(a)~iri]", "https://example.org/$(id)"),
        ),
        "a base of its own": (
            new(
                f'{P} ; rml:object "o"', 'rml:baseIRI <https://example.net/> ; rml:subjectMap [ rml:template "s/{id}" ]'
            ),
            yaml("[ex:p, o]", "https://example.net/s/$(id)"),
        ),
        "a reference": (new(f'{P} ; rml:objectMap [ rml:reference "a" ]'), yaml("[ex:p, $(a)]")),
        "an IRI in a cell": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:termType rml:IRI ]'),
            yaml("[ex:p, $(a)~iri]"),
        ),
        "a template of an IRI": (
            new(f'{P} ; rml:objectMap [ rml:template "https://example.org/{{a}}/{{b}}" ]'),
            yaml("[ex:p, https://example.org/$(a)/$(b)~iri]"),
        ),
        "a template of a text": (
            new(f'{P} ; rml:objectMap [ rml:template "{{a}} ({{b}})" ; rml:termType rml:Literal ]'),
            yaml("[ex:p, $(a) ($(b))]"),
        ),
        "a template with escapes": (
            new(rf'{P} ; rml:objectMap [ rml:template "\\{{{{a \\{{1\\}}}}\\}} \\\\" ; rml:termType rml:Literal ]'),
            yaml(r"[ex:p, '{$(a {1})} \\']"),
        ),
        "a constant text": (new(f'{P} ; rml:object "o"'), yaml("[ex:p, o]")),
        "a constant text in a map": (new(f'{P} ; rml:objectMap [ rml:constant "o" ]'), yaml("[ex:p, o]")),
        "a constant with a language": (new(f'{P} ; rml:object "o"@de'), yaml("[ex:p, o, de~lang]")),
        "a constant with a datatype": (new(f"{P} ; rml:object 5"), yaml("[ex:p, 5, xsd:integer]")),
        "a constant IRI in a map": (new(f"{P} ; rml:objectMap [ rml:constant ex:o ]"), yaml("[ex:p, ex:o~iri]")),
        "a constant IRI that is written as a text": (
            new(f'{P} ; rml:objectMap [ rml:constant "https://example.org/o" ; rml:termType rml:IRI ]'),
            yaml("[ex:p, https://example.org/o~iri]"),
        ),
        "a datatype": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:datatype xsd:date ]'),
            yaml("[ex:p, $(a), xsd:date]"),
        ),
        "a datatype in a map": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:datatypeMap [ rml:constant xsd:date ] ]'),
            yaml("[ex:p, $(a), xsd:date]"),
        ),
        "a language": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:language "de" ]'),
            yaml("[ex:p, $(a), de~lang]"),
        ),
        "a language in a map": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:languageMap [ rml:constant "de" ] ]'),
            yaml("[ex:p, $(a), de~lang]"),
        ),
        "a language in a column": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:languageMap [ rml:reference "lang" ] ]'),
            yaml("[ex:p, $(a), $(lang)~lang]"),
        ),
        "a language from a template": (
            new(f'{P} ; rml:objectMap [ rml:reference "a" ; rml:languageMap [ rml:template "de-{{r}}" ] ]'),
            yaml("[ex:p, $(a), de-$(r)~lang]"),
        ),
        "a template with a language is a text": (
            new(f'{P} ; rml:objectMap [ rml:template "{{a}}!" ; rml:language "de" ]'),
            yaml("[ex:p, $(a)!, de~lang]"),
        ),
        "several predicates and objects": (
            new('rml:predicate ex:p , ex:q ; rml:objectMap [ rml:reference "a" ] , [ rml:reference "b" ]'),
            yaml("[[ex:p, ex:q], [$(a), $(b)]]"),
        ),
        "a predicate in a map": (
            new('rml:predicateMap [ rml:constant ex:p ] ; rml:objectMap [ rml:reference "a" ]'),
            yaml("[ex:p, $(a)]"),
        ),
        "the default graph": (
            new(
                f'{P} ; rml:object "o" ; rml:graph rml:defaultGraph',
                f"{SUBJECT[:-1]}; rml:graphMap [ rml:constant rml:defaultGraph ] ]",
            ),
            yaml("[ex:p, o]"),
        ),
        "a join": (
            new(
                f"{P} ; rml:objectMap [ rml:parentTriplesMap <#venue> ; rml:joinCondition "
                '[ rml:child "venue" ; rml:parent "id" ] ]',
                more=PARENT,
            ),
            yaml(f"[ex:p, {JOIN}]", more=VENUES),
        ),
        "a join of templates": (
            new(
                f"{P} ; rml:objectMap [ rml:parentTriplesMap <#venue> ; rml:joinCondition [ rml:childMap "
                '[ rml:template "v-{{venue}}" ] ; rml:parentMap [ rml:reference "id" ] ] ]'.replace("{{", "{").replace(
                    "}}", "}"
                ),
                more=PARENT,
            ),
            yaml(f"[ex:p, {JOIN.replace('$(venue)', 'v-$(venue)')}]", more=VENUES),
        ),
        "a link within a row": (
            new(f"{P} ; rml:objectMap [ rml:parentTriplesMap <#event> ]"),
            yaml("[ex:p, {mapping: event}]"),
        ),
        "a function": (new(f"{P} ; rml:objectMap [ {UPPER} ]"), yaml(f"[ex:p, {{{CALL}}}]")),
        "a function whose output is named": (
            new(f"{P} ; rml:objectMap [ {UPPER} ; rml:returnMap [ rml:constant grel:stringOut ] ]"),
            yaml(f"[ex:p, {{{CALL}}}]"),
        ),
        "a function with a datatype": (
            new(f"{P} ; rml:objectMap [ {UPPER} ; rml:datatype xsd:date ]"),
            yaml(f"[ex:p, {{{CALL}}}, xsd:date]"),
        ),
        "a function with a language": (
            new(f'{P} ; rml:objectMap [ {UPPER} ; rml:language "de" ]'),
            yaml(f"[ex:p, {{{CALL}}}, de~lang]"),
        ),
        "a function that makes an IRI": (
            new(f"{P} ; rml:objectMap [ {UPPER} ; rml:termType rml:IRI ]"),
            yaml(f"[ex:p, {{{CALL}, type: iri}}]"),
        ),
        "a function within a function": (
            new(
                f"{P} ; rml:objectMap [ rml:functionExecution [ rml:functionMap [ rml:constant fn:trimmed ] ; "
                f"rml:input [ rml:parameterMap [ rml:constant fn:text ] ; rml:inputValueMap [ {UPPER} ] ] ] ]"
            ),
            yaml(f"[ex:p, {{function: fn:trimmed, parameters: [[fn:text, {{{CALL}}}]]}}]"),
        ),
        "a condition of a map": (
            new(
                f'{P} ; rml:object "o"', "rml:subjectMap [ %s ]" % (TRUE % 'rml:template "https://example.org/id/{id}"')
            ),
            yaml("[ex:p, o]", more=f"    condition: {EQUAL}\n"),
        ),
        "a condition of an object": (
            new(f'{P} ; rml:objectMap [ %s ; rml:language "de" ]' % (TRUE % 'rml:reference "b"')),
            yaml(f"{{p: ex:p, o: {{value: $(b), language: de, condition: {EQUAL}}}}}"),
        ),
        "a condition of a function": (
            new(f"{P} ; rml:objectMap [ %s ]" % (TRUE % UPPER)),
            yaml(f"{{p: ex:p, o: {{{CALL}}}, condition: {EQUAL}}}"),
        ),
        "older: a source of jsonpath": (
            old(
                f'{OLD_P} ; rr:object "o"',
                source='rml:logicalSource [ rml:source "a.json" ; rml:referenceFormulation ql:JSONPath ; '
                'rml:iterator "$" ]',
            ),
            yaml("[ex:p, o]", source="[a.json~jsonpath, $]"),
        ),
        "older: the layout of a table": (
            old(
                f'{OLD_P} ; rr:object "o"',
                source='rml:logicalSource [ rml:source [ a csvw:Table ; csvw:url "a.csv" ; csvw:dialect '
                '[ a csvw:Dialect ; csvw:delimiter "\\\\t" ; csvw:quoteChar "\'" ; '
                'csvw:encoding "iso-8859-1" ; csvw:header false ] ] ; '
                "rml:referenceFormulation ql:CSV ]",
            ),
            yaml(
                "[ex:p, o]",
                source='{access: a.csv, referenceFormulation: csv, delimiter: "\\t", quote: "\'", '
                "encoding: iso-8859-1, header: none}",
            ),
        ),
        "older: classes, languages, datatypes": (
            old(
                f'{OLD_P} ; rr:objectMap [ rml:reference "a" ; rr:language "de" ] , '
                '[ rml:reference "b" ; rr:datatype xsd:date ] , '
                '[ rml:reference "c" ; rml:languageMap [ rml:reference "l" ] ]',
                f"{OLD_SUBJECT[:-1]}; rr:class ex:A ]",
            ),
            yaml("[a, ex:A], [ex:p, [[$(a), de~lang], [$(b), xsd:date], [$(c), $(l)~lang]]]"),
        ),
        "older: a join": (
            old(
                f"{OLD_P} ; rr:objectMap [ rr:parentTriplesMap <#venue> ; rr:joinCondition "
                '[ rr:child "venue" ; rr:parent "id" ] ]',
                more=OLD_PARENT,
            ),
            yaml(f"[ex:p, {JOIN}]", more=VENUES),
        ),
        "older: a join that is a function": (
            old(
                f"{OLD_P} ; rr:objectMap [ rr:parentTriplesMap <#venue> ; rml:joinCondition [ a fnml:FunctionTermMap ; "
                "fnml:functionValue [ rr:predicateObjectMap [ rr:predicate fno:executes ; rr:object idlab-fn:equal ] , "
                '[ rr:predicate grel:valueParameter ; rr:objectMap [ rml:reference "venue" ] ] , [ rr:predicate '
                'grel:valueParameter2 ; rr:objectMap [ rml:parentTermMap [ rml:reference "id" ] ] ] ] ] ]',
                more=OLD_PARENT,
            ),
            yaml(f"[ex:p, {JOIN}]", more=VENUES),
        ),
        "older: a function": (
            old(f"{OLD_P} ; rr:objectMap [ a fnml:FunctionTermMap ; {OLD_UPPER} ]"),
            yaml(f"[ex:p, {{{CALL}}}]"),
        ),
        "older: a condition": (
            old(
                f"{OLD_P} ; rr:objectMap [ rr:termType rr:Literal ; fnml:functionValue [ {OLD_CSV} ; "
                "rr:predicateObjectMap [ rr:predicateMap [ rr:constant fno:executes ] ; rr:objectMap [ rr:constant "
                '"https://w3id.org/imec/idlab/function#trueCondition" ; rr:termType rr:IRI ] ] , [ rr:predicate '
                "idlab-fn:strBoolean ; rr:objectMap [ fnml:functionValue [ rr:predicateObjectMap [ rr:predicate "
                "fno:executes ; rr:object <http://example.com/idlab/function/equal> ] , [ rr:predicate "
                'grel:valueParameter ; rr:objectMap [ rml:reference "a" ] ] , [ rr:predicate grel:valueParameter2 ; '
                'rr:object "x" ] ] ] ] , [ rr:predicate idlab-fn:str ; rr:objectMap [ rml:reference "b" ] ] ] ]'
            ),
            yaml(f"{{p: ex:p, o: $(b), condition: {EQUAL}}}"),
        ),
    }


@pytest.mark.parametrize("feature", sorted(features()))
def test_a_feature_means_the_same_in_rml_and_yarrrml(tmp_path: Path, feature: str) -> None:
    turtle, yarrrml = features()[feature]

    assert model(tmp_path, "event.ttl", turtle) == model(tmp_path, "event.yaml", yarrrml)


# --- files


def test_the_files_of_a_publication_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "mapping").mkdir()
    for name, content in (("b.yml", yaml("").replace("event", "b")), ("a.ttl", new("")), ("c.txt", "x")):
        (tmp_path / "mapping" / name).write_text(content, encoding="utf-8")

    made = notations.read(tmp_path, PREFIXES, {}).maps

    assert [(each.name, each.origin.file) for each in made] == [("event", "mapping/a.ttl"), ("b", "mapping/b.yml")]


def test_a_link_may_lead_from_one_notation_to_another(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(new("").replace("#event", "#venue"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(yaml("[ex:p, {mapping: venue}]"), encoding="utf-8")

    made = notations.read_files(tmp_path, [tmp_path / "a.ttl", tmp_path / "b.yaml"], PREFIXES, {}).maps

    assert [each.name for each in made] == ["venue", "event"]


def test_a_single_file_may_give_short_names_another_meaning(tmp_path: Path) -> None:
    other = "prefixes: {ex: 'https://example.net/', xsd: 'https://example.net/xsd#'}\n"

    (made,) = model(tmp_path, "event.yaml", other + yaml("[ex:p, $(a), xsd:date]"))

    assert made.rules[0].predicate == "https://example.net/p"
    assert "https://example.net/xsd#date" in repr(made.rules[0].object)


@pytest.mark.parametrize("name", sorted(notations.WELL_KNOWN))
def test_a_single_file_may_use_well_known_short_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / "event.yaml"
    path.write_text(yaml(f"['{name}:x', y]"), encoding="utf-8")

    (made,) = notations.read_files(tmp_path, [path], {}, {}).maps

    assert made.rules[0].predicate == notations.WELL_KNOWN[name] + "x"


def test_a_file_outside_of_the_folder_is_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "event.yaml"
    path.write_text("mappings: []\n", encoding="utf-8")

    with pytest.raises(MappingError) as caught:
        notations.read_files(tmp_path / "data", [path], {}, {})

    assert caught.value.origin == Origin(path.as_posix(), 1)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        notations.read_files(tmp_path, [tmp_path / "event.csv"], {}, {})

    assert caught.value.origin == Origin("event.csv")
    assert caught.value.text == Text(
        "Eine Zuordnung ist eine Datei in YARRRML (.yaml, .yml) oder RML (.ttl).",
        "A mapping is a file in YARRRML (.yaml, .yml) or RML (.ttl).",
    )


def test_a_link_to_nowhere_is_refused_with_all_names(tmp_path: Path) -> None:
    (tmp_path / "event.yaml").write_text(yaml("[ex:p, {mapping: zzz}]", more=VENUES), encoding="utf-8")

    with pytest.raises(MappingError) as caught:
        notations.read_files(tmp_path, [tmp_path / "event.yaml"], PREFIXES, {})

    assert caught.value.origin == Origin("event.yaml", 5)
    assert caught.value.text == Text(
        "Einen Eintrag „zzz“ gibt es nicht. Es gibt: event, venue.",
        "There is no map “zzz”. There is: event, venue.",
    )


def test_the_short_names_of_the_files_are_kept_for_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"@prefix : <urn:x> .\n{new('')}", encoding="utf-8")
    other = "prefixes: {ex: 'https://example.net/', more: 'https://example.net/more#'}\n"
    (tmp_path / "b.yaml").write_text(other + yaml("").replace("event", "b"), encoding="utf-8")

    made = notations.read_files(tmp_path, [tmp_path / "a.ttl", tmp_path / "b.yaml"], {}, {})

    assert made.prefixes == {**PREFIXES, "more": "https://example.net/more#", "rml": "http://w3id.org/rml/"}
