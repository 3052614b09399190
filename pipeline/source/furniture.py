"""What stands around and between the lines of a text but is no part of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.source.layout import is_finished, width_of
from pipeline.source.lines import Lines
from pipeline.source.words import Words, furniture, unit_starts

FIRST_LINES = 40
LAST_LINES = 60
LONGEST = 400
PAGE_EDGE = frozenset("0123456789０１２３４５６７８９-—–―─－~·•|>])）页頁ivxIVX")
LAST_EDGE = PAGE_EDGE | frozenset("*=")
NUMBER = re.compile(r"[0-9]{1,4}")
LONE_NUMBER = re.compile(r"[\[(<|\s]*([0-9]{1,4}|[ivxl]{1,7})[\])>|\s]*")
BARRED = re.compile(r"(?:#{1,6}\s+)?(?:([0-9]{1,3})\s?\|\s?[^|]*[^\W\d][^|]*|[^|]*[^\W\d][^|]*\|\s?([0-9]{1,3}))")
DIGITS = re.compile(r"[0-9]+")
LEAST_REPEATS = 3
RUNNING_LINE = 120
TITLE = 2
LINES_APART = 8
TOGETHER = 4
CHARACTERS_APART = 500
DISTINCT = 0.7
MARKUP = frozenset("<!{[(*")
MIXED = re.compile(r"[a-z][A-Z]")
ODD_LINE = 90
LEAST_LETTERS = 6
PROSE_ENDS = frozenset(".;:,：、")
PROSE_LINE = 40


def find_furniture(lines: Lines, words: Words) -> dict[int, str]:
    """Line number → problem kind (boilerplate or page_furniture) of the lines that are no part of the text."""
    found = dict.fromkeys(_rest(lines), "boilerplate")
    end = min(found, default=len(lines))
    edge = furniture("edge")
    for index in (*range(min(FIRST_LINES, end)), *range(max(FIRST_LINES, end - LAST_LINES), end)):
        if len(lines.text[index]) <= LONGEST and edge.match(lines.text[index]):
            found[index] = "boilerplate"
    found.update(dict.fromkeys(find_page_furniture(lines, words, end), "page_furniture"))
    return found


def _rest(lines: Lines) -> range:
    """From the first line that opens the comments to the end, where most of the file stands before it."""
    if not lines.text:
        return range(0)
    rest, total = furniture("rest"), lines.end(len(lines) - 1)
    for index, text in enumerate(lines.text):
        if len(text) <= LONGEST and rest.match(text) and lines.start[index] - lines.start[0] >= 0.4 * (total - lines.start[0]):
            return range(index, len(lines))
    return range(0)


def find_page_furniture(lines: Lines, words: Words, end: int) -> set[int]:
    """Page numbers, and headers and footers that recur at the distance of pages, among the first `end` lines."""
    known = furniture("any")
    edges = [index for index in range(end) if _at_page_edge(lines.text[index])]
    found = {index for index in edges if known.match(lines.text[index])}
    found.update(_lone_numbers(lines, edges, found))
    found.update(_barred(lines, edges))
    found.update(_odd_copies(lines, end))
    found.update(_behind_feeds(lines, end))
    groups = list(_recurring(lines, end, edges))
    for indices in groups:
        found.update(_with_numbers(lines, indices, end))
    before = -1
    while len(found) > before:  # a header above a page number is known by it, and a running title by that header
        before = len(found)
        found.update(_running_lines(lines, words, end, groups, found))
    return found


def _at_page_edge(text: str) -> bool:
    if len(text) > RUNNING_LINE:
        return text[0] in MARKUP and len(text) <= LONGEST
    return text[-1] in LAST_EDGE or text[0] in PAGE_EDGE or "|" in text


def _lone_numbers(lines: Lines, edges: Iterable[int], found: set[int]) -> Iterator[int]:
    """Numbers on lines of their own that count up by one from page to page, or stand at a form feed."""
    numbers = [(index, match[1]) for index in edges if index not in found and (match := LONE_NUMBER.fullmatch(lines.text[index]))]
    yield from (index for index, _ in numbers if index in lines.feeds or index + 1 in lines.feeds)
    counted = [(index, int(number)) for index, number in numbers if number.isdigit()]
    chain: list[tuple[int, int]] = []
    for index, number in counted:
        if chain and number == chain[-1][1]:
            continue
        if chain and not 0 < number - chain[-1][1] <= 2:
            yield from _if_pages(lines, chain)
            chain = []
        chain.append((index, number))
    yield from _if_pages(lines, chain)


def _barred(lines: Lines, edges: Iterable[int]) -> Iterator[int]:
    """Titles with a bar and a page number beside them: the same words again and again, numbers that rise from page to page."""
    barred = [
        (index, int(match[1] or match[2]), _letters(DIGITS.sub("", lines.text[index]).strip("#| ")))
        for index in edges
        if lines.text[index].count("|") == 1 and not _is_row(lines, index) and (match := BARRED.fullmatch(lines.text[index]))
    ]
    often = Counter(words for _, _, words in barred)
    rising: list[tuple[int, int]] = []
    for index, number, words in barred:
        if often[words] > 1 and (not rising or number > rising[-1][1]):
            rising.append((index, number))
    yield from _if_pages(lines, rising)


def _is_row(lines: Lines, index: int) -> bool:
    """Whether the line above or below has a bar too, as the rows of a table without outer bars do."""
    beside = (lines.text[near] for near in (index - 1, index + 1) if 0 <= near < len(lines))
    return any("|" in text and text[0] != "|" for text in beside)


def _if_pages(lines: Lines, chain: Sequence[tuple[int, int]]) -> Iterator[int]:
    apart = [lines.start[after] - lines.start[before] for (before, _), (after, _) in pairwise(chain)]
    if len(chain) >= LEAST_REPEATS and median(apart) >= CHARACTERS_APART:
        yield from (index for index, _ in chain)


def _running_lines(lines: Lines, words: Words, end: int, groups: Sequence[list[int]], found: set[int]) -> Iterator[int]:
    """Of the lines that recur, those that stand where a page ends: between lines that differ, at a page break or within a
    sentence. What recurs together with its surroundings is a passage of the text."""
    for indices in groups:
        if indices[1] in found:
            continue
        above = {_beyond(lines, index, -1, found, end) for index in indices}
        below = {_beyond(lines, index, 1, found, end) for index in indices}
        if max(len(above), len(below)) < DISTINCT * len(indices):
            continue
        hard = sum(_at_page_break(lines, index, found) for index in indices)
        counted = lines.text[indices[0]] != lines.text[indices[1]]
        labelled = not counted and unit_starts("weak").match(lines.text[indices[0]])
        soft = 0 if labelled else sum(_in_sentence(lines, words, index, end) for index in indices)
        if 3 * max(hard, soft) >= len(indices):
            # the title of the document may run on from page to page
            yield from indices[not counted and indices[0] <= TITLE and lines.blank[indices[0] + 1] > 0 :]


def _beyond(lines: Lines, index: int, step: int, found: set[int], end: int) -> str:
    """The next line up or down that is no furniture."""
    index += step
    while index in found:
        index += step
    return lines.text[index] if 0 <= index < end else ""


def _recurring(lines: Lines, end: int, edges: Sequence[int]) -> Iterator[list[int]]:
    """Lines that recur at least three times, word for word or but for a page number, at the distance of pages."""
    texts = lines.text[:end]
    frequent = {text for text, count in Counter(texts).items() if count >= LEAST_REPEATS and _may_run(text)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    if frequent:
        for index, text in enumerate(texts):
            if text in frequent:
                places[text].append(index)
    for index in edges:
        text = texts[index]
        if index < end and NUMBER.search(text) and _has_words(text) and _may_run(text):
            places["\0" + DIGITS.sub("#", text)].append(index)
    for key, indices in sorted(places.items()):
        if _are_far(indices) and (key[0] != "\0" or _counts_up(texts, indices)):
            yield indices


def _behind_feeds(lines: Lines, end: int) -> Iterator[int]:
    """Lines that recur right behind a form feed."""
    first = Counter(lines.text[index] for index in lines.feeds if index < end)
    yield from (
        index for index in sorted(lines.feeds) if index < end and first[lines.text[index]] > 1 and _may_run(lines.text[index])
    )


def _odd_copies(lines: Lines, end: int) -> Iterator[int]:
    """Short lines that copy another in letters set apart or in mixed cases, as small capitals come out of a printed page."""
    odd = [index for index in range(end) if _is_odd(lines.text[index])]
    if not odd:
        return
    plain = {_letters(text) for text in lines.text[:end] if len(text) <= RUNNING_LINE and not _is_odd(text)}
    yield from (index for index in odd if len(letters := _letters(lines.text[index])) >= LEAST_LETTERS and letters in plain)


def _is_odd(text: str) -> bool:
    """Whether a line may be a title whose letters stand apart or in mixed cases."""
    if len(text) > ODD_LINE or not text[0].isupper() or text[-1] in PROSE_ENDS:
        return False
    return 4 * text.count(" ") > len(text) or MIXED.search(text) is not None


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()


def _are_far(indices: Sequence[int]) -> bool:
    """Whether lines stand at the distance of pages, perhaps twice on each: above and below its number."""
    first = [after for before, after in pairwise((-LINES_APART, *indices)) if after - before >= TOGETHER]
    return len(first) > 1 and median(after - before for before, after in pairwise(first)) >= LINES_APART


def _with_numbers(lines: Lines, indices: Sequence[int], end: int) -> Iterator[int]:
    """Lines that recur right above or below a number that counts up, with these numbers."""
    for step in (1, -1):
        beside = [index + step for index in indices if 0 <= index + step < end and lines.text[index + step].isdecimal()]
        numbers = [int(lines.text[index]) for index in beside]
        counted = sum(0 < after - before <= 2 for before, after in pairwise(numbers))
        if len(beside) >= LEAST_REPEATS and counted * 5 >= len(beside) * 3 and len(beside) * 5 >= len(indices) * 2:
            yield from indices
            yield from beside


def _may_run(text: str) -> bool:
    """Whether a line may be a page header at all: it is short, has words, and is no prose, heading or row."""
    if len(text) > RUNNING_LINE or text[0] in "|#" or text[-1] in PROSE_ENDS or any(mark in text for mark in "，。；"):
        return False
    return any(map(str.isalpha, text)) and not unit_starts("strong").match(text)


def _has_words(text: str) -> bool:
    """Whether more than a label stands beside the number: a heading's number is followed by other words each time."""
    letters = DIGITS.sub("", text)
    return len(letters.split()) >= 3 or width_of(letters) >= 16


def _counts_up(texts: Sequence[str], indices: Sequence[int]) -> bool:
    """Whether lines that differ in a number alone count pages: the first or last number goes up by one or two each time."""
    if len(indices) < LEAST_REPEATS:
        return False
    for position in (0, -1):
        numbers = [int(NUMBER.findall(texts[index])[position]) for index in indices]
        steps = [after - before for before, after in pairwise(numbers)]
        if all(0 < step <= 4 for step in steps):
            return True
    return False


def _at_page_break(lines: Lines, index: int, found: set[int]) -> bool:
    return index in lines.feeds or index + 1 in lines.feeds or index - 1 in found or index + 1 in found


def _in_sentence(lines: Lines, words: Words, index: int, end: int) -> bool:
    """Whether a line stands between two parts of one sentence."""
    if not 0 < index < end - 1:
        return False
    before, after = lines.text[index - 1], lines.text[index + 1]
    if is_finished(before) or width_of(before) < PROSE_LINE or unit_starts("strong").match(after):
        return False
    return after[0].islower() if words.spaced else not unit_starts("weak").match(after)
