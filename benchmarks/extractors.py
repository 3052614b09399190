"""What each extractor costs: CPU milliseconds for a MB of input, and how often the time of a plain pass over the same sentences.

The plain pass encodes every sentence and finds its words with `re`, in turns with the extractors, so that a slow machine, or a busy one,
changes the ratios little. Each extractor has a budget of such passes: its own measure with a quarter of room. Who makes one slower
finds a way, or says here why it is worth it.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from benchmarks.speed import MB
from benchmarks.texts import documents, real_texts
from pipeline.core.language import Language, load_language
from pipeline.core.model import Outline, Sentence
from pipeline.extract import EXTRACTORS
from pipeline.extract.context import context_of
from pipeline.outline import outline_document
from pipeline.source import read_document

CONTEXT = "context"
"""Topics, deadlines and names, which the extractors share."""
PLAIN = "plain pass"
BUDGETS: Mapping[str, Mapping[str, float]] = {
    "en": {"context": 1.6, "statements": 3.0, "quantities": 3.1, "body_mentions": 8.2, "instrument_mentions": 3.0},
    "zh": {"context": 4.2, "statements": 10.5, "quantities": 6.9, "body_mentions": 15.5, "instrument_mentions": 5.9},
}
"""Language → extractor → plain passes."""
WORD = re.compile(r"\w+")
WARM_UP = 0.15
"""Of the input, before anything is counted: automata are built while they run."""

Result = TypeVar("Result")


def costs(outlines: Sequence[Outline], language: Language) -> dict[str, float]:
    """CPU seconds of the plain pass, of the context and of each extractor, over some texts."""
    seconds: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[..., Result], *given: object) -> Result:
        start = time.process_time()
        result = work(*given)
        seconds[name] += time.process_time() - start
        return result

    for outline in outlines:
        timed(PLAIN, plain_pass, outline.sentences)
        context = timed(CONTEXT, context_of, outline, language)
        for name, extractor in EXTRACTORS.items():
            timed(name, extractor, context)
    return seconds


def plain_pass(sentences: Sequence[Sentence]) -> int:
    """The bytes and the words of some sentences."""
    return sum(len(sentence.text.encode()) + len(WORD.findall(sentence.text)) for sentence in sentences)


def table(code: str, size: int) -> Iterator[tuple[str, bool]]:
    """The lines for a person to read, and whether each keeps its budget. size: bytes of input."""
    language, texts = load_language(code), real_texts(code)
    made = [(len(files["text.txt"]), outline_document(read_document(described, files).texts)[0])
            for described, files in documents(texts, language, size)]  # fmt: skip
    first = max(1, round(len(made) * WARM_UP))
    costs([outline for _, outlines in made[:first] for outline in outlines], language)
    seconds = costs([outline for _, outlines in made[first:] for outline in outlines], language)
    read = sum(length for length, _ in made[first:]) / MB
    yield f"{code:<22}{'ms/MB':>9}{'passes':>9}{'budget':>9}", True
    for name, spent in seconds.items():
        passes, budget = spent / seconds[PLAIN], BUDGETS.get(code, {}).get(name)
        over = budget is not None and passes > budget
        words = f"{name:<22}{spent / read * 1000:>9.1f}{passes:>9.2f}{'' if budget is None else format(budget, '.1f'):>9}"
        yield words + "  OVER" * over, not over


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where an extractor is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extractors", description=__doc__)
    parser.add_argument("--size", type=float, default=4, help="MB of input for each language (default: 4)")
    parser.add_argument("--language", action="append", help="a language code; may be repeated (default: en and zh)")
    options = parser.parse_args(arguments)
    kept = True
    for code in options.language or ["en", "zh"]:
        for line, within in table(code, int(options.size * MB)):
            print(line, flush=True)
            kept = kept and within
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
