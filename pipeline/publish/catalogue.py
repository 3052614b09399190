"""The package as catalogues of data want it: Croissant (machine learning) and schema.org (search engines), from its descriptor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.publish.checksums import sha256
from pipeline.publish.descriptor import PARQUET

CROISSANT = "croissant.json"
SCHEMA_ORG = "schema.org.json"
CONFORMS = "http://mlcommons.org/croissant/1.0"
TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/", "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in (
        "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format", "includes",
        "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
        "samplingRate", "separator", "source", "subField", "transform",
    )},
}  # fmt: skip
"""The context that Croissant 1.0 prescribes."""


def croissant(described: Mapping[str, Any], files: Mapping[str, bytes], citation: str) -> dict[str, Any]:
    """Croissant 1.0: every table as a record set over its Parquet file. described: datapackage.json; files: the data files, by path."""
    tables = [item for item in described["resources"] if item["name"].endswith(PARQUET)]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS,
        **_about(described),
        "citeAs": citation,
        "distribution": [_file_object(item, files[item["path"]]) for item in tables],
        "recordSet": [_record_set(item) for item in tables],
    }


def schema_org(described: Mapping[str, Any], files: Mapping[str, bytes], citation: str) -> dict[str, Any]:
    """schema.org Dataset, as search engines read it."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_about(described),
        "identifier": f"{described['name']}@{described['version']}",
        "citation": citation,
        "isAccessibleForFree": True,
        "isBasedOn": [_based_on(source) for source in described["sources"]],
        "variableMeasured": [_variable(table) for table in described["resources"] if table["name"] == "targets"],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": item["path"],
                "contentUrl": item["path"],
                "encodingFormat": item["mediatype"],
                "contentSize": f"{len(files[item['path']])} B",
                "sha256": sha256(files[item["path"]]),
            }
            for item in described["resources"]
        ],
    }


def _about(described: Mapping[str, Any]) -> dict[str, Any]:
    """What both say of the package as a whole."""
    stated = {
        "name": described["name"],
        "alternateName": described["title"],
        "description": described["description"],
        "version": described["version"],
        "datePublished": described["created"][:10],
        "inLanguage": described["languages"],
        "keywords": described["keywords"],
        "spatialCoverage": described.get("spatial"),
        "temporalCoverage": described.get("temporal"),
        "license": [item["path"] for item in described["licenses"] if item.get("covers", "data") == "data"],
        "creator": [{"@type": "Organization", "name": item["title"]} for item in described["contributors"]],
        "url": described.get("homepage"),
    }
    return {key: value for key, value in stated.items() if value}


def _based_on(source: Mapping[str, Any]) -> dict[str, Any]:
    address = source["path"] if "://" in source.get("path", "") else None
    stated = {"@type": "CreativeWork", "name": source["title"], "url": address, "usageInfo": source["rights"]}
    return {key: value for key, value in stated.items() if value}


def _variable(table: Mapping[str, Any]) -> dict[str, Any]:
    return {"@type": "PropertyValue", "name": table["title"], "description": table["description"]}


def _file_object(item: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": item["path"],
        "name": item["name"],
        "description": item["description"],
        "contentUrl": item["path"],
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(data),
    }


def _record_set(item: Mapping[str, Any]) -> dict[str, Any]:
    """Without references: readers of Croissant join along them. datapackage.json has the foreign keys."""
    name, schema = item["name"].removesuffix(PARQUET), item["schema"]
    keys = schema.get("primaryKey", [])
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": item["description"],
        **({"key": [{"@id": f"{name}/{key}"} for key in ([keys] if isinstance(keys, str) else keys)]} if keys else {}),
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": field["name"],
                "description": field["description"],
                "dataType": TYPES[field["type"]],
                "source": {"fileObject": {"@id": item["path"]}, "extract": {"column": field["name"]}},
            }
            for field in schema["fields"]
        ],
    }
