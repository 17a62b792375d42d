"""The few terms of W3C vocabularies that the compiler itself has to know."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = RDF + "type"
LANG_STRING = RDF + "langString"

DCT = "http://purl.org/dc/terms/"
IDENTIFIER = DCT + "identifier"

SHACL = "http://www.w3.org/ns/shacl#"

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SUBCLASS = RDFS + "subClassOf"

DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
OWL = "http://www.w3.org/2002/07/owl#"
