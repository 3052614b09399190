"""Everything that was read, in the order in which records take their wording."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count

from msgspec.structs import replace

from pipeline.core.model import Document, Extraction, Outline, Problem, Section, Sentence, Source, Text
from pipeline.link.alignment import Alignment, align_document
from pipeline.link.bodies import own_bodies

STATUS_ORDER = {"original": 0, "human_translation": 1, "machine_translation": 2}


class Corpus:
    """All documents with their texts, outlines and extractions.

    outlines and extractions are parallel; problems are those of the source and outline rooms; decoded: source_id → text; tags: text_id →
    its language as described. The texts here have that of their language pack, which columns are named by.
    """

    def __init__(
        self,
        documents: tuple[Document, ...],
        sources: tuple[Source, ...],
        outlines: tuple[Outline, ...],
        extractions: tuple[Extraction, ...],
        problems: tuple[Problem, ...],
        decoded: Mapping[str, str],
        languages: tuple[str, ...],
    ) -> None:
        self.documents, self.sources, self.problems = documents, sources, problems
        self.decoded, self.languages = decoded, languages
        self.tags = {outline.text.text_id: outline.text.language for outline in outlines}
        binds = {document.document_id: document.jurisdiction for document in documents}
        pairs = [
            (outline, own_bodies(extraction, binds.get(outline.text.document_id), outline.text.language))
            for outline, extraction in zip(map(_in_pack_language, outlines), extractions, strict=True)
        ]
        self.readings = tuple(sorted(pairs, key=lambda pair: _precedence(pair[0].text)))
        self._alignments: dict[str, tuple[Alignment, ...]] = {}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """text_id → Text, each document's original first."""
        return {outline.text.text_id: outline.text for outline, _ in self.readings}

    @cached_property
    def sections(self) -> dict[str, Section]:
        """section_id → Section."""
        return {section.section_id: section for outline, _ in self.readings for section in outline.sections}

    def of_document(self, document_id: str) -> Iterator[tuple[Outline, Extraction]]:
        """The readings of one document, original first, machine translations last."""
        return (pair for pair in self.readings if pair[0].text.document_id == document_id)

    def address(self, section_id: str) -> tuple[str, str]:
        """(document_id, section_number) of the provision that a section is, as the document's first text numbers it."""
        section = self.sections[section_id]
        return self.texts[section.text_id].document_id, self._numbers[section_id]

    def alignments(self, document_id: str) -> tuple[Alignment, ...]:
        """Each further text of a document against its first."""
        if document_id not in self._alignments:
            readings = list(self.of_document(document_id))
            self._alignments[document_id] = align_document([o for o, _ in readings], [found for _, found in readings])
        return self._alignments[document_id]

    def sentence_at(self, text_id: str, char_start: int) -> Sentence | None:
        """The sentence of a text that an offset of its source stands in."""
        starts, sentences = self._sentences[text_id]
        index = bisect_right(starts, char_start) - 1
        return sentences[index] if index >= 0 and char_start < sentences[index].char_end else None

    def passage_at(self, text_id: str, char_start: int) -> str | None:
        """What tells that offsets of two texts stand in sentences that answer one another: the same for all of a group."""
        sentence = self.sentence_at(text_id, char_start)
        return None if sentence is None else self.passage_of(sentence.sentence_id)

    def passage_of(self, sentence_id: str) -> str:
        """The same for all sentences that answer one another: the first of them."""
        return self._passages.get(sentence_id, sentence_id)

    def repeats_at(self, text_id: str, char_start: int) -> tuple[str, ...]:
        """Of a sentence that only its own text has, and has twice, the sentences that it repeats."""
        sentence = self.sentence_at(text_id, char_start)
        return () if sentence is None else self._repeats.get(sentence.sentence_id, ())

    def provision_at(self, section_id: str) -> str:
        """What tells that sections of two texts are one provision: the section of the document's first text that has it."""
        return self._provisions.get(section_id, section_id)

    @cached_property
    def _sentences(self) -> dict[str, tuple[list[int], tuple[Sentence, ...]]]:
        return {o.text.text_id: ([each.char_start for each in o.sentences], o.sentences) for o, _ in self.readings}

    @cached_property
    def _passages(self) -> dict[str, str]:
        """sentence_id → the first sentence of all that are linked with it, in any text."""
        found: dict[str, str] = {}
        for document in self.documents:
            found |= _passages(self.alignments(document.document_id))
        return found

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """section_id → the number of the first text's section that it answers; else its own, where no other has it."""
        found: dict[str, str] = {}
        for document in self.documents:
            taken: set[str] = set()
            for outline, _ in self.of_document(document.document_id):
                for section in outline.sections:
                    number = found.get(self.provision_at(section.section_id)) or self._own_number(section, found, taken)
                    found[section.section_id] = number
                    taken.add(number)
        return found

    def _own_number(self, section: Section, known: Mapping[str, str], taken: Collection[str]) -> str:
        """The number of a section that the first text lacks: below the one that it stands in, or with -2 where another has it."""
        number = section.section_number
        above = None if section.parent_id is None else self.sections[section.parent_id].section_number
        if above is not None and above != (now := known[str(section.parent_id)]):
            number = now + number.removeprefix(above)
        return next(each for n in count(1) if (each := number if n == 1 else f"{number}-{n}") not in taken)

    @cached_property
    def _repeats(self) -> dict[str, tuple[str, ...]]:
        groups = (group for document in self.documents for each in self.alignments(document.document_id) for group in each.groups)
        return {each: group.repeats for group in groups if group.repeats for each in (*group.a, *group.b)}

    @cached_property
    def _provisions(self) -> dict[str, str]:
        every = (alignment for document in self.documents for alignment in self.alignments(document.document_id))
        pairs = (pair for alignment in every for pair in alignment.sections)
        return {pair.b: pair.a for pair in pairs if pair.a is not None and pair.b is not None}


def _passages(alignments: Iterable[Alignment]) -> dict[str, str]:
    """Sets that are joined where a group links them, each told by its least root."""
    parents: dict[str, str] = {}

    def root(each: str) -> str:
        while (above := parents.setdefault(each, each)) != each:
            parents[each] = parents[above]
            each = above
        return each

    for group in (group for alignment in alignments for group in alignment.groups):
        ids = (*group.a, *group.b)
        roots = sorted({root(each) for each in ids if each in parents}) or [ids[0]]
        parents.update(dict.fromkeys(roots, roots[0]))
        parents.update((each, roots[0]) for each in ids if each not in parents)
    return {each: root(each) for each in parents}


def _in_pack_language(outline: Outline) -> Outline:
    code = outline.text.language.split("-")[0].lower()
    return outline if code == outline.text.language else replace(outline, text=replace(outline.text, language=code))


def _precedence(text: Text) -> tuple[str, int, int, str]:
    return text.document_id, STATUS_ORDER[text.translation_status], text.completeness == "excerpt", text.text_id
