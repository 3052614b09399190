"""The numbers of one sentence with their units: what is a value at all, and how much it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from pipeline.core.quantity import joined_unit, load_units, read_digits
from pipeline.core.rules import Rule
from pipeline.extract.quantity_grammar import Grammar

WINDOW = 40
BRIEF = 16
RATE_LIMIT = 3
YEARLIKE = re.compile(r"(?:19|20)\d\d")
SPACE_OR_HYPHEN = re.compile(r"[\s\u00a0-]?")
WORD = re.compile(r"[^\W\d_][\w’'&/.-]*[^\W_]|[^\W\d_]")
GLOSS = re.compile(r"\s?[（(][A-Za-z/]{1,12}[）)]")
LIMIT_CODES = {"ge", "le", "gt", "lt"}
Found = tuple[int, int, Rule, "re.Match[str]"]


class Amount(Struct):
    """A value with its unit in a sentence, before its context is read.

    start, end: the span of number and unit, later with the comparing words; core: where the number itself starts;
    low, high: the value, in unit; scale: what its scale words multiplied; unit_printed: the unit stands beside the number.
    """

    start: int
    end: int
    low: Decimal | None
    rule_id: str
    unit: str | None = None
    high: Decimal | None = None
    measure: str = "level"
    comparator: str | None = None
    in_words: bool = False
    scale: Decimal = Decimal(1)
    unit_printed: bool = False
    noun: tuple[int, int] | None = None
    doubt: str | None = None
    core: int = 0


def read_amounts(text: str, grammar: Grammar, units_only: bool = False) -> list[Amount]:
    """The values of a sentence whose full-width characters are folded, in text order; no two overlap.

    units_only: without asking whether a number counts as a quantity where it stands.
    """
    rules = grammar.values.candidates(text)
    return list(_Reader(text, grammar, rules, units_only).amounts()) if rules else []


class _Reader:
    """One pass over the rule matches of one sentence."""

    def __init__(self, text: str, grammar: Grammar, rules: list[Rule], units_only: bool) -> None:
        self.text, self.grammar, self.units_only = text, grammar, units_only
        found: list[Found] = [
            (match.start(), grammar.order[rule.rule_id], rule, match) for rule in rules for match in rule.pattern.finditer(text)
        ]
        found.sort(key=lambda item: item[:2])
        self.found = found
        self.numbers = {item[0]: item for item in reversed(found) if item[2].values["reads"] == "number"}

    def amounts(self) -> Iterator[Amount]:
        consumed = 0
        for start, _, rule, match in self.found:
            if start < consumed:
                continue
            reads = rule.values["reads"]
            if reads == "nothing":
                consumed = max(consumed, match.end(match.lastindex or 0))
                continue
            amount = self._number(rule, match) if reads == "number" else self._other(reads, rule, match)
            if amount is None:
                continue
            if reads == "number":
                amount = self._range(amount, consumed)
            if self.units_only or self._counts(amount, consumed):
                amount.core = amount.start
                yield amount
            consumed = max(consumed, amount.end)

    # -- numbers and units

    def _number(self, rule: Rule, match: re.Match[str]) -> Amount | None:
        groups = {name: value for name, value in match.groupdict().items() if value}
        end = match.end()
        if "half" in groups:
            value: Decimal | None = Decimal("0.5")
            end = match.end("half")
        elif "number" in groups:
            value = read_digits(groups["number"], self.grammar.decimal_comma)
        else:
            end = self._give_back(match)
            value = self.grammar.numerals.read(self.text[match.start("words") : end])
        if value is None:
            return None
        amount = Amount(match.start(), end, value, rule.rule_id, in_words="words" in groups)
        currency = groups.get("currency") or groups.get("currency_b")
        amount.unit = self.grammar.currencies.get(currency) if currency else None
        self._scale(amount)
        self._unit(amount)
        self._rates(amount)
        return amount

    def _give_back(self, match: re.Match[str]) -> int:
        """The end of a number in words, without a last character that belongs to its unit (千 of 千瓦)."""
        end = match.end("words")
        if not self.grammar.spaced and end - match.start("words") > 1:
            unit = self.grammar.unit_pattern.match(self.text, end - 1)
            if unit and unit.end() > end and unit[0][0] in self.grammar.scales:
                return end - 1
        return end

    def _skip(self, position: int) -> int:
        return SPACE_OR_HYPHEN.match(self.text, position).end()  # type: ignore[union-attr]

    def _scale(self, amount: Amount) -> None:
        """Multiply by the scale words after the number, and note words for 'and more' among them."""
        grammar = self.grammar
        for _ in range(RATE_LIMIT):
            if (more := grammar.or_so.get(self.text[amount.end : amount.end + 1])) and not amount.comparator:
                amount.comparator = more
                amount.end += 1
            spot = self._skip(amount.end) if grammar.spaced else amount.end
            scale = grammar.scale_pattern.match(self.text, spot)
            if not scale or self._is_unit(scale, amount):
                return
            amount.scale *= grammar.scales[scale[0]]
            amount.low = (amount.low or Decimal(0)) * grammar.scales[scale[0]]
            amount.end = scale.end()

    def _is_unit(self, scale: re.Match[str], amount: Amount) -> bool:
        """Whether a scale word is a unit, or part of one, instead: 千 in 千瓦, the m of '5 m'."""
        unit = self.grammar.unit_pattern.match(self.text, scale.start())
        if scale[0] not in self.grammar.short_scales:
            return bool(unit and unit.end() > scale.end())
        if scale.start() > amount.end:
            return True
        if amount.unit:
            return False
        after = self.grammar.unit_pattern.match(self.text, self._skip(scale.end()))
        money = bool(after) and load_units().get(self.grammar.unit_code(after[0]) or "", None)
        if money and money.dimension == "money":
            return False
        return scale[0] not in "kKM" or not self._noun(scale.end())

    def _unit(self, amount: Amount) -> None:
        spot = self._skip(amount.end)
        unit = self.grammar.unit_pattern.match(self.text, spot)
        if not unit or (spot > amount.end and not self.grammar.spaced and self.text[spot - 1] == "-"):
            return
        code = self.grammar.unit_code(unit[0])
        if amount.unit and load_units()[code or "1"].dimension != "money":
            return
        amount.unit, amount.end, amount.unit_printed = code, unit.end(), True
        if (more := self.grammar.or_so.get(self.text[amount.end : amount.end + 1])) and not self.grammar.spaced and not amount.comparator:
            amount.comparator, amount.end = more, amount.end + 1

    def _rates(self, amount: Amount) -> None:
        """Put what the value is counted against into the unit: per 1,000 live births, 每人每年."""
        before = self.grammar.rate_before.search(self.text, max(0, amount.start - BRIEF), amount.start)
        parts = self._rates_before(before[0]) if before and amount.unit else []
        if before and parts:
            amount.start = before.start()
        end = amount.end
        for _ in range(RATE_LIMIT):
            link = self.grammar.words["rate_after"].match(self.text, end)
            part = self._rate_after(link.end(), amount) if link else None
            if part is None:
                break
            parts.append(part[0])
            end = part[1]
        amount.end = end
        if parts:
            amount.unit = joined_unit(amount.unit or "", parts)
            amount.unit_printed = True

    def _rates_before(self, words: str) -> list[str]:
        parts = []
        for item in filter(None, words.split(self.grammar.setting("rate_word"))):
            scale = self.grammar.scale_pattern.match(item)
            known = self.grammar.denominator_pattern.match(item, scale.end() if scale else 0)
            if not known:
                continue
            code = self.grammar.denominators[known[0]]
            parts.append(f"per {self.grammar.scales[scale[0]]:,f} {code}s" if scale else _per(code))
        return parts

    def _rate_after(self, spot: int, amount: Amount) -> tuple[str, int] | None:
        number = self.numbers.get(spot)
        if number and number[3].groupdict().get("number"):
            value = read_digits(number[3]["number"])
            end = number[3].end()
            if scale := self.grammar.scale_pattern.match(self.text, end):
                value, end = value * self.grammar.scales[scale[0]], scale.end()
            noun = self._noun(end) if self.grammar.spaced else None
            words = f" {self.text[self._skip(end) : noun[1]]}" if noun else ""
            return (f"per {value:,f}{words}", noun[1] if noun else end) if value >= 100 else None
        known = self.grammar.denominator_pattern.match(self.text, spot)
        if not known or (not amount.unit and not amount.low):
            return None
        code = self.grammar.denominators[known[0]]
        if code in self.grammar.time_units and (amount.unit in ("%", "percentage point", None) or amount.unit in self.grammar.time_units):
            return None
        return (_per(code), known.end()) if amount.unit else None

    # -- ranges

    def _range(self, first: Amount, consumed: int) -> Amount:
        link = self.grammar.cue("range_links", self.text[first.end : first.end + BRIEF], "link")
        if not link or link.start:
            return first
        following = self.numbers.get(first.end + link.end)
        second = self._number(following[2], following[3]) if following else None
        if second is None or second.low is None or first.low is None:
            return first
        before = self.text[max(consumed, first.start - WINDOW) : first.start]
        if (link.code == "and") != bool(self.grammar.words["range_before"].search(before)) and link.code in ("and", "to"):
            if link.code == "and":
                return first
        if first.unit_printed and first.unit != second.unit:
            return first
        if link.code == "to" and self.grammar.words["from_before"].search(before):
            return first
        return self._joined(first, second)

    def _joined(self, first: Amount, second: Amount) -> Amount:
        low, high = first.low or Decimal(0), second.low or Decimal(0)
        if not first.unit_printed and first.scale == 1 and low < high / second.scale:
            low *= second.scale
        if high <= low:
            return first
        return Amount(
            first.start, second.end, low, first.rule_id, second.unit or first.unit, high, comparator="between",
            in_words=first.in_words, scale=second.scale, unit_printed=second.unit_printed,
        )  # fmt: skip

    # -- what else has a value

    def _other(self, reads: str, rule: Rule, match: re.Match[str]) -> Amount | None:
        groups = {name.removesuffix("_b").removesuffix("_c"): value for name, value in match.groupdict().items() if value}
        start, end = match.span(match.lastindex or 0) if match.lastindex and not groups else match.span()
        amount = Amount(start, end, None, rule.rule_id, comparator=rule.values.get("comparator"), unit_printed=True)
        if reads == "multiple":
            amount.measure, amount.unit = "multiple", "times"
            count = self._plain(groups.get("number")) or Decimal(1)
            amount.low = 2**count if rule.values.get("doublings") else Decimal(str(rule.values.get("factor", count)))
        elif reads == "percent":
            amount.low, amount.unit = self._plain(groups["number"]), rule.values["unit"]
        elif reads == "tenths":
            amount.low, amount.unit = self._plain(groups["number"]), "%"
            amount.low = amount.low * 10 if amount.low else None
            amount.end = match.end("number") + 1
        elif reads == "fraction":
            if groups:
                amount.end = max(match.end(name) for name in match.groupdict() if match[name])
            amount.low, amount.unit = self._fraction(rule, groups), "fraction"
        elif reads == "rank":
            amount.measure, amount.unit = "rank", "rank"
            amount.low = self._plain(groups.get("number")) or self._ordinal(groups.get("ordinal"))
        else:
            amount.measure = "all" if reads == "whole" else "none"
            amount.low = None if reads == "whole" else Decimal(0)
            return amount
        return amount if amount.low is not None else None

    def _plain(self, words: str | None) -> Decimal | None:
        if not words:
            return None
        return read_digits(words) if words[0].isdigit() else self.grammar.numerals.read(words)

    def _ordinal(self, words: str | None) -> Decimal | None:
        if not words:
            return None
        return Decimal(words[:-2]) if words[0].isdigit() else Decimal(self.grammar.ordinals[words.lower()])

    def _fraction(self, rule: Rule, groups: dict[str, str]) -> Decimal | None:
        if "value" in rule.values:
            return Decimal(str(rule.values["value"]))
        below = groups["denominator"].lower().rstrip("s")
        denominator = self.grammar.fraction_parts.get(below) or self._plain(below)
        numerator = Decimal(1) if groups["numerator"].lower() == "a" else self._plain(groups["numerator"].lower())
        if not denominator or not numerator or numerator >= denominator:
            return None
        return numerator / Decimal(denominator)

    # -- what counts as a quantity

    def _noun(self, position: int) -> tuple[int, int] | None:
        """The noun that is counted from `position` on; in a spaced language up to its first plural word."""
        return counted_noun(self.text, position, self.grammar)

    def _counts(self, amount: Amount, consumed: int) -> bool:
        grammar = self.grammar
        before = self.text[max(consumed, amount.start - WINDOW) : amount.start]
        if amount.measure in ("rank", "all", "none", "multiple") or amount.unit in ("%", "‰", "fraction"):
            return True
        if amount.unit == "times":
            return not grammar.spaced or bool(grammar.words["factor_after"].search(self.text[amount.end : amount.end + BRIEF]))
        if amount.in_words and amount.unit in grammar.digits_only_units:
            return False
        if amount.unit in grammar.time_units:
            return self._is_limit(amount, before)
        if amount.unit is None:
            return self._is_plain(amount, before)
        if amount.unit in grammar.count_units and amount.scale == 1:
            return self._is_count(amount, before)
        return True

    def _is_limit(self, amount: Amount, before: str) -> bool:
        """A time counts where the text sets it as a limit or measures it; years to come are deadlines instead."""
        after = self.text[amount.end : amount.end + BRIEF]
        limit_before, limit_after = self.grammar.cue("comparators_before", before, "comparator"), self.grammar.cue("comparators_after", after, "comparator")
        subject = self.text[max(0, amount.start - 2 * WINDOW) : amount.start]
        if self.grammar.words["measured_time"].search(subject) or self.grammar.words["imprisonment"].search(after):
            return True
        if amount.unit == "year" and (limit_before or limit_after):
            code = limit_before.code if limit_before else limit_after.code if limit_after else ""
            return amount.comparator == "between" or code in ("ge", "gt") or (code in ("lt", "le") and not self._is_within(before, after))
        return bool(
            (limit_before and limit_before.code != "approx") or (limit_after and limit_after.code in LIMIT_CODES)
        ) or amount.comparator == "between" and bool(limit_after)

    def _is_within(self, before: str, after: str) -> bool:
        return bool(self.grammar.words["within"].search(before) or self.grammar.words["within"].search(after))

    def _is_plain(self, amount: Amount, before: str) -> bool:
        """A number without a unit: a count of the noun behind it, or a plain number behind a comparing word."""
        grammar = self.grammar
        after = self.text[amount.end : amount.end + BRIEF]
        noun = self._noun(amount.end) if grammar.spaced else None
        if noun:
            words = self.text[noun[0] : noun[1]]
            amount.unit, amount.noun = grammar.counted_kind(words) or "item", noun
            scaled = amount.scale != 1 or amount.low is not None and amount.low >= 1000
            if not scaled and not self._is_count(amount, before):
                return False
            amount.end = noun[1]
            return True
        if amount.in_words and amount.low is not None and amount.low < 1000:
            return False
        if YEARLIKE.fullmatch(self.text[amount.start : amount.end]):
            return False
        if amount.scale != 1 or grammar.cue("comparators_before", before, "comparator") and grammar.words["plain_after"].search(after):
            return True
        if amount.low is not None and grammar.words["plain_before"].search(before) and grammar.words["plain_after"].search(after):
            return True
        if not amount.in_words:
            amount.doubt = "no unit"
            return True
        return False

    def _is_count(self, amount: Amount, before: str) -> bool:
        grammar = self.grammar
        noun = amount.noun or self._noun(amount.end)
        words = self.text[noun[0] : noun[1]] if noun else ""
        if grammar.words["structural"].search(words) and amount.unit in ("item", "region"):
            return False
        amount.noun = noun
        if noun and self.text[noun[0] - 1 : noun[0]] in grammar.setting("noun_classifiers", ()):
            amount.end = noun[1]
        if amount.unit == "item" and noun:
            amount.unit = grammar.counted_kind(words) or amount.unit
        if amount.in_words:
            after = self.text[amount.end : amount.end + 2 * WINDOW]
            signs = grammar.words["count_signs"].search(before) or grammar.words["count_signs_after"].search(after)
            return bool(signs or self.grammar.cue("comparators_before", before, "comparator"))
        return True


def _per(code: str) -> str:
    return "s" if code == "second" else code


def counted_noun(text: str, position: int, grammar: Grammar, of_part: bool = False) -> tuple[int, int] | None:
    """The span of the noun phrase that starts at `position`, or None. of_part: a particle may stand between (一半以上的县)."""
    if not grammar.spaced:
        return _noun_unspaced(text, position, grammar, of_part)
    start = end = 0
    spot = position
    for _ in range(7):
        while spot < len(text) and text[spot] in " \u00a0-":
            spot += 1
        word = WORD.match(text, spot)
        if not word or grammar.words["noun_stops"].match(word[0]):
            break
        start = start or word.start()
        spot = word.end()
        plural = word[0].endswith("s") and len(word[0]) > 3 and not grammar.words["singular_ends"].search(word[0])
        if plural or word[0] in grammar.counted:
            end = word.end()
        elif end:
            break
    return (start, end) if end else None


def _noun_unspaced(text: str, position: int, grammar: Grammar, of_part: bool) -> tuple[int, int] | None:
    spot = position
    if gloss := GLOSS.match(text, spot):
        spot = gloss.end()
    after = grammar.cue("comparators_after", text[spot : spot + BRIEF], "comparator")
    if after:
        spot += after.end
    if of_part and text[spot : spot + 1] == grammar.setting("particle"):
        spot += 1
    limit = min(len(text), spot + 24)
    stop = grammar.words["noun_end"].search(text, spot, limit)
    end = stop.start() if stop else limit
    particle = grammar.setting("particle")
    if text[spot : spot + 1] == particle:
        return None
    for stop in grammar.words["noun_stops"].finditer(text, spot + 1, end):
        if stop[0] != particle:
            end = stop.start()
            break
    return (spot, end) if end > spot else None
