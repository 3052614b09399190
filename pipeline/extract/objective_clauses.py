"""The clauses of a sentence: which of them say an end state, and what principles it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.core.alternation import compiled
from pipeline.core.language import Language
from pipeline.core.rules import Rule, RuleSet, fill

ENDS = " \u3000\u00a0.。；;，,"
DASHES = " \u3000\u00a0—–-•+›»→■▪"
NESTED = r"[（(][^（()）]{0,400}[)）]|[“][^”]{0,400}”|《[^》]{0,200}》|"
STRONG = ";；。"
FEWEST_WORDS, HEAD, SHORT, LONGEST_ACT = 3, 200, 40, 300


class Clause(NamedTuple):
    """A part of a sentence and the rule that found it."""

    start: int
    end: int
    rule_id: str


class Predication(NamedTuple):
    """A clause with its predicate. main: its start without what leads it in; rule_id: of the end state, where it is one."""

    start: int
    main: int
    end: int
    rule_id: str | None


def goal_clauses(text: str, language: Language, listed: bool = False) -> list[Clause]:
    """The clauses of a sentence that say an end state; clauses that only say what to do are left out.

    listed: the sentence is a point of a list of goals, and so is whatever it says.
    """
    lead = words(language, "list_lead").search(text)
    if lead and len(items := segments(text, lead.end(), words(language, "list_break"))) > 2:
        return [Clause(_behind_and(text, start, end, language), end, "goal-list") for start, end in items]
    led = _led(text, language)
    predications = _predications(text, 0, language, language.group("objectives", "end_states"))
    if not predications:
        stripped = text.rstrip(ENDS)
        return [Clause(0, len(stripped), led)] if led and stripped else []
    return [clause for found in predications for clause in _goals_of(text, found, led, language, listed)]


def _behind_and(text: str, start: int, end: int, language: Language) -> int:
    """Where a clause starts without the 'and' that joins it to the one before."""
    joined = words(language, "joining").match(text, start, end)
    return joined.end() if joined and joined.end() < end else start


def _led(text: str, language: Language) -> str | None:
    found = language.group("objectives", "deadline_led").first(text)
    return found[0].rule_id if found else None


def _goals_of(text: str, found: Predication, led: str | None, language: Language, listed: bool) -> Iterator[Clause]:
    """The goals in one clause: none where it only says what to do, two where it joins two."""
    opens = (led is not None and found.start == 0) or _dated(text, found, language)
    pure = language.group("objectives", "pure_measures").first(text[found.main : found.end])
    rule_id = found.rule_id or (led if opens and found.start == 0 else None) or ("goal-listed" if listed else None)
    if rule_id is None or (pure and not opens and not listed):
        return
    for start, end in split_acts(text, found.start, found.main, found.end, language, listed):
        yield Clause(start, end, rule_id)


def _dated(text: str, found: Predication, language: Language) -> bool:
    """Whether what leads in a clause ends with the time by which it is to be: 'through the plan, by 2030, …'."""
    if found.start == found.main:
        return False
    leads = segments(text[: found.main], found.start, words(language, "clause_break"))
    rules = language.group("objectives", "deadline_led")
    return len(leads) > 1 and rules.first(text[leads[-1][0] : found.end]) is not None


def split_acts(text: str, start: int, main: int, end: int, language: Language, listed: bool = False) -> list[tuple[int, int]]:
    """The acts that one clause joins: 'end hunger and ensure access to food'; listed: each is a goal whatever it says."""
    first = words(language, "act").match(text, main, end)
    if first is None:
        return [(start, end)]
    dependent = words(language, "dependent").search(text, first.end(), end)
    limit = min(dependent.start() if dependent else end, main + LONGEST_ACT)
    for found in words(language, "joined_act").finditer(text, first.end(), limit):
        second = text[found.end() : end]
        stated = listed or language.group("objectives", "end_states").first(second)
        if len(text[main : found.start()].split()) >= FEWEST_WORDS and len(second.split()) >= FEWEST_WORDS and stated:
            return [(start, found.start()), (found.end(), end)]
    return [(start, end)]


def _predications(text: str, offset: int, language: Language, states: RuleSet) -> list[Predication]:
    """The clauses with a predicate. What leads in belongs to the next, the rest of an enumeration to the one before."""
    parser, before = _Parser(text, language, states), offset
    for start, end in segments(text, offset, words(language, "clause_break")):
        parser.take(start, end, any(mark in text[before:start] for mark in STRONG))
        before = end
    return parser.finished()


class _Parser:
    """Puts the segments of one sentence together. pending: where what leads in the next clause starts; run: an open enumeration."""

    def __init__(self, text: str, language: Language, states: RuleSet) -> None:
        self.text, self.language, self.states = text, language, states
        self.clauses: list[Predication] = []
        self.pending: int | None = None
        self.run: tuple[int, int] | None = None
        self.orders = False

    def take(self, start: int, end: int, strong: bool) -> None:
        segment = self.text[start:end]
        if strong and self.run:
            self._close_run(back=True)
        if self.run and words(self.language, "enumeration_closed").search(self.text[slice(*self.run)]):
            self._close_run(back=True)
        if self.clauses and self.pending is None and self._continues(segment):
            self.run = (self.run[0] if self.run else start, end)
            self._close_run(back=True)
            return
        orders = self._in_order(segment)
        act = words(self.language, "act").match(segment) if orders else None
        found = None if words(self.language, "means").fullmatch(segment) else self._state(segment, bool(orders and not act))
        if found or act:
            self._add(start, end, found[0].rule_id if found else None)
        elif not self.clauses or strong or not self._goes_on(segment):
            self._close_run(back=True)
            self.pending = start if self.pending is None else self.pending
        elif self.pending is None:
            self.run = (self.run[0] if self.run else start, end)

    def _continues(self, segment: str) -> bool:
        """Whether a segment only adds to the clause before; a participle does where it says no state and does not open the sentence."""
        if words(self.language, "continuation").match(segment):
            return True
        participle = words(self.language, "participle")
        if not participle.match(segment) or participle.match(self.text, self.clauses[0].main):
            return False
        return self.states.first(segment) is None

    def _in_order(self, segment: str) -> bool:
        """Whether the sentence gives orders: it opens with a verb, after its time."""
        if not self.clauses and not self.orders and words(self.language, "act").match(segment):
            self.orders = words(self.language, "told").search(segment) is None
        return self.orders

    def _state(self, segment: str, listed: bool) -> tuple[Rule, re.Match[str]] | None:
        """The state that a segment says; listed: without what depends on it ('education so that all are ready' says none)."""
        dependent = words(self.language, "subordinate").search(segment) if listed and self.clauses else None
        return self.states.first(segment[: dependent.start()] if dependent else segment)

    def _goes_on(self, segment: str) -> bool:
        """Whether words without a predicate can belong to the clause before; else they lead in the next."""
        return words(self.language, "weak_continuation").match(segment) is not None

    def _add(self, start: int, end: int, rule_id: str | None) -> None:
        lead = self.pending
        if self.run:
            lead = None if self._closes(start) else self.run[0]
            self._close_run(back=lead is None)
        self.clauses.append(Predication(start if lead is None else lead, start, end, rule_id))
        self.pending = None

    def _closes(self, following: int) -> bool:
        """Whether an open enumeration ends before the next clause: its last item is joined by 'and', or the next has no 'and'.

        What has an article before a clause that has none is part of that clause's subject.
        """
        run = self.text[slice(*self.run)] if self.run else ""
        head = self.text[following : following + HEAD]
        if not words(self.language, "joined_subject").match(head):
            return True
        article = words(self.language, "article")
        if article.match(run) and not article.match(head):
            return False
        return words(self.language, "enumeration_end").search(run) is not None

    def _close_run(self, back: bool) -> None:
        if self.run and back and self.clauses:
            self.clauses[-1] = self.clauses[-1]._replace(end=self.run[1])
        self.run = None

    def finished(self) -> list[Predication]:
        self._close_run(back=True)
        if self.clauses and self.pending is not None:
            self.clauses[-1] = self.clauses[-1]._replace(end=len(self.text.rstrip(ENDS)))
        return [self._bare(clause) for clause in self.clauses]

    def _bare(self, clause: Predication) -> Predication:
        start = _behind_and(self.text, clause.start, clause.end, self.language)
        return clause._replace(start=start, main=max(clause.main, start))


def dated_goals(text: str, language: Language) -> list[Clause]:
    """The end states in a sentence about measures from the date on by which they are to be reached."""
    opened = next((found for _, found in language.group("objectives", "dated").matches(text)), None)
    if opened is None or words(language, "forecast").search(text):
        return []
    offset, attained = opened.start("dated"), language.group("objectives", "attained")
    pure = language.group("objectives", "pure_measures")
    if language.setting("objectives", "act"):
        predications = _predications(text, offset, language, attained)
    else:
        predications = list(_short_predications(text, offset, language, attained))
    return [
        Clause(found.start, found.end, found.rule_id)
        for found in predications
        if found.rule_id and not pure.first(text[found.main : found.end])
    ]


def _short_predications(text: str, offset: int, language: Language, states: RuleSet) -> Iterator[Predication]:
    """The clauses that say a state each by itself: what stands between them is something else."""
    lead: int | None = None
    for start, end in segments(text, offset, words(language, "clause_break")):
        found = states.first(text[start:end])
        if found:
            yield Predication(start if lead is None else lead, start, end, found[0].rule_id)
        leads = not found and end - start <= SHORT and words(language, "leads_in").match(text, start, end)
        lead = start if leads else None


def stated_goals(text: str, language: Language, rules: Iterable[Rule]) -> Iterator[Clause]:
    """What a sentence names as a goal by itself, one for each item of a list; the first rule that names it counts."""
    taken: list[tuple[int, int]] = []
    for rule, found in [(each, found) for each in rules for found in each.pattern.finditer(text)]:
        single = found.groupdict().get("goal") is not None
        span = found.span("goal" if single else "list")
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        taken.append(span)
        if single:
            yield Clause(*span, rule.rule_id)
            continue
        for start, end in segments(text[: found.end("list")], found.start("list"), words(language, "clause_break")):
            if words(language, "purpose").match(text, start, end):
                first = _behind_and(text, start, end, language)
                yield from (Clause(*span, rule.rule_id) for span in split_acts(text, first, first, end, language, listed=True))


def principle_names(text: str, language: Language, opens: bool = True) -> Iterator[Clause]:
    """The names of principles that a sentence opens with, or lists; most stand at the beginning of a paragraph only."""
    label = language.group("objectives", "paragraph_topics").first(text) if opens else None
    if label and (after := len(label[1][0].rstrip("—"))) < len(text.rstrip(ENDS)):
        names = list(principle_names(text[after:], language))
        yield from (Clause(after + each.start, after + each.end, each.rule_id) for each in names)
        if names:
            return
    found = next((one for one in language.group("objectives", "principle_leads").matches(text) if _names(*one, opens)), None)
    if found is None:
        return
    rule, match = found
    groups = match.groupdict()
    if rule.values.get("series"):
        yield from (Clause(*each.span("name"), rule.rule_id) for each in rule.pattern.finditer(text))
    elif groups.get("list"):
        for start, end in segments(text[: match.end("list")], match.start("list"), words(language, "list_break")):
            yield Clause(start, end, rule.rule_id)
    elif groups.get("name"):
        yield Clause(match.start("name"), match.end("name"), rule.rule_id)


def _names(rule: Rule, match: re.Match[str], opens: bool) -> bool:
    """Whether a rule holds here; a series has more than one name."""
    if rule.values.get("series") and rule.pattern.search(match.string, match.end("name")) is None:
        return False
    return opens or bool(rule.values.get("anywhere"))


def segments(text: str, start: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches between separators outside brackets and quotation marks, without surrounding blanks."""
    stretches, begin = [], start
    for match in (*pattern.finditer(text, start), None):
        if match and (match.group()[0] in "（(“《"):
            continue
        end = match.start() if match else len(text)
        piece = text[begin:end]
        left = begin + len(piece) - len(piece.lstrip(DASHES))
        right = begin + len(piece.rstrip(ENDS))
        right += text[right - 4 : right + 1] == " etc."
        if right > left:
            stretches.append((left, right))
        begin = match.end() if match else end
    return stretches


@cache
def words(language: Language, key: str) -> re.Pattern[str]:
    """A plain pattern of objectives.yaml, with its slots; null finds nothing."""
    pattern = language.setting("objectives", key)
    if not pattern:
        return re.compile("(?!)")
    nested = NESTED if key.endswith("_break") else ""
    return compiled(nested + fill(pattern, language.slots("objectives")))
