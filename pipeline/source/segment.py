"""Several language versions in one file: where one ends and the next begins, by their scripts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.core.model import Frozen
from pipeline.source.lines import Lines
from pipeline.source.words import Words, all_words

LEAST = 1500
"""The least content, in weighted letters, of a text that counts as a language version of its own."""
LEAST_SHARE = 0.1


class Run(Frozen):
    """Consecutive lines [first, after) of one script, and their content."""

    script: str
    first: int
    after: int
    amount: int


class Segment(Frozen):
    """Consecutive lines [first, after) that belong to one text (its number among the texts), or to none of them."""

    text: int | None
    first: int
    after: int
    script: str


def scripts() -> dict[str, Words]:
    """One language for each script."""
    return {words.script: words for words in reversed(all_words())}


def script_runs(lines: Lines) -> list[Run]:
    """The lines as runs of one script; lines without letters belong to what stands before them."""
    known = scripts()
    ascii_script = next((script for script, words in known.items() if words.letters.match("a")), "")
    named = ((_script(text, known, ascii_script), index, len(text)) for index, text in enumerate(lines.text))
    runs: list[Run] = []
    for (script, weight), group in groupby(named, key=lambda each: each[0]):
        members = list(group)
        first, after = members[0][1], members[-1][1] + 1
        amount = weight * sum(length for _, _, length in members)
        if runs and (not script or runs[-1].script == script):
            last = runs.pop()
            runs.append(Run(last.script, last.first, after, last.amount + (amount if script else 0)))
        else:
            runs.append(Run(script, first, after, amount))
    return runs


def _script(text: str, known: dict[str, Words], ascii_script: str) -> tuple[str, int]:
    if text.isascii():
        has_letters = text.islower() or text.isupper() or text.lower() != text
        return (ascii_script, known[ascii_script].weight) if has_letters and ascii_script else ("", 0)
    amounts = {script: words.amount(text) for script, words in known.items()}
    script = max(amounts, key=lambda each: amounts[each])
    return (script, known[script].weight) if amounts[script] else ("", 0)


def least(total: int) -> float:
    """The content that a part of a file needs to count as a language version of its own."""
    return max(LEAST, LEAST_SHARE * total)


def find_versions(runs: Sequence[Run]) -> list[Run]:
    """The language versions in a file, in order: long stretches of one script; a few foreign lines make none."""
    order = [run.script for run in runs if run.script]
    if not order:
        return []
    limit = least(sum(run.amount for run in runs))
    states = sorted(set(order))
    costs = dict.fromkeys(states, 0.0)
    steps: list[dict[str, str]] = []
    for run in runs:
        best = min(states, key=lambda each: costs[each])
        came = {state: state if costs[state] <= costs[best] + limit else best for state in states}
        wrong = {state: 0 if state == run.script or not run.script else run.amount for state in states}
        costs = {state: costs[came[state]] + (limit if came[state] != state else 0) + wrong[state] for state in states}
        steps.append(came)
    state, path = min(states, key=lambda each: costs[each]), []
    for came in reversed(steps):
        path.append(state)
        state = came[state]
    return _merged(runs, path[::-1])


def _merged(runs: Sequence[Run], path: Sequence[str]) -> list[Run]:
    merged = []
    for script, group in groupby(zip(path, runs, strict=True), key=lambda each: each[0]):
        members = [run for _, run in group]
        merged.append(Run(script, members[0].first, members[-1].after, sum(run.amount for run in members)))
    return merged


def assign(lines: Lines, languages: Sequence[Words]) -> list[Segment] | None:
    """The lines shared out to the texts of a file, in their order. None where scripts cannot tell them apart."""
    wanted = [words.script for words in languages]
    if any(one == other for one, other in zip(wanted, wanted[1:], strict=False)):
        return None
    versions = find_versions(script_runs(lines))
    if len(wanted) == 1 and not versions:
        return [Segment(0, 0, len(lines), wanted[0])]
    chosen = _in_order([version.script for version in versions], [version.amount for version in versions], wanted)
    if chosen is None:
        return None
    return [
        Segment(chosen.index(index) if index in chosen else None, version.first, version.after, version.script)
        for index, version in enumerate(versions)
    ]


def _in_order(found: list[str], amounts: list[int], wanted: list[str]) -> list[int] | None:
    """For each wanted script, which of the found ones it is: in order, with the greatest content; None where one is lacking."""
    best: list[tuple[int, list[int]] | None] = [(0, []), *[None] * len(wanted)]
    for index, script in enumerate(found):
        for count in range(len(wanted), 0, -1):
            before = best[count - 1]
            if before is None or wanted[count - 1] != script:
                continue
            total = before[0] + amounts[index]
            here = best[count]
            if here is None or total > here[0]:
                best[count] = (total, [*before[1], index])
    last = best[-1]
    return last[1] if last else None
