"""Why a publication does not do what mapping languages can say."""

from collections.abc import Mapping

from sccon_lod.language import Text

GRAPH = Text(
    "Benannte Graphen gibt es nicht: eine Veröffentlichung ist ein Graph.",
    "There are no named graphs: a publication is one graph.",
)
TARGET = Text(
    "Wohin geschrieben wird, sagt nicht die Zuordnung: sccon-lod build schreibt nach public/.",
    "A mapping does not say where to write: sccon-lod build writes to public/.",
)
DATABASE = Text(
    "Datenbanken werden nicht gelesen; bitte die Tabelle als CSV-Datei in data/ ablegen.",
    "Databases are not read; please put the table into data/ as a CSV file.",
)
WEB = Text(
    "Aus dem Netz wird nichts gelesen; bitte die Datei in data/ ablegen.",
    "Nothing is read from the web; please put the file into data/.",
)
SECRET = Text(
    "Zugangsdaten gehören nicht in eine Zuordnung; bitte die Datei in data/ ablegen.",
    "Credentials do not belong in a mapping; please put the file into data/.",
)
BLANK = Text(
    "Blank Nodes werden nicht veröffentlicht; alles braucht eine IRI, zum Beispiel id:event/$(id).",
    "Blank nodes are not published; everything needs an IRI, for example id:event/$(id).",
)
INVERSE = Text(
    "Umgekehrte Prädikate gibt es nicht; bitte einen eigenen Eintrag anlegen, dessen Subjekt das Objekt ist.",
    "There are no inverse predicates; please write a map of its own whose subject is the object.",
)
PREDICATE = Text("Ein Prädikat ist ein fester Name.", "A predicate is a constant name.")
DATATYPE = Text("Ein Datentyp ist ein fester Name.", "A datatype is a constant name.")
VIEW = Text(
    "Logische Sichten (RML-LV) werden nicht gelesen; verschachtelte Listen sagt rml:iterator, "
    "was um den Datensatz steht, die Referenz ../name.",
    "Logical views (RML-LV) are not read; nested lists are said by rml:iterator, what is around a record "
    "by the reference ../name.",
)
LISTS = Text(
    "Listen und Container von RDF werden nicht veröffentlicht; mehrere Werte sind mehrere Aussagen.",
    "Lists and containers of RDF are not published; several values are several statements.",
)
STAR = Text(
    "Aussagen über Aussagen (RML-star) werden nicht veröffentlicht.",
    "Statements about statements (RML-star) are not published.",
)
UNSAFE = Text(
    "Eine IRI wird immer geprüft; richtig ist rml:IRI.",
    "An IRI is always checked; right is rml:IRI.",
)
NULLS = Text(
    "Welche Texte „kein Wert“ heißen, kann eine Quelle nicht sagen; eine Bedingung wie idlab-fn:notEqual kann es.",
    "A source cannot say which texts mean “no value”; a condition such as idlab-fn:notEqual can.",
)

# Keys of YARRRML, by what they say.
YARRRML: Mapping[str, Text] = {
    **dict.fromkeys(("graphs", "graph", "g"), GRAPH),
    **dict.fromkeys(("targets", "target"), TARGET),
    **dict.fromkeys(("query", "queryFormulation", "table", "driver"), DATABASE),
    **dict.fromkeys(("contentType", "operationType", "methodName", "accept"), WEB),
    **dict.fromkeys(("authentications", "authentication", "credentials", "username", "password", "security"), SECRET),
    **dict.fromkeys(("inversepredicates", "inversepredicate", "iv", "i"), INVERSE),
}
# Terms of RML and of the older vocabularies, by their local names.
RML: Mapping[str, Text] = {
    **dict.fromkeys(("graph", "graphMap", "GraphMap", "defaultGraph"), GRAPH),
    **dict.fromkeys(("logicalTarget", "LogicalTarget", "target", "Target", "serialization"), TARGET),
    **dict.fromkeys(("logicalTable", "LogicalTable", "tableName", "query", "sqlQuery", "sqlVersion"), DATABASE),
    **dict.fromkeys(("R2RMLView", "BaseTableOrView", "SQL2008", "SQL2008Table", "SQL2008Query"), DATABASE),
    "BlankNode": BLANK,
    **dict.fromkeys(("UnsafeIRI", "UnsafeURI"), UNSAFE),
    "null": NULLS,
    **dict.fromkeys(("LogicalView", "viewOn", "fieldName", "leftJoin", "innerJoin", "structuralAnnotation"), VIEW),
    **dict.fromkeys(("gather", "gatherAs", "strategy", "allowEmptyListAndContainer"), LISTS),
    **dict.fromkeys(("quotedTriplesMap", "starMap", "subjectStarMap", "AssertedTriplesMap"), STAR),
}
