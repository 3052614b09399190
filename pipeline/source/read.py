"""A document's files → its texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.errors import InputError
from pipeline.core.model import Correction, Document, Frozen, Problem, Source, Text
from pipeline.core.problems import problem
from pipeline.source.corrections import correction_problems, find_corrections
from pipeline.source.decode import decode
from pipeline.source.defects import describe_lone, find_defects, lone_brackets
from pipeline.source.description import Description, FileDescription, TextDescription
from pipeline.source.furniture import find_furniture
from pipeline.source.layout import find_layout
from pipeline.source.lines import Lines, blocks, split_lines
from pipeline.source.paragraphs import Join, build_paragraphs
from pipeline.source.segment import LEAST, LEAST_SHARE, assign, least, script_runs, scripts
from pipeline.source.words import Words, furniture_rule, words

RANK = ("original", "human_translation", "machine_translation")
BREAK_CONTEXT = 12
NONE, LITTLE, SOME, ALL = "none", "little", "some", "all"
FEW = 40
"""Content, in weighted letters, from which the script of a text can be told."""
SHORT, SHORT_SHARE = 150, 0.2
"""Content, and share of a file, from which foreign lines in a row may be a short version of the text."""


class Reading(Frozen):
    """One document as read: its texts (the original first, machine translations last) and the decoded files by source_id."""

    document: Document
    sources: tuple[Source, ...]
    texts: tuple[Text, ...]
    decoded: dict[str, str]
    problems: tuple[Problem, ...]
    corrections: tuple[Correction, ...] = ()


class Excerpt(Frozen):
    """The part of a file that belongs to one text: lines [first, after)."""

    description: TextDescription
    first: int
    after: int


def read_document(description: Description, files: Mapping[str, bytes]) -> Reading:
    """Decode a document's files and find its texts. Raises InputError for bytes that cannot be read."""
    document_id = description.document_id
    sources: list[Source] = []
    texts: list[Text] = []
    decoded: dict[str, str] = {}
    problems: list[Problem] = []
    for file in description.files:
        where = f"{document_id}/{file.name}"
        characters, encoding = decode(files[file.name], where)
        source = _source(document_id, file, files[file.name], encoding)
        sources.append(source)
        decoded[source.source_id] = characters
        for text, found in _texts(source, file, characters):
            texts.append(text)
            problems += found
    texts.sort(key=lambda text: (RANK.index(text.translation_status), text.completeness != "full", text.text_id))
    corrections = find_corrections(description, texts)
    problems += correction_problems(corrections, texts, decoded)
    return Reading(description.document, tuple(sources), tuple(texts), decoded, tuple(problems), tuple(corrections))


def _source(document_id: str, file: FileDescription, data: bytes, encoding: str) -> Source:
    return Source(
        source_id=f"{document_id}/{file.stem}",
        document_id=document_id,
        file=f"{document_id}/{file.name}",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type=file.media_type,
        encoding=encoding,
        publisher=file.publisher,
        address=file.address,
        rights=file.rights,
    )


def _texts(source: Source, file: FileDescription, decoded: str) -> Iterator[tuple[Text, list[Problem]]]:
    lines = split_lines(decoded)
    excerpts, problems = _excerpts(source, file, lines, decoded)
    for excerpt in excerpts:
        text, found = _text(source, excerpt, lines, decoded)
        yield text, problems + found
        problems = []


def _excerpts(source: Source, file: FileDescription, lines: Lines, decoded: str) -> tuple[list[Excerpt], list[Problem]]:
    """Which lines of the file belong to which text. Raises InputError where that cannot be told."""
    if any(text.first_line for text in file.texts):
        return list(_named(source, file, lines)), []
    habits = [words(text.language) for text in file.texts]
    foreign = _foreign(habits[0], decoded) if len(habits) == 1 else SOME
    if foreign in (NONE, LITTLE):
        doubts = list(_read_along(source, lines, habits[0])) if foreign == LITTLE else []
        return [Excerpt(file.texts[0], 0, len(lines))], doubts
    segments = assign(lines, habits) if foreign == SOME else None
    if segments is None:
        if len(habits) == 1:
            reason = f"is described as {file.texts[0].language!r}, but little of it is in that script"
            raise InputError(source.file, reason, "correct the language in document.yaml")
        languages = ", ".join(text.language for text in file.texts)
        reason = f"no border between its texts ({languages}) was found"
        raise InputError(source.file, reason, "give each text in document.yaml its first_line, in the order of the file")
    excerpts = [Excerpt(file.texts[each.text], each.first, each.after) for each in segments if each.text is not None]
    left_out = [(each.first, each.after) for each in segments if each.text is None]
    return excerpts, [_left_out(source, lines, *each) for each in left_out]


def _foreign(habits: Words, decoded: str) -> str:
    """How much of a file is in other scripts than its description says: NONE that matters, LITTLE that may be a short language
    version, SOME that may be one left out, or nearly ALL."""
    foreign = sum(other.amount(decoded) for script, other in scripts().items() if script != habits.script)
    if foreign < FEW or (foreign < LEAST and SHORT_SHARE * len(decoded) > foreign):
        return NONE
    own = habits.amount(decoded)
    return ALL if own < LEAST_SHARE * foreign else SOME if foreign >= least(own + foreign) else LITTLE


def _left_out(source: Source, lines: Lines, first: int, after: int) -> Problem:
    message = f"{after - first} lines from here on, in another language, belong to no text that document.yaml describes"
    return _at_lines(source, lines, first, message)


