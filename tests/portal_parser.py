"""Catalogues as CKAN reads them: run by the Python of a portal, which knows nothing of ours.

Reads a JSON list of Turtle texts from standard input, and writes what CKAN makes of each: the datasets that it would be
given, with the name it would make and the tags it would refuse, or the error that ends the harvest.
"""

import importlib
import json
import sys


def harvest(text: str) -> object:
    """Return the datasets of a catalogue, or the name of the error."""
    processors = importlib.import_module("ckanext.dcat.processors")
    parser = processors.RDFParser(profiles=["euro_dcat_ap_3"])
    try:
        parser.parse(text, _format="turtle")
    except importlib.import_module("ckanext.dcat.exceptions").RDFParserException as error:
        return type(error).__name__
    munge = importlib.import_module("ckan.lib.munge").munge_title_to_name
    return [
        {
            **each,
            "would_be_named": munge(each["title"]) if "title" in each else None,
            "would_be_refused": [tag["name"] for tag in each["tags"] if is_refused(tag["name"])],
        }
        for each in parser.datasets()
    ]


def is_refused(tag: str) -> bool:
    """Whether CKAN would refuse a dataset with this tag."""
    validators = importlib.import_module("ckan.logic.validators")
    try:
        validators.tag_name_validator(validators.tag_length_validator(tag, {}), {})
    except importlib.import_module("ckan.lib.navl.dictization_functions").Invalid:
        return True
    return False


if __name__ == "__main__":
    json.dump([harvest(each) for each in json.load(sys.stdin)], sys.stdout)
