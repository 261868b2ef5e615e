"""Descriptions in the European Learning Model, by the Commission's own shapes (SHACL)
and pySHACL: those for learning opportunities and qualifications, and the general ones of
its credentials, without the lists of values, which only its servers hold.

Takes the folder that the example `every_format` has filled.
"""

import json
import sys
from pathlib import Path

from pyshacl import validate
from rdflib import Graph

PUBLISHED = Path(__file__).parent / "shapes" / "elm"
SHAPES = ["LOQ-constraints.ttl", "EDC-generic-no-cv.ttl"]


def read(path):
    """The file as a graph, its context taken from the copy that lies here."""
    context = json.loads((PUBLISHED / "edc-ap-context.jsonld").read_text("utf-8"))
    content = json.loads(path.read_text("utf-8"))
    content["@context"] = context["@context"]
    graph = Graph()
    graph.parse(data=json.dumps(content), format="json-ld")
    return graph


def complaints(graph, shapes):
    """What does not fit, in words; empty where all does."""
    fits, _, words = validate(graph, shacl_graph=shapes)
    return "" if fits else words


def main(folder):
    shapes = {name: Graph().parse(PUBLISHED / name) for name in SHAPES}
    files = sorted(Path(folder).glob("*-elm.jsonld"))
    said, statements = 0, 0
    for path in files:
        graph = read(path)
        statements += len(graph)
        for name, shape in shapes.items():
            if words := complaints(graph, shape):
                said += 1
                print(f"{path.name} against {name}:\n{words[:4000]}")
    # A checker that finds nothing wrong anywhere would say the same.
    spoilt = read(next(path for path in files if path.name.startswith("example-en")))
    title = "http://purl.org/dc/terms/title"
    for triple in list(spoilt):
        if str(triple[1]) == title:
            spoilt.remove(triple)
    assert complaints(spoilt, shapes[SHAPES[0]]), "descriptions without titles fit as well"
    print(f"ELM by pySHACL: {len(files)} files, {statements} statements, {len(SHAPES)} sets of shapes")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
