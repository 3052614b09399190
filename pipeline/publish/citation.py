"""How a package is cited: one line for people, CITATION.cff (Citation File Format 1.2) for machines."""

from __future__ import annotations

import json
import re

from pipeline.core.schema import Package

CITATION = "CITATION.cff"
UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
DATE_PARTS = re.compile(r"\[\s+\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]\s+\]")
MESSAGE = "If you use these data, please cite the version that you used."


def citation(package: Package) -> str:
    """One line that names who, what, which and when."""
    authors = "; ".join(item["title"] for item in package.contributors if item.get("title"))
    where = f" {package.homepage}" if package.homepage else ""
    return f"{authors} ({package.date[:4]}). {package.title} (version {package.version}) [data set].{where}"


def citation_file(package: Package) -> str:
    """CITATION.cff. Its strings are written as JSON does, which YAML reads alike; the version stays plain."""
    lines = [
        "cff-version: 1.2.0",
        f"title: {quoted(package.title)}",
        f"message: {quoted(MESSAGE)}",
        "type: dataset",
        f"version: {package.version}",
        f"date-released: {quoted(package.date)}",
        f"license: {quoted(licence_id(package))}",
        "authors:",
        *(f"  - name: {quoted(name)}" for name in author_names(package)),
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


def bibtex(package: Package) -> str:
    """The citation as an entry of BibTeX; braces keep its reader from rewriting names and titles."""
    authors = " and ".join("{" + _plain(name) + "}" for name in author_names(package))
    fields = {
        "author": authors,
        "title": "{" + _plain(package.title) + "}",
        "version": _plain(package.version),
        "year": package.date[:4],
        "month": str(int(package.date[5:7])),
        "note": "Data set",
    }
    fields |= {"url": package.homepage} if package.homepage else {}
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items()]
    key = re.sub("[^A-Za-z0-9]+", "_", f"{package.name}_{package.version}")
    return "@misc{" + ",\n".join([key, *lines]) + "\n}"


def csl_json(package: Package) -> str:
    """The citation as CSL-JSON, which Zotero, Pandoc and other programs read."""
    entry = {
        "id": f"{package.name}-{package.version}",
        "type": "dataset",
        "title": package.title,
        "author": [{"literal": name} for name in author_names(package)],
        "issued": {"date-parts": [[int(part) for part in package.date.split("-")]]},
        "version": package.version,
    }
    entry |= {"URL": package.homepage} if package.homepage else {}
    return DATE_PARTS.sub(r"[[\1, \2, \3]]", json.dumps([entry], ensure_ascii=False, indent=2))


def author_names(package: Package) -> list[str]:
    """The names of the authors, else of everybody who contributed."""
    authors = [item for item in package.contributors if item["role"] == "author"] or list(package.contributors)
    return [item["title"] for item in authors]


def _plain(words: str) -> str:
    """Words without what BibTeX and TeX take for markup."""
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\]", "", words))
