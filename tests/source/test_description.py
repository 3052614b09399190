from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.errors import InputError
from pipeline.source.description import to_description
from tests.source.reading import content


def changed(**more: Any) -> dict[str, Any]:
    return {**content(b"x", "en"), **more}


def with_file(**more: Any) -> dict[str, Any]:
    whole = content(b"x", "en")
    return {**whole, "files": [{**whole["files"][0], **more}]}


def with_text(**more: Any) -> dict[str, Any]:
    return with_file(texts=[{"edition": "en", "language": "en", **more}])


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        (changed(colour="red"), "colour"),
        (changed(document_id="Xx_1"), "document_id"),
        (changed(document_id="-x"), "document_id"),
        (changed(titles={}), "titles"),
        (changed(titles={"English": "x"}), "language code"),
        (changed(files=[]), "files"),
        (changed(issued_on="2019-02-30"), "2019-02-30"),
        (changed(issued_on="3 May 2019"), "not a date"),
        (changed(period_start=2030, period_end=2020), "period_start"),
        (changed(period_start="2020"), "period_start"),
        (changed(original="fr"), "editions"),
        (
            {**with_text(curated={"translation_status": {"value": "human_translation", "source": "x"}}), "original": "en"},
            "but in",
        ),
        (changed(curated={"document_number": "12"}), "document_number"),
        (changed(curated={"document_number": {"value": "12"}}), "source"),
        (with_file(name="../a.txt"), "file name"),
        (with_file(name="a"), "file name"),
        (with_file(sha256="abc"), "sha256"),
        (with_file(texts=[]), "no texts"),
        (with_file(texts=[{"edition": "en", "language": "en"}] * 2), "twice"),
        (with_text(language="tlh"), "language pack"),
        (with_text(edition="EN"), "edition"),
        (with_text(curated={"translation_status": {"value": "guess", "source": "x"}}), "guess"),
        ([], "object"),
    ],
)
def test_every_fault_is_one_line(entries: Any, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        to_description(entries, "raw/xx/document.yaml")
    assert reason in str(caught.value)
    assert str(caught.value).startswith("raw/xx/document.yaml: ")
    assert "\n" not in str(caught.value)


def test_curated_values_go_before_printed_ones() -> None:
    curated = {"document_number": {"value": "某发〔2019〕1号", "source": "a register"}}
    document = to_description(changed(numbers={"en": "XF 1"}, issued_on="2019-05-03", curated=curated), "x").document
    assert (document.document_number, document.issued_on, document.original_text_id) == ("某发〔2019〕1号", "2019-05-03", None)


def test_printed_number_of_the_original_stands() -> None:
    whole = content(b"x", "en", "zh", original="zh", numbers={"en": "XF 1", "zh": "某发1号"})
    document = to_description(whole, "x").document
    assert (document.document_number, document.original_text_id) == ("某发1号", "xx-doc.zh")


def test_a_text_is_the_whole_original_unless_said_otherwise() -> None:
    ((_, plain),) = to_description(content(b"x", "en"), "x").texts()
    curated = {
        "translation_status": {"value": "machine_translation", "source": "s"},
        "excerpt_of": {"value": "s4", "source": "s"},
    }
    ((_, told),) = to_description(with_text(curated=curated), "x").texts()
    assert (plain.translation_status, plain.completeness, plain.excerpt_of) == ("original", "full", None)
    assert (told.translation_status, told.completeness, told.excerpt_of) == ("machine_translation", "full", "s4")


def test_a_document_type_that_is_no_code_is_refused() -> None:
    content = changed(curated={"document_type": {"value": "stratgy", "source": "its title"}})
    with pytest.raises(InputError, match=r"'stratgy' is no code of schemas/codelists/document_types\.csv: "):
        to_description(content, "document.yaml")
