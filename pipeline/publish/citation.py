"""How a package is cited: one line for people, CITATION.cff (Citation File Format 1.2) for machines."""

from __future__ import annotations

import json
import re

from pipeline.core.schema import Package

CITATION = "CITATION.cff"
UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
MESSAGE = "If you use these data, please cite the version that you used."


def citation(package: Package) -> str:
    """One line that names who, what, which and when."""
    authors = "; ".join(item["title"] for item in package.contributors if item.get("title"))
    where = f" {package.homepage}" if package.homepage else ""
    return f"{authors} ({package.date[:4]}). {package.title} (version {package.version}) [data set].{where}"


def citation_file(package: Package) -> str:
    """CITATION.cff. Its strings are written as JSON does, which YAML reads alike; the version stays plain."""
    authors = [item for item in package.contributors if item["role"] == "author"] or list(package.contributors)
    lines = [
        "cff-version: 1.2.0",
        f"title: {quoted(package.title)}",
        f"message: {quoted(MESSAGE)}",
        "type: dataset",
        f"version: {package.version}",
        f"date-released: {quoted(package.date)}",
        f"license: {quoted(licence_id(package))}",
        "authors:",
        *(f"  - name: {quoted(item['title'])}" for item in authors),
        f"abstract: {quoted(' '.join(package.description.split()))}",
        f"keywords: [{', '.join(map(quoted, package.keywords))}]",
    ]
    lines += [f"url: {quoted(package.homepage)}"] if package.homepage else []
    return "\n".join(lines) + "\n"


def licence_id(package: Package) -> str:
    """The SPDX identifier of the licence that covers the data, else of any."""
    names = [item["name"] for item in sorted(package.licences, key=lambda item: item["covers"] != "data")]
    return str(names[0])


def quoted(text: str) -> str:
    """A string of YAML: that of JSON, but for characters that YAML takes for line ends or does not print."""
    return UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