def _at_lines(source: Source, lines: Lines, first: int, message: str) -> Problem:
    start, end = lines.start[first], lines.end(first)
    quote = lines.text[first]
    return problem("uncertain_boundary", message, source_id=source.source_id, char_start=start, char_end=end, quote=quote)


def _read_along(source: Source, lines: Lines, habits: Words) -> Iterator[Problem]:
    """What may be a language version too short to be told from a few foreign lines: it is read, as if it were in the other language."""
    runs = script_runs(lines)
    total = sum(run.amount for run in runs)
    for run in runs:
        if run.script not in ("", habits.script) and run.amount >= max(SHORT, SHORT_SHARE * total):
            count = run.after - run.first
            message = (
                f"{count} lines from here on, in another language, are read with the rest; a version of the text needs an entry"
            )
            yield _at_lines(source, lines, run.first, message)


def _named(source: Source, file: FileDescription, lines: Lines) -> Iterator[Excerpt]:
    starts: list[int] = []
    for text in file.texts:
        if text.first_line is None:
            raise InputError(
                source.file, f"text {text.edition!r} has no first_line, but another has", "give it one in document.yaml"
            )
        starts.append(_find_line(source, lines, text.first_line, starts[-1] + 1 if starts else 0))
    for text, first, following in zip(file.texts, starts, [*starts[1:], len(lines)], strict=True):
        last = _find_line(source, lines, text.last_line, first) + 1 if text.last_line is not None else following
        yield Excerpt(text, first, min(last, following))


def _find_line(source: Source, lines: Lines, line: str, first: int) -> int:
    try:
        return lines.text.index(line.strip(), first)
    except ValueError as error:
        reason = f"the line {line!r} of document.yaml does not stand there, or not in that order"
        raise InputError(source.file, reason, "copy the line as it is printed") from error


def _text(source: Source, excerpt: Excerpt, lines: Lines, decoded: str) -> tuple[Text, list[Problem]]:
    description, habits = excerpt.description, words(excerpt.description.language)
    part = lines.slice(excerpt.first, excerpt.after)
    left_out = find_furniture(part, habits)
    kept = [index for index in range(len(part)) if index not in left_out]
    if not kept:
        raise InputError(source.file, f"no text of edition {description.edition!r} was found", "check the file and document.yaml")
    layout = find_layout(part, kept, habits)
    paragraphs, joins = build_paragraphs(part, kept, habits, layout)
    text = Text(
        text_id=f"{source.document_id}.{description.edition}",
        document_id=source.document_id,
        source_id=source.source_id,
        language=description.language,
        translation_status=description.translation_status,
        completeness=description.completeness,
        char_start=paragraphs[0].char_start,
        char_end=paragraphs[-1].char_end,
        paragraphs=paragraphs,
        excerpt_of=description.excerpt_of,
    )
    found = [*_furniture_problems(text, part, left_out, decoded), *_join_problems(text, joins, decoded)]
    found += find_defects(text, decoded)
    return text, sorted(found, key=lambda each: (each.char_start or 0, each.char_end or 0, each.kind))


def _furniture_problems(text: Text, lines: Lines, left_out: Mapping[int, str], decoded: str) -> Iterator[Problem]:
    """One row per block of furniture."""
    for kind in sorted(set(left_out.values())):
        for first, after in blocks(sorted(index for index, each in left_out.items() if each == kind)):
            start, end = lines.start[first], lines.end(after - 1)
            rule = furniture_rule(lines.text[first])
            what = "page furniture" if kind == "page_furniture" else "site furniture"
            message = f"{what} ({rule.rule_id if rule else 'recurs from page to page'}) is left out"
            yield _quoted(text, decoded, kind, message, start, end)
            if kind == "boilerplate":
                yield from _open_quotes(text, lines, range(first, after), decoded)


def _open_quotes(text: Text, lines: Lines, block: range, decoded: str) -> Iterator[Problem]:
    """Quotation marks without a partner in lines that are left out."""
    for index in block:
        wording = lines.text[index]
        for position, mark in lone_brackets(wording) if "“" in wording or "”" in wording else ():
            if mark in "“”":
                start, message = lines.start[index] + position, f"{describe_lone(wording, position, mark)}, in what is left out"
                yield _quoted(text, decoded, "unbalanced_bracket", message, start, start + 1)


def _join_problems(text: Text, joins: Sequence[Join], decoded: str) -> Iterator[Problem]:
    """A row for each unusual line break that was joined, and one for all usual ones together."""
    usual = [join for join in joins if not join.unusual]
    if usual:
        message = f"the text is broken at a width: {len(usual)} line breaks inside paragraphs were joined, this one first"
        yield _join_problem(text, usual[0], message, decoded)
    for join in joins:
        if join.unusual:
            yield _join_problem(text, join, "a line that breaks off was joined with the next", decoded)


def _join_problem(text: Text, join: Join, message: str, decoded: str) -> Problem:
    return _quoted(text, decoded, "joined_line_break", message, *_context(text, join))


def _context(text: Text, join: Join) -> tuple[int, int]:
    return max(text.char_start, join.before - BREAK_CONTEXT), min(text.char_end, join.after + BREAK_CONTEXT)


def _quoted(text: Text, decoded: str, kind: str, message: str, start: int, end: int) -> Problem:
    quote = decoded[start:end]
    return problem(kind, message, source_id=text.source_id, text_id=text.text_id, char_start=start, char_end=end, quote=quote)
