"""What quantulum3 and Recognizers-Text read: texts come in as JSON on standard input, quantities go out as JSON.

Runs in an environment of its own (.venv-bench), without anything of the pipeline. Each tool is used as its documentation shows,
line by line, and reports a value where it stands. `sized` are those with a unit that policy documents set targets in (shares, money,
data), which leaves out the years, ordinals and bare numbers that these tools are made to find, too.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

Found = tuple[int, int, float, bool]
"""(start, end, value, whether it is sized)"""

Reader = Callable[[str], Iterator[Found]]
WARM_UP = "By 2030, 9% of 20 million ships."


def quantulum(language: str) -> Reader | None:
    """quantulum3; it reads English only."""
    if language != "en":
        return None
    parser = importlib.import_module("quantulum3.parser")

    def read(line: str) -> Iterator[Found]:
        for each in parser.parse(line):
            unit, entity = each.unit.name, each.unit.entity.name
            sized = unit == "percentage" or entity == "currency" or entity.startswith("data") or "bit" in unit or "byte" in unit
            yield each.span[0], each.span[1], each.value, sized

    return read


def recognizers(language: str) -> Reader | None:
    """Recognizers-Text: numbers, percentages, currencies and dimensions, the longest of those that overlap."""
    culture = {"en": "en-us", "zh": "zh-cn"}.get(language)
    if culture is None:
        return None
    number = importlib.import_module("recognizers_number")
    unit = importlib.import_module("recognizers_number_with_unit")
    models = [number.recognize_percentage, unit.recognize_currency, unit.recognize_dimension, number.recognize_number]

    def read(line: str) -> Iterator[Found]:
        found = []
        for rank, model in enumerate(models):
            for each in model(line, culture):
                value = _value((each.resolution or {}).get("value"))
                if value is not None:
                    name = str(each.resolution.get("unit") or "").lower()
                    sized = rank < 2 or "bit" in name or "byte" in name
                    found.append((each.start, each.end + 1, value, sized, rank))
        taken: list[tuple[int, int]] = []
        for start, end, value, sized, _ in sorted(found, key=lambda item: (item[0] - item[1], item[4], item[0])):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield start, end, value, sized

    return read


def _value(printed: str | None) -> float | None:
    try:
        return float((printed or "").rstrip("%"))
    except ValueError:
        return None


TOOLS = {"quantulum3": quantulum, "Recognizers-Text": recognizers}


def read_text(reader: Reader, text: str) -> tuple[float, list[dict[str, Any]]]:
    """CPU seconds, and what was found, with offsets in the text."""
    rows, offset, start = [], 0, time.process_time()
    for line in text.split("\n"):
        if line.strip():
            rows += [
                {"char_start": offset + first, "char_end": offset + last, "value": value, "sized": sized}
                for first, last, value, sized in reader(line)
            ]
        offset += len(line) + 1
    return time.process_time() - start, rows


def main() -> None:
    """Read {"language", "text_id", "text"} from a JSON list and print {tool: {text_id: {"seconds", "rows"}} or a reason}."""
    warnings.simplefilter("ignore")
    texts = json.load(sys.stdin)
    results: dict[str, Any] = {}
    for name, tool in TOOLS.items():
        try:
            found = {}
            for text in texts:
                reader = tool(text["language"])
                if reader is not None:
                    list(reader(WARM_UP))
                    seconds, rows = read_text(reader, text["text"])
                    found[text["text_id"]] = {"seconds": seconds, "rows": rows}
            results[name] = found
        except Exception as error:  # noqa: BLE001 - whatever a tool does wrong is its result
            results[name] = f"{type(error).__name__}: {error}"
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
