"""The descriptions of a package, read by the programs that they are for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import cffconvert.cli.create_citation as cff
import mlcroissant
import pyshacl
import pytest
import rdflib

from tests.consumers.reading import ROOT, cells, columns, tables, written

SHAPES = "DCAT_AP_SHAPES"
PLACES = [os.environ.get(SHAPES), ROOT.parent / "shared" / "dcat-ap-shapes.ttl"]
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


def test_croissant_is_valid_and_loads_every_row(package: Path) -> None:
    dataset = mlcroissant.Dataset(package / "croissant.json")
    assert dataset.metadata.issues.errors == set()
    assert {item.uuid for item in dataset.metadata.record_sets} == set(tables(package))
    for name, table in tables(package).items():
        records = [[written(value) for value in record.values()] for record in dataset.records(name)]
        assert records == cells(package, name), name
        assert all(list(record) == [f"{name}/{column}" for column in columns(table)] for record in dataset.records(name))


def graph(package: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(package / "dcat.ttl", format="turtle")


def test_dcat_names_every_file_that_is_there(package: Path) -> None:
    named = {str(address) for address in graph(package).objects(None, DCAT.downloadURL)}
    there = {path.as_uri() for folder in ("csv", "parquet") for path in (package / folder).iterdir()}
    assert named == there | {(package / "datapackage.json").as_uri()}
    assert len(list(graph(package).objects(None, DCAT.dataset))) == len(tables(package)) + 1


def test_dcat_keeps_the_official_shapes(package: Path) -> None:
    places = [Path(place) for place in PLACES if place and Path(place).is_file()]
    if not places:
        pytest.skip(f"the shapes of DCAT-AP 3.0.1 are not here; name the file (or folder) that has them in {SHAPES}")
    valid, _, told = pyshacl.validate(graph(package), shacl_graph=str(places[0]), shacl_graph_format="turtle", inference="rdfs")
    assert valid, told


def test_schema_org_is_linked_data(package: Path) -> None:
    # The context is given here, since schema.org's own would be fetched.
    stated = json.loads((package / "schema.org.json").read_bytes()) | {"@context": {"@vocab": "https://schema.org/"}}
    found = rdflib.Graph().parse(data=json.dumps(stated), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    data = next(found.subjects(rdflib.RDF.type, schema.Dataset))
    for term in (schema.name, schema.description, schema.license, schema.version, schema.creator, schema.datePublished):
        assert list(found.objects(data, term)), term
    assert len(list(found.objects(data, schema.distribution))) == len(stated["distribution"])


@pytest.mark.parametrize("place", ["package", "repository"])
def test_the_citation_file_is_valid(package: Path, place: str) -> None:
    file = (package if place == "package" else ROOT) / "CITATION.cff"
    citation = cff.create_citation(str(file), None)
    citation.validate()
    assert json.loads((package / "datapackage.json").read_bytes())["version"] in citation.as_bibtex() + str(citation.cffobj)
