"""Bodies and responsibilities: who is named, and one responsibility for equal roles at one place in a document's texts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from pipeline.core.ids import Counted, content_id
from pipeline.core.model import BodyMention, Row
from pipeline.link.align.records import Match, match_by
from pipeline.link.alignment import Alignment
from pipeline.link.borrowed import Borrowed
from pipeline.link.codes import codelist, names_of, plain
from pipeline.link.corpus import Corpus
from pipeline.link.counterparts import Named, counterparts
from pipeline.link.evidence import passage
from pipeline.link.objectives import Objectives
from pipeline.link.pairing import Group, join

MENTIONED = "mentioned"
WHOLE = frozenset({"issuer", "addressee"})
"""Roles in a document as a whole."""


class Duties:
    """The bodies of a corpus, their responsibilities, and every mention."""

    def __init__(self, corpus: Corpus, objectives: Objectives) -> None:
        self.responsibility_rows: list[Row] = []
        self.mention_rows: list[Row] = []
        self._unknown: dict[str, Row] = {}
        self._known: set[str] = set()
        self._corpus, self._objectives = corpus, objectives
        self._responsibilities, self._mentions = Counted(), Counted()
        mentions = (mention for _, extraction in corpus.readings for mention in extraction.body_mentions)
        self._same = counterparts(corpus, (_named(mention) for mention in mentions if mention.body_id is None))
        for document in corpus.documents:
            self._read(document.document_id)

    @property
    def body_rows(self) -> list[Row]:
        """One row per body that is named, and per body that one of them belongs to."""
        codes, bodies = set(self._known), codelist("bodies")
        for code in self._known:
            while (code := bodies[code]["parent"]) and code not in codes:
                codes.add(code)
        known = [
            {
                "body_id": code,
                **names_of("body", code, self._corpus.languages),
                "body_type": bodies[code]["body_type"] or None,
                "parent_id": bodies[code]["parent"] or None,
                "definition": bodies[code]["definition"] or None,
            }
            for code in sorted(codes)
        ]
        return known + [self._unknown[body_id] for body_id in sorted(self._unknown)]

    def _read(self, document_id: str) -> None:
        rows = [(o.text.text_id, m) for o, extraction in self._corpus.of_document(document_id) for m in extraction.body_mentions]
        first: dict[Hashable, BodyMention] = {}
        for _, mention in rows:
            if mention.role != MENTIONED:
                first.setdefault(self._duty(mention), mention)
        own: dict[str, list[BodyMention]] = {}
        for mention in sorted(first.values(), key=lambda each: each.char_start):
            own.setdefault(mention.text_id, []).append(mention)
        groups = join(own, self._corpus.alignments(document_id), self._matches)
        self._borrowed = Borrowed(self._corpus, document_id)
        ids: dict[Hashable, str] = {}
        for group in groups:
            responsibility_id = self._responsibility(group)
            ids |= {self._duty(mention): responsibility_id for _, mention in group.rows}
        for _, mention in rows:
            self._mention(mention, None if mention.role == MENTIONED else ids[self._duty(mention)])

    def _matches(self, _: Alignment, ours: Sequence[BodyMention], theirs: Sequence[BodyMention]) -> list[Match]:
        """One body in sentences that answer one another has one responsibility, first of all in one role; bodies of one type and
        role that are left there are read as one; and so is one body in one role in one provision, or around the text, wherever
        it is printed there."""
        return match_by(
            ours,
            theirs,
            lambda each: (found, self._body_id(each), each.role) if (found := self._objective(each)) else None,
            lambda each: (self._passage(each), self._body_id(each), each.role),
            lambda each: (self._passage(each), self._body_id(each)),
            lambda each: (self._passage(each), each.body_type, each.role) if each.body_type else None,
            lambda each: (self._corpus.provision_at(each.section_id), self._body_id(each), each.role),
            lambda each: (self._body_id(each), each.role) if each.role in WHOLE else None,
        )

    def _passage(self, mention: BodyMention) -> str | None:
        return self._corpus.passage_at(mention.text_id, mention.char_start)

    def _duty(self, mention: BodyMention) -> Hashable:
        """What makes mentions of one text the same responsibility: place, body, role and objective; of those in the document as a
        whole, wherever it is printed, body and role."""
        same = mention.text_id, self._body_id(mention), mention.role
        return same if mention.role in WHOLE else (*same, self._corpus.address(mention.section_id)[1], self._objective(mention))

    def _objective(self, mention: BodyMention) -> str | None:
        """The objective that a mention stands in; for one in a bracket or a label line, the one that its duty words."""
        within = self._objectives.containing(mention.text_id, mention.char_start, mention.char_end)
        return within or self._objectives.before(mention.text_id, mention.section_id, mention.char_start, mention.duty)

    def _body_id(self, mention: BodyMention) -> str:
        if mention.body_id is not None:
            self._known.add(mention.body_id)
            return mention.body_id
        identity = _identity(mention)
        body_id = self._same.get(identity, identity)
        language = self._corpus.texts[mention.text_id].language
        row = self._unknown.setdefault(
            body_id,
            {
                "body_id": body_id,
                **dict.fromkeys(f"name_{code}" for code in self._corpus.languages),
                "body_type": mention.body_type,
            },
        )
        row.setdefault(f"name_{language}", None)
        row[f"name_{language}"] = row[f"name_{language}"] or mention.name
        return body_id

    def _responsibility(self, group: Group[BodyMention]) -> str:
        lead = group.lead
        document_id, section_number = self._corpus.address(lead.section_id)
        body_id = self._body_id(lead)
        identity = content_id("responsibility", document_id, section_number, body_id, lead.role, lead.duty)
        responsibility_id = self._responsibilities(identity)
        worded = group.wordings(self._corpus.texts, self._corpus.languages, "duty", lambda mention: mention.duty)
        self.responsibility_rows.append(
            {
                "responsibility_id": responsibility_id,
                "document_id": document_id,
                "section_number": section_number,
                "body_id": body_id,
                "role": lead.role,
                "objective_id": self._objective(lead),
                **self._borrowed.fill(worded, "duty", lead, lead.duty),
            }
        )
        return responsibility_id

    def _mention(self, mention: BodyMention, responsibility_id: str | None) -> None:
        body_id = self._body_id(mention)
        identity = content_id("mention", mention.text_id, mention.section_id, body_id, mention.role, mention.quote)
        self.mention_rows.append(
            {
                "body_mention_id": self._mentions(identity),
                "body_id": body_id,
                "name": mention.name,
                "role": mention.role,
                "responsibility_id": responsibility_id,
                **passage(mention),
            }
        )


def _identity(mention: BodyMention) -> str:
    return content_id("body", plain(mention.name))


def _named(mention: BodyMention) -> Named:
    """A body that names.csv does not know."""
    signs = (mention.body_type or "", mention.role)
    return Named(mention.text_id, mention.char_start, _identity(mention), False, mention.name, signs)
