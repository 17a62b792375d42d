"""SQL that tells of a row whether its subject may break a shape: what a row alone says is looked at with the row.

A test finds every subject that breaks the shape, and perhaps others: those it finds are validated as SHACL has it, so
that it costs only time to suspect too many.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sccon_lod.lexical import NUMBERS
from sccon_lod.mapping import Call, Link, Reference, Term
from sccon_lod.plan import Group, Statement
from sccon_lod.shacl.expressions import translated
from sccon_lod.shacl.shape import Alternative, Parameter, Shape, Step
from sccon_lod.shacl.shape import Reference as Asking
from sccon_lod.shacl.shape import Term as Value
from sccon_lod.sql.rows import Lists, Row, literal, row_of, test
from sccon_lod.sql.words import text
from sccon_lod.terms import SHACL
from sccon_lod.values.value import DATE, DATE_TIME

# A test of a row: SQL that is never NULL, or what is certain without looking.
Test = str | bool


@dataclass(frozen=True)
class Verdict:
    """Tests that hold wherever a shape may be broken, and wherever it may hold; both where nothing is known."""

    broken: Test
    kept: Test


_UNKNOWN = Verdict(broken=True, kept=True)


def _exactly(broken: Test) -> Verdict:
    return Verdict(broken, negated(broken))


def negated(one: Test) -> Test:
    """Return the test that holds where another does not."""
    return not one if isinstance(one, bool) else f"NOT ({one})"


def any_of(tests: Iterable[Test]) -> Test:
    """Return the test that holds where one of some holds."""
    return _joined(tests, " OR ", decisive=True)


def all_of(tests: Iterable[Test]) -> Test:
    """Return the test that holds where all of some hold."""
    return _joined(tests, " AND ", decisive=False)


def _joined(tests: Iterable[Test], word: str, decisive: bool) -> Test:
    """Return tests put together; one that is certainly `decisive` decides alone."""
    found = list(dict.fromkeys(tests))
    if any(each is decisive for each in found):
        return decisive
    written = [each for each in found if isinstance(each, str)]
    return word.join(f"({each})" for each in written) if written else not decisive


@dataclass(frozen=True)
class Screen:
    """Finds out of a group what its rows alone say about shapes.

    `shapes` are all there are, by name; `sure` are the classes of subjects that are made of the same rows.
    """

    group: Group
    lists: Lists
    shapes: Mapping[str, Shape]
    sure: Mapping[Call | Term | Link, Set[str]] = field(default_factory=dict)

    @property
    def row(self) -> Row:
        """The row that the tests read."""
        return row_of(self.group.source, self.lists)

    def verdict(self, shape: Shape) -> Verdict:
        """Return what is known of the subjects of rows as focus nodes of a shape."""
        if shape.is_deactivated:
            return _exactly(broken=False)
        if shape.has_queries:
            return _UNKNOWN
        values = self._values(shape)
        if values is None:
            return _UNKNOWN
        parts = [self._parameter(each, values, shape) for each in shape.parameters]
        parts += [self._reference(each, values, shape) for each in shape.references]
        return _all_kept(parts)

    def says(self, predicate: str, terms: Iterable[Value]) -> Test:
        """Return the test that one of the terms may be said of the subject with a predicate."""
        values = self._said([predicate])
        among = list(terms)
        return True if values is None else any_of(each.some(each.is_one_of(among)) for each in values)

    # --- the values of a path

    def _values(self, shape: Shape) -> "Sequence[_Values] | None":
        """Return where the values of a path come from, None for a path that leads further than the row."""
        if shape.path is None:
            return ()
        steps = shape.path.parts if isinstance(shape.path, Alternative) else (shape.path,)
        if not all(isinstance(each, Step) and not each.is_inverse for each in steps):
            return None
        return self._said({each.predicate for each in steps if isinstance(each, Step)})

    def _said(self, predicates: Iterable[str]) -> "Sequence[_Values] | None":
        among = set(predicates)
        found = [_Values(self.row, each) for each in self.group.statements if each.rule.predicate in among]
        return found if all(each.is_plain for each in found) else None

    # --- constraints

    def _parameter(self, parameter: Parameter, values: "Sequence[_Values]", shape: Shape) -> Verdict:
        if parameter.name == "closed" and shape.path is None:
            allowed = {each.object for each in parameter.terms}
            others = self._said({each.rule.predicate for each in self.group.statements} - allowed)
            return _UNKNOWN if others is None else _exactly(any_of(each.some() for each in others))
        if shape.path is None:
            is_iri = parameter.name == "nodeKind" and "IRI" in parameter.terms[0].object.removeprefix(SHACL)
            return _exactly(broken=False) if is_iri else _UNKNOWN
        if parameter.name in _OF_ALL:
            return _OF_ALL[parameter.name](self, parameter, values)
        if parameter.name in _OF_VALUES:
            tests = [(each, _OF_VALUES[parameter.name](parameter, each)) for each in values]
            if any(each.broken is True and not each.is_exact for _, each in tests):
                return _UNKNOWN
            broken = any_of(one.some(each.broken) for one, each in tests)
            return _exactly(broken) if all(each.is_exact for _, each in tests) else Verdict(broken, kept=True)
        return _UNKNOWN

    def _classed(self, parameter: Parameter, values: "Sequence[_Values]") -> Verdict:
        """Return where a value may not be of a class: wherever the rows do not say so themselves."""
        wanted = parameter.terms[0].object
        are_sure = all(wanted in self.sure.get(each.term, ()) for each in values)
        return _exactly(broken=False) if are_sure else _UNKNOWN

    def _counted(self, parameter: Parameter, values: "Sequence[_Values]") -> Verdict:
        number = int(parameter.terms[0].object)
        if parameter.name == "minCount":
            return _at_least(number, [each.some() for each in values])
        return _at_most(number, values)

    def _told_apart(self, _: Parameter, values: "Sequence[_Values]") -> Verdict:
        """Return where two values may share a language; constants tell rules apart."""
        spoken = [each for each in values if each.language != "''"]
        tongues = [each.language.lower() for each in spoken]
        if len(set(tongues)) == len(tongues) and all(each.is_single and each.has_one_language for each in spoken):
            return _exactly(broken=False)
        return Verdict(_at_most(1, spoken).broken, kept=True)

    def _paired(self, parameter: Parameter, values: "Sequence[_Values]") -> Verdict:
        others = self._said([parameter.terms[0].object])
        if others is None:
            return _UNKNOWN
        if parameter.name == "equals":
            alike = [each.made() for each in values] == [each.made() for each in others]
            return _exactly(broken=False) if alike else _UNKNOWN
        if parameter.name == "disjoint":
            return _exactly(broken=False) if not values or not others else _UNKNOWN
        sign = "<" if parameter.name == "lessThan" else "<="
        pairs = [(one, other) for one in values for other in others]
        if not all(one.is_single and other.is_single for one, other in pairs):
            return _UNKNOWN
        broken = [all_of([one.some(), other.some(), negated(_surely(one, sign, other))]) for one, other in pairs]
        return Verdict(any_of(broken), kept=True)

    def _had(self, parameter: Parameter, values: "Sequence[_Values]") -> Verdict:
        (term,) = parameter.terms
        return _exactly(negated(any_of(each.some(each.is_one_of([term])) for each in values)))

    def _reference(self, reference: Asking, values: "Sequence[_Values]", shape: Shape) -> Verdict:
        asked = [self.shapes[each] for each in reference.shapes]
        if shape.path is None:
            parts = [self.verdict(each) for each in asked]
            return _logical(reference.name, parts)
        if reference.name == "property" or not asked:
            return _UNKNOWN
        found = [(one, [self._of_value(each, one) for each in asked]) for one in values]
        if any(each is None for _, parts in found for each in parts):
            return _UNKNOWN
        judged = [(one, [_exactly(each) for each in parts if each is not None]) for one, parts in found]
        if reference.name != "qualifiedValueShape":
            broken = any_of(one.some(_logical(reference.name, parts).broken) for one, parts in judged)
            return Verdict(broken, kept=True) if reference.name == "xone" else _exactly(broken)
        if reference.siblings:
            return _UNKNOWN
        conforming = [(one, parts[0].kept) for one, parts in judged]
        bounds = []
        if reference.least is not None:
            bounds.append(_at_least(reference.least, [one.some(each) for one, each in conforming]))
        if reference.most is not None:
            bounds.append(_at_most(reference.most, [one for one, _ in conforming], [each for _, each in conforming]))
        return _all_kept(bounds)

    def _of_value(self, shape: Shape, value: "_Values") -> Test | None:
        """Return the test that a value breaks a shape that looks at nothing else; None where there is none."""
        if shape.is_deactivated:
            return False
        if shape.path is not None or shape.has_queries:
            return None
        tests: list[Test] = []
        for parameter in shape.parameters:
            if parameter.name == "hasValue":
                tests.append(negated(value.is_one_of(parameter.terms)))
                continue
            if parameter.name not in _OF_VALUES:
                return None
            found = _OF_VALUES[parameter.name](parameter, value)
            if not found.is_exact:
                return None
            tests.append(found.broken)
        for reference in shape.references:
            parts = [self._of_value(self.shapes[each], value) for each in reference.shapes]
            if reference.name not in ("and", "or", "not", "node") or any(each is None for each in parts):
                return None
            tests.append(_logical(reference.name, [_exactly(each) for each in parts if each is not None]).broken)
        return any_of(tests)


def _all_kept(parts: Sequence[Verdict]) -> Verdict:
    return Verdict(any_of(each.broken for each in parts), all_of(each.kept for each in parts))


def _logical(name: str, parts: Sequence[Verdict]) -> Verdict:
    """Return what is known of a constraint that asks shapes about the same node (SHACL section 4.6)."""
    if name == "not":
        return Verdict(parts[0].kept, parts[0].broken)
    if name == "or":
        return Verdict(all_of(each.broken for each in parts), any_of(each.kept for each in parts))
    if name in ("and", "node", "property"):
        return _all_kept(parts)
    return _UNKNOWN


def _at_least(number: int, there: Sequence[Test]) -> Verdict:
    """Return what is known where so many values are asked for; `there` tells of each rule whether it gives some."""
    if number == 0:
        return _exactly(broken=False)
    return _exactly(all_of(negated(each) for each in there)) if number == 1 else _UNKNOWN


def _at_most(number: int, values: "Sequence[_Values]", tests: Sequence[Test] | None = None) -> Verdict:
    """Return what is known where so many values are allowed; equal ones are counted twice here."""
    pairs = list(zip(values, tests or [True] * len(values), strict=True))
    if number == 0:
        return _exactly(any_of(one.some(each) for one, each in pairs))
    if all(one.is_single for one, _ in pairs) and len(pairs) <= number:
        return _exactly(broken=False)
    counted = " + ".join(one.count(each) for one, each in pairs)
    return Verdict(f"{counted} > {number}", kept=True)


# --- the values that one rule gives


class _Values:
    """What one rule says of the subject of a row: no value, one, or one for each item of a list."""

    def __init__(self, row: Row, statement: Statement) -> None:
        self._row, self._statement = row, statement
        value = statement.rule.object
        self._listed = row.listed(value) if isinstance(value, Term) else []
        self.is_plain = not isinstance(value, Link) and len(self._listed) <= 1 and not _is_decided(row, statement)
        if not self.is_plain:
            return
        assert not isinstance(value, Link), "a link is not plain"
        cells = row
        if self._listed:
            cells = Row(row.source, row.lists, {self._listed[0]: "part"}, row.alias)
        self.lexical, self.datatype, self.language, self._tests = literal(cells, value, statement.object)
        self.has_one_language = not any(isinstance(part, Reference) for part in value.language)

    @property
    def term(self) -> Call | Term | Link:
        """What the mapping says of the values."""
        return self._statement.rule.object

    @property
    def is_single(self) -> bool:
        """Whether there is one value at most."""
        return not self._listed

    def made(self) -> tuple[object, ...]:
        """Return what makes the values: rules for which it is equal give the same ones."""
        return self._statement.rule.object, self._statement.tests

    def some(self, holds: Test = True) -> Test:
        """Return the test that there is a value for which `holds` does."""
        if holds is False:
            return False
        own = [test(self._row, each) for each in self._statement.tests]
        of_value = [*self._tests, *([holds] if isinstance(holds, str) else [])]
        if not self._listed:
            whole = all_of([*own, *of_value])
            return whole if isinstance(whole, bool) else f"coalesce({whole}, false)"
        return f"coalesce({all_of([*own, f'len({self._kept(of_value)}) > 0'])}, false)"

    def count(self, holds: Test = True) -> str:
        """Return how many values there are for which `holds` does, equal ones several times."""
        if not self._listed:
            found = self.some(holds)
            return str(int(found)) if isinstance(found, bool) else f"CAST({found} AS INTEGER)"
        if holds is False:
            return "0"
        kept = self._kept([*self._tests, *([holds] if isinstance(holds, str) else [])])
        number = f"coalesce(len({kept}), 0)"
        own = all_of(test(self._row, each) for each in self._statement.tests)
        return number if own is True else f"CASE WHEN {own} THEN {number} ELSE 0 END"

    def _kept(self, tests: Sequence[str]) -> str:
        items = self._row.several(self._listed[0])
        passed = all_of(each for each in tests if each != "part IS NOT NULL")
        return items if passed is True else f"list_filter({items}, lambda part: coalesce({passed}, false))"

    # --- tests of a value

    def is_one_of(self, terms: Iterable[Value]) -> Test:
        """Return the test that a value is one of some terms (RDF 1.1 Concepts, section 3.3)."""
        kinds: dict[tuple[str, str], list[str]] = {}
        for each in terms:
            kinds.setdefault((each.datatype, each.language.lower()), []).append(each.object)
        return any_of(
            all_of(
                [
                    _same(self.datatype, datatype),
                    _same(self.language if self.language.startswith("'") else f"lower({self.language})", language),
                    _is_among(self.lexical, objects),
                ]
            )
            for (datatype, language), objects in kinds.items()
        )

    def has_kind(self, kinds: Mapping[bool, bool]) -> Test:
        """Return the test of a value by what is said of IRIs (False) and of literals (True)."""
        if kinds[True] == kinds[False]:
            return kinds[True]
        is_literal = negated(_same(self.datatype, ""))
        return is_literal if kinds[True] else negated(is_literal)


def _is_decided(row: Row, statement: Statement) -> bool:
    """Whether lists decide more than which values there are."""
    value = statement.rule.object
    parts: list[Call | Term] = [value] if isinstance(value, Call) else []
    parts += [Term(value.language)] if isinstance(value, Term) else []
    return bool(row.listed(*parts, *(each.condition for each in statement.tests)))


def _same(written: str, constant: str) -> Test:
    """Return the test that SQL for a text is equal to a constant; two constants are compared here."""
    if _is_constant(written):
        return written == text(constant)
    return f"{written} = {text(constant)}"


def _is_among(written: str, constants: Iterable[str]) -> Test:
    """Return the test that SQL for a text is equal to one of some constants."""
    if _is_constant(written):
        return any(_same(written, each) is True for each in constants)
    return f"{written} IN ({', '.join(map(text, constants))})"


def _is_constant(written: str) -> bool:
    return written.startswith("'") and written.endswith("'") and "'" not in written[1:-1].replace("''", "")


# --- constraints on single values


@dataclass(frozen=True)
class _Broken:
    """The test that a value breaks a constraint; perhaps it holds for others, too, unless `is_exact`."""

    broken: Test
    is_exact: bool = True


def _datatype(parameter: Parameter, value: _Values) -> _Broken:
    # What the mapping makes is well-formed: other cells make no statement.
    return _Broken(negated(_same(value.datatype, parameter.terms[0].object)))


def _node_kind(parameter: Parameter, value: _Values) -> _Broken:
    wanted = parameter.terms[0].object.removeprefix(SHACL)
    return _Broken(negated(value.has_kind({False: "IRI" in wanted, True: "Literal" in wanted})))


def _length(parameter: Parameter, value: _Values) -> _Broken:
    sign = "<" if parameter.name == "minLength" else ">"
    return _Broken(f"length({value.lexical}) {sign} {int(parameter.terms[0].object)}")


def _pattern(parameter: Parameter, value: _Values) -> _Broken:
    written = translated(parameter.terms[0].object, parameter.flags)
    return _Broken(f"NOT regexp_matches({value.lexical}, {text(written)})")


def _language(parameter: Parameter, value: _Values) -> _Broken:
    spoken = f"lower({value.language})"
    if _is_constant(value.language):
        tag = value.language[1:-1].lower()
        ranges = [each.object.lower() for each in parameter.terms]
        return _Broken(not any(tag and (each in ("*", tag) or tag.startswith(f"{each}-")) for each in ranges))
    fits = [
        f"{spoken} <> ''"
        if each.object == "*"
        else f"{spoken} = {text(each.object.lower())} OR starts_with({spoken}, {text(each.object.lower() + '-')})"
        for each in parameter.terms
    ]
    return _Broken(negated(any_of(fits)))


def _in(parameter: Parameter, value: _Values) -> _Broken:
    return _Broken(negated(value.is_one_of(parameter.terms)))


_SIGNS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}


def _bound(parameter: Parameter, value: _Values) -> _Broken:
    """Return where a value is not surely within a bound; if it is only just, that is left to be found out."""
    (bound,) = parameter.terms
    sign = _SIGNS[parameter.name]
    surely: list[Test] = []
    if bound.datatype in NUMBERS:
        number, other = (f"TRY_CAST({each} AS DOUBLE)" for each in (value.lexical, text(bound.object)))
        # To the engine, what is not a number is greater than all numbers.
        surely = [_is_among(value.datatype, NUMBERS), f"NOT isnan({number})", f"{number} {sign[0]} {other}"]
    elif bound.datatype in _PLAIN:
        surely = [_same(value.datatype, bound.datatype), _is_plain(value.lexical, bound.datatype)]
        surely += [_is_plain(text(bound.object), bound.datatype), f"{value.lexical} {sign} {text(bound.object)}"]
    if not surely:
        return _Broken(broken=True, is_exact=False)
    whole = all_of(surely)
    return _Broken(negated(whole if isinstance(whole, bool) else f"coalesce({whole}, false)"), is_exact=False)


# Days and moments of four-digit years without time zone are in the order of their letters, but for hour 24.
_PLAIN = {DATE: len("2022-10-18"), DATE_TIME: len("2022-10-18T10:00:00")}


def _is_plain(lexical: str, datatype: str) -> str:
    return f"length({lexical}) = {_PLAIN[datatype]} AND NOT contains({lexical}, 'T24')"


def _surely(one: _Values, sign: str, other: _Values) -> Test:
    """Return a test that holds only where one value is less than the other, or as much."""
    moments = [
        all_of(
            [
                *(_same(each.datatype, datatype) for each in (one, other)),
                *(_is_plain(each.lexical, datatype) for each in (one, other)),
                f"{one.lexical} {sign} {other.lexical}",
            ]
        )
        for datatype in _PLAIN
    ]
    numbers = all_of(
        [
            _is_among(one.datatype, NUMBERS),
            _is_among(other.datatype, NUMBERS),
            f"TRY_CAST({one.lexical} AS DOUBLE) < TRY_CAST({other.lexical} AS DOUBLE)",
            f"NOT isnan(TRY_CAST({other.lexical} AS DOUBLE))",
        ]
    )
    whole = any_of([*moments, numbers])
    return whole if isinstance(whole, bool) else f"coalesce({whole}, false)"


_OF_VALUES: Mapping[str, Callable[[Parameter, _Values], _Broken]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minLength": _length,
    "maxLength": _length,
    "pattern": _pattern,
    "languageIn": _language,
    "in": _in,
    **dict.fromkeys(_SIGNS, _bound),
}
_OF_ALL: Mapping[str, Callable[[Screen, Parameter, Sequence[_Values]], Verdict]] = {
    "class": Screen._classed,
    "minCount": Screen._counted,
    "maxCount": Screen._counted,
    "uniqueLang": Screen._told_apart,
    "equals": Screen._paired,
    "disjoint": Screen._paired,
    "lessThan": Screen._paired,
    "lessThanOrEquals": Screen._paired,
    "hasValue": Screen._had,
}
