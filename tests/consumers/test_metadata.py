"""The descriptions of a package, read by the programs that they are for."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import cffconvert.cli.create_citation as cff
import mlcroissant
import pyshacl
import pytest
import rdflib

from tests.consumers.reading import ROOT, WORK, cells, columns, tables, written

SHAPES = Path(__file__).parent / "dcat-ap"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SHACL = rdflib.Namespace("http://www.w3.org/ns/shacl#")
RECOMMENDED = "shapes_recommended.ttl"
NOT_KNOWN = {"availability", "homepage", "license", "themeTaxonomy", "type"}
"""What the profile recommends of a whole that nobody has stated, such as the home page of a catalogue that stands in no catalogue."""


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


def test_the_shapes_are_those_that_were_published() -> None:
    lines = (SHAPES / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SHAPES.glob("*.ttl")}


@pytest.mark.parametrize("shapes", sorted(path.name for path in SHAPES.glob("*.ttl") if path.name != RECOMMENDED))
def test_dcat_keeps_the_official_shapes(package: Path, shapes: str) -> None:
    valid, _, told = pyshacl.validate(
        graph(package), shacl_graph=str(SHAPES / shapes), shacl_graph_format="turtle", inference="rdfs"
    )
    assert valid, told


def test_the_shapes_see_what_is_missing(package: Path) -> None:
    less = graph(package)
    less.remove((None, rdflib.DCTERMS.title, None))
    valid, _, told = pyshacl.validate(less, shacl_graph=str(SHAPES / "shapes.ttl"), shacl_graph_format="turtle")
    assert not valid
    assert "title" in told


def test_what_the_profile_recommends_is_said_of_the_package_as_far_as_it_is_known(package: Path) -> None:
    data = graph(package)
    _, report, _ = pyshacl.validate(data, shacl_graph=str(SHAPES / RECOMMENDED), shacl_graph_format="turtle", inference="rdfs")
    lacks = {
        str(report.value(result, SHACL.resultPath)).replace("#", "/").rsplit("/", 1)[-1]
        for result, node in report.subject_objects(SHACL.focusNode)
        if str(node).endswith(("#package", "#catalogue"))
    }
    assert lacks <= NOT_KNOWN | ({"temporal"} if package.parent == WORK else set())  # the sample plans no years
    assert set(report.objects(None, SHACL.resultSeverity)) == {SHACL.Warning}


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
