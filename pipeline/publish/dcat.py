"""The package as a catalogue of open data wants it: DCAT-AP 3 as Turtle. Addresses are relative to the file itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pipeline.publish.checksums import sha256
from pipeline.publish.descriptor import DESCRIPTOR, PARQUET

DCAT = "dcat.ttl"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority"
FORMATS = {"csv": "CSV", "parquet": "PARQUET", "json": "JSON", "txt": "TXT"}
"""Format → its code in the authority table of file types."""
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"

Pairs = Sequence[tuple[str, str]]


def dcat(described: Mapping[str, Any], files: Mapping[str, bytes], citation: str) -> str:
    """One catalogue: the package as a dataset, and each table as one of its parts, with a distribution for each format.

    described: datapackage.json as JSON; files: the data files and datapackage.json, by path.
    """
    csv = [item for item in described["resources"] if item["format"] == "csv"]
    parquet = {item["name"].removesuffix(PARQUET): item for item in described["resources"] if item["format"] == "parquet"}
    shared = _shared(described)
    told = {key: described[key] for key in ("title", "description")}
    whole = {"path": DESCRIPTOR, "format": "json", "mediatype": "application/json", **told}
    blocks = ["\n".join(f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items())]
    blocks.append(_node("#catalogue", "dcat:Catalog", [
        *_titled(described["title"], described["description"]), *shared,
        ("dcat:dataset", ", ".join(["<#package>", *(_iri(f"#{item['name']}") for item in csv)])),
    ]))  # fmt: skip
    blocks.append(_node("#package", "dcat:Dataset", [
        *_titled(described["title"], described["description"]), *shared, *_dataset(described, citation),
        ("dct:hasPart", ", ".join(_iri(f"#{item['name']}") for item in csv)),
        *(("dct:source", _iri(f"#source-{source['sourceId']}")) for source in described["sources"]),
        ("dcat:distribution", _iri(f"{DESCRIPTOR}#file")),
    ]))  # fmt: skip
    blocks.append(_distribution(whole, files, described, [("dct:conformsTo", f"<{DATA_PACKAGE}>")]))
    for item in csv:
        pair = [item, parquet[item["name"]]]
        blocks.append(_node(f"#{item['name']}", "dcat:Dataset", [
            *_titled(item["title"], item["description"]), *shared, *_found_by(described),
            ("dct:identifier", _literal(f"{described['name']}/{item['name']}@{described['version']}")),
            ("dct:isPartOf", "<#package>"), ("dcat:distribution", ", ".join(_iri(f"{each['path']}#file") for each in pair)),
        ]))  # fmt: skip
        blocks += [_distribution(each, files, described) for each in pair]
    return "\n\n".join([*blocks, *_sources(described), *_terms(described)]) + "\n"


def _shared(described: Mapping[str, Any]) -> Pairs:
    """What the catalogue and every dataset in it say alike."""
    day = f'"{described["created"][:10]}"^^xsd:date'
    languages = ", ".join(f"<{LANGUAGES}{code}>" for code in described["languages"])
    places = [("dct:spatial", _iri(f"#place-{code}")) for code in described.get("spatial", ())]
    return [("dct:publisher", "<#publisher>"), ("dct:language", languages), ("dct:issued", day), ("dct:modified", day), *places]


def _dataset(described: Mapping[str, Any], citation: str) -> Pairs:
    """What only the package as a whole says of itself."""
    return [
        *_found_by(described),
        ("dct:identifier", _literal(f"{described['name']}@{described['version']}")),
        ("dcat:version", _literal(described["version"])),
        ("dct:accessRights", f"<{AUTHORITY}/access-right/PUBLIC>"),
        ("dct:bibliographicCitation", _literal(citation)),
        ("dcat:contactPoint", "<#contact>"),
        *_period(described),
        ("dct:creator", ", ".join(f"<#creator-{number}>" for number, _ in enumerate(described["contributors"], start=1))),
    ]


def _period(described: Mapping[str, Any]) -> Pairs:
    """The years that the documents plan."""
    if "temporal" not in described:
        return []
    pairs = zip(("startDate", "endDate"), described["temporal"].split("/"), strict=True)
    dates = " ; ".join(f'dcat:{name} "{year}"^^xsd:gYear' for name, year in pairs)
    return [("dct:temporal", f"[ a dct:PeriodOfTime ; {dates} ]")]


def _found_by(described: Mapping[str, Any]) -> Pairs:
    """What a dataset is found by in a catalogue."""
    words = ", ".join(_literal(word, "en") for word in described["keywords"])
    return [("dcat:keyword", words), ("dcat:theme", f"<{AUTHORITY}/data-theme/GOVE>")]


def _distribution(item: Mapping[str, Any], files: Mapping[str, bytes], described: Mapping[str, Any], more: Pairs = ()) -> str:
    data, path = files[item["path"]], _iri(item["path"])
    licence = next((each["path"] for each in described["licenses"] if each.get("path") and each.get("covers") == "data"), None)
    checksum = f'[ a spdx:Checksum ; spdx:algorithm <{SHA256}> ; spdx:checksumValue "{sha256(data)}"^^xsd:hexBinary ]'
    return _node(f"{item['path']}#file", "dcat:Distribution", [
        *_titled(item["title"], item["description"]), ("dcat:accessURL", path), ("dcat:downloadURL", path),
        ("dct:format", f"<{AUTHORITY}/file-type/{FORMATS[item['format']]}>"),
        ("dcat:mediaType", _iri(MEDIA_TYPES + item["mediatype"])),
        ("dcat:byteSize", f'"{len(data)}"^^xsd:nonNegativeInteger'), ("spdx:checksum", checksum),
        *([("dct:license", _iri(licence))] if licence else []), *more,
    ])  # fmt: skip


def _sources(described: Mapping[str, Any]) -> Iterable[str]:
    """The sources with their rights, each a dataset of its own that is not in the catalogue."""
    for source in described["sources"]:
        rights = f"[ a dct:RightsStatement ; rdfs:label {_literal(source['rights'], 'en')} ]"
        where = [("dcat:landingPage", _iri(source["path"]))] if "://" in source.get("path", "") else []
        told = [("dct:rights", rights), ("dct:identifier", _literal(source["sourceId"]))]
        yield _node(f"#source-{source['sourceId']}", "dcat:Dataset", [*_titled(source["title"], source["title"]), *told, *where])
        if where:
            yield f"{where[0][1]} a foaf:Document ."


def _terms(described: Mapping[str, Any]) -> Iterable[str]:
    """The agents, and the kind of every term of another vocabulary, which a validator asks for."""
    authors = described["contributors"]
    publisher = next((item for item in authors if "publisher" in item.get("roles", ())), authors[0])
    yield _node("#publisher", "foaf:Agent", [("foaf:name", _literal(publisher["title"]))])
    for number, item in enumerate(authors, start=1):
        yield _node(f"#creator-{number}", "foaf:Agent", [("foaf:name", _literal(item["title"]))])
    mail = [("vcard:hasEmail", _iri(f"mailto:{publisher['email']}"))] if publisher.get("email") else []
    yield _node("#contact", "vcard:Kind", [("vcard:fn", _literal(publisher["title"])), *mail])
    for code in described.get("spatial", ()):
        yield _node(f"#place-{code}", "dct:Location", [("dct:identifier", _literal(code))])
    formats = sorted({item["format"] for item in described["resources"]} | {"json"})
    media = sorted({item["mediatype"] for item in described["resources"]} | {"application/json"})
    kinds = [(f"{LANGUAGES}{code}", "dct:LinguisticSystem") for code in described["languages"]]
    kinds += [(f"{AUTHORITY}/file-type/{FORMATS[name]}", "dct:MediaTypeOrExtent") for name in formats]
    kinds += [(MEDIA_TYPES + name, "dct:MediaType") for name in media]
    kinds += [(item["path"], "dct:LicenseDocument") for item in described["licenses"] if item.get("path")]
    kinds += [
        (f"{AUTHORITY}/access-right/PUBLIC", "dct:RightsStatement"),
        (SHA256, "spdx:ChecksumAlgorithm"),
        (DATA_PACKAGE, "dct:Standard"),
    ]
    yield "\n".join(f"{_iri(address)} a {kind} ." for address, kind in kinds)
    yield f'<{AUTHORITY}/data-theme/GOVE> a skos:Concept ; skos:prefLabel "Government and public sector"@en .'


def _titled(title: str, description: str) -> Pairs:
    return [("dct:title", _literal(title, "en")), ("dct:description", _literal(description, "en"))]


def _node(address: str, kind: str, pairs: Pairs) -> str:
    return f"{_iri(address)} a {kind} ;\n" + " ;\n".join(f"    {term} {value}" for term, value in pairs) + " ."


def _iri(address: str) -> str:
    """An address without the characters that Turtle cannot hold in one."""
    return f"<{quote(address, safe='%/:;?#@!$&()*+,=~[]-._' + chr(39))}>"


def _literal(text: str, language: str = "") -> str:
    """A string of Turtle: JSON's escapes are a part of Turtle's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F") + (f"@{language}" if language else "")
