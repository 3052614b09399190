from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import msgspec
import pytest

from pipeline.core.paths import PACKAGE, RAW, ROOT, SCHEMAS
from pipeline.core.trees import tree_files
from pipeline.publish import Edition
from tests.publish.small import lights

FOLDERS = (PACKAGE, SCHEMAS, RAW)


def graph(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    return {item["@id"]: item for item in json.loads(files["provenance.json"])["@graph"]}


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="needs the files that git knows")
def test_what_counts_is_what_git_would_commit() -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *(folder.name for folder in FOLDERS)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    known = {path for path in done.stdout.split("\0") if path and (ROOT / path).exists() and not path.endswith(("~", ".swp"))}
    assert {f"{folder.name}/{path}" for folder in FOLDERS for path in tree_files(folder)} == known


def test_the_package_names_what_it_was_made_from_and_with(package: dict[str, bytes]) -> None:
    known = graph(package)
    assert known["#package"]["sha256"] == json.loads(package["content.json"])["sha256"]
    assert known["#requirements.txt"]["sha256"] == "c" * 64
    assert set(known["#package"]["wasDerivedFrom"]) == {"#raw/xx-2012-lights/zh.txt", "#raw/xx-2012-lights/en-blog.txt"}
    assert known["#raw/xx-2012-lights/zh.txt"]["sha256"] == "a" * 64
    assert known["text/xx-2012-lights/zh.txt"]["wasDerivedFrom"] == "#raw/xx-2012-lights/zh.txt"
    assert "#requirements.txt" in known["#build"]["used"]
    assert "wasRevisionOf" not in known["#package"]
    assert {item["@type"] for item in known.values()} == {"prov:Entity", "prov:Activity", "prov:Agent"}


def test_every_name_stands_for_something_and_every_term_is_declared(package: dict[str, bytes]) -> None:
    whole = json.loads(package["provenance.json"])
    known, links = graph(package), {term for term, meaning in whole["@context"].items() if isinstance(meaning, dict)}
    for item in known.values():
        assert item.keys() - {"@id", "@type"} <= whole["@context"].keys()
        for term in links & item.keys():
            assert {item[term]} <= known.keys() if isinstance(item[term], str) else set(item[term]) <= known.keys()


def test_a_later_release_names_the_one_before() -> None:
    before = Edition.of(lights("0.1.0"))
    known = graph(lights("0.1.1", previous=before))
    assert known["#package"]["wasRevisionOf"] == "#previous"
    assert (known["#previous"]["version"], known["#previous"]["sha256"]) == ("0.1.0", before.sums)


def test_it_is_read_as_the_graph_that_it_means(package: dict[str, bytes]) -> None:
    rdflib = pytest.importorskip("rdflib")
    read = rdflib.Graph().parse(data=package["provenance.json"], format="json-ld", publicID="https://example.org/r/")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert (
        rdflib.URIRef("https://example.org/r/#package"),
        prov.wasGeneratedBy,
        rdflib.URIRef("https://example.org/r/#build"),
    ) in read


def test_no_time_place_or_person_of_the_build_is_named(package: dict[str, bytes]) -> None:
    words = package["provenance.json"].decode("utf-8")
    assert str(ROOT) not in words
    assert not {"startedAtTime", "endedAtTime", "generatedAtTime"} & set(msgspec.json.decode(words)["@context"])
