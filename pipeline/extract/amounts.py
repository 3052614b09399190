"""The numbers of one sentence with their units: what is a value at all, and how much it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from pipeline.core.quantity import joined_unit, read_digits
from pipeline.core.rules import Rule
from pipeline.extract.amount import Amount
from pipeline.extract.amount_gates import BRIEF, WINDOW, counts
from pipeline.extract.amounts_in_words import other_amount, skip
from pipeline.extract.counted_nouns import counted_noun
from pipeline.extract.quantity_grammar import NOTHING, Grammar

RATES, LONGEST_LIST = 3, 6
LEAST_DENOMINATOR = 100
ABBREVIATED = re.compile(r"\.\s(?:[a-z€£$]|[A-Z]{3}\b)")
"""The full stop of '3.2 bn. euros'."""
Found = tuple[int, int, Rule, "re.Match[str]"]


def read_amounts(text: str, grammar: Grammar, units_only: bool = False) -> list[Amount]:
    """The values of a sentence whose full-width characters are folded, in text order; no two overlap.

    units_only: without asking whether a number counts as a quantity where it stands.
    """
    rules = grammar.value_rules([text.encode()])
    return amounts_by(text, rules[0], grammar, units_only) if rules else []


def amounts_by(text: str, rules: Sequence[Rule], grammar: Grammar, units_only: bool = False) -> list[Amount]:
    """The values that some rules read in a folded sentence."""
    return list(_Reader(text, grammar, rules, units_only).amounts())


class _Reader:
    """One pass over the rule matches of one sentence."""

    def __init__(self, text: str, grammar: Grammar, rules: Sequence[Rule], units_only: bool) -> None:
        self.text, self.grammar, self.units_only = text, grammar, units_only
        found: list[Found] = [
            (match.start(), grammar.order[rule.rule_id], rule, match) for rule in rules for match in rule.matches(text)
        ]
        found.sort(key=lambda item: item[:2])
        self.found = found
        self.numbers = {item[0]: item for item in reversed(found) if item[2].values["reads"] == "number"}

    def amounts(self) -> Iterator[Amount]:
        consumed = 0
        for start, _, rule, match in self.found:
            if start < consumed or (self.text[start - 1 : start] == "." and self.text[start - 2 : start - 1].isdigit()):
                continue
            reads = rule.values["reads"]
            if reads == NOTHING:
                consumed = max(consumed, match.end(match.lastindex or 0))
                continue
            amount = self._number(rule, match) if reads == "number" else other_amount(self.text, reads, rule, match, self.grammar)
            if amount is None:
                continue
            if rule.values.get("certain"):
                amount.noun = (self._skip(match.start("noun")), match.end())
            elif reads == "number":
                amount = self._range(amount, consumed)
            if self.units_only or amount.noun or counts(self.text, amount, consumed, self.grammar):
                amount.core = amount.start
                yield amount
            consumed = max(consumed, amount.end)

    @cached_property
    def _listed(self) -> bool:
        return bool(self.grammar.words["shared_signs"].search(self.text))

    # -- numbers and units

    def _number(self, rule: Rule, match: re.Match[str], depth: int = 0) -> Amount | None:
        groups = {name: value for name, value in match.groupdict().items() if value}
        end = match.end()
        if "half" in groups:
            value: Decimal | None = Decimal("0.5")
            end = match.end("half")
        elif "number" in groups:
            value, end = read_digits(groups["number"], self.grammar.decimal_comma), match.end("number")
        else:
            end = self._give_back(match)
            value = self.grammar.numerals.read(self.text[match.start("words") : end])
        if value is None:
            return None
        amount = Amount(match.start(), end, value, rule.rule_id, in_words="words" in groups)
        currency = groups.get("currency") or groups.get("currency_b")
        amount.unit = self.grammar.currencies.get(currency) if currency else None
        if "scale" in groups:
            amount.scale, amount.end = self.grammar.scales[groups["scale"]], match.end("currency")
            amount.low = value * amount.scale
        self._scale(amount)
        self._unit(amount)
        self._rates(amount)
        if amount.unit is None and depth < LONGEST_LIST and self._listed:
            self._take_listed_unit(amount, depth)
        return amount

    def _take_listed_unit(self, amount: Amount, depth: int) -> None:
        """The unit of '15 and 20 per cent respectively' is printed behind the last number of the list."""
        link = self.grammar.words["list_goes_on_with"].match(self.text, amount.end)
        following = self.numbers.get(link.end()) if link else None
        last = self._number(following[2], following[3], depth + 1) if following else None
        if last is None:
            return
        if last.unit is None and self.grammar.spaced and (noun := last.noun or counted_noun(self.text, last.end, self.grammar)):
            last.unit, last.noun = self.grammar.counted_kind(self.text[slice(*noun)]) or "item", noun
        if last.unit:
            amount.unit, amount.unit_printed, amount.noun = last.unit, True, last.noun
            amount.low = (amount.low or Decimal(0)) * (last.scale if amount.scale == 1 else 1)

    def _give_back(self, match: re.Match[str]) -> int:
        """The end of a number in words, without a last character that belongs to its unit (千 of 千瓦)."""
        end = match.end("words")
        if not self.grammar.spaced and end - match.start("words") > 1:
            unit = self.grammar.unit_pattern.match(self.text, end - 1)
            if unit and unit.end() > end and unit[0][0] in self.grammar.scales:
                return end - 1
        return end

    def _skip(self, position: int) -> int:
        return skip(self.text, position)

    def _scale(self, amount: Amount) -> None:
        """Multiply by the scale words after the number, and note words for 'and more' among them."""
        grammar = self.grammar
        for _ in range(RATES):
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
            if grammar.spaced and ABBREVIATED.match(self.text, amount.end):
                amount.end += 1

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
        if after and self.grammar.dimension(self.grammar.unit_code(after[0])) == "money":
            return False
        noun = counted_noun(self.text, scale.end(), self.grammar)
        return noun is None or (scale[0] not in "kKM" and self.grammar.counted_kind(self.text[slice(*noun)]) is None)

    def _unit(self, amount: Amount) -> None:
        spot = self._skip(amount.end)
        unit = self.grammar.unit_pattern.match(self.text, spot)
        if not unit or (spot > amount.end and not self.grammar.spaced and self.text[spot - 1] == "-"):
            return
        code = self.grammar.unit_code(unit[0])
        if amount.unit and self.grammar.dimension(code) != "money":
            return
        amount.unit, amount.end, amount.unit_printed = code, unit.end(), True
        if (more := self.grammar.or_so.get(self.text[amount.end : amount.end + 1])) and not amount.comparator:
            amount.comparator, amount.end = more, amount.end + 1

    def _rates(self, amount: Amount) -> None:
        """Put what the value is counted against into the unit: per 1,000 live births, 每人每年."""
        low = max(0, amount.start - BRIEF)
        compared = (
            None if self.grammar.spaced else self.grammar.cue("comparators_before", self.text[low : amount.start], "comparator")
        )
        limit = low + compared.start if compared else amount.start
        before = self.grammar.rate_before.search(self.text, low, limit)
        parts = self._rates_before(before[0]) if before and amount.unit else []
        if before and parts and not compared:
            amount.start = before.start()
        end = amount.end
        for _ in range(RATES):
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
            many = self.grammar.scales[scale[0]] if scale else None
            parts.append(f"per {many:,f} {code}s" if many else _per(code))
        return parts

    def _rate_after(self, spot: int, amount: Amount) -> tuple[str, int] | None:
        number = self.numbers.get(spot)
        if number and number[3].groupdict().get("number"):
            value = read_digits(number[3]["number"])
            end = number[3].end()
            if scale := self.grammar.scale_pattern.match(self.text, end):
                value, end = value * self.grammar.scales[scale[0]], scale.end()
            noun = counted_noun(self.text, end, self.grammar) if self.grammar.spaced else None
            words = f" {self.text[self._skip(end) : noun[1]]}" if noun else ""
            return (f"per {value:,f}{words}", noun[1] if noun else end) if value >= LEAST_DENOMINATOR else None
        known = self.grammar.denominator_pattern.match(self.text, spot)
        if not known or (not amount.unit and not amount.low):
            return None
        code = self.grammar.denominators[known[0]]
        if code in self.grammar.time_units and (
            amount.unit in ("%", "percentage point", None) or amount.unit in self.grammar.time_units
        ):
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
        if link.code == "and" and not self.grammar.words["range_before"].search(before):
            return first
        if first.unit_printed and first.unit != second.unit:
            return first
        if link.code == "to" and self.grammar.words["from_before"].search(before):
            return first
        self._scale_both(first, second)
        joined = self._joined(first, second)
        if link.code == "above":
            below = self.grammar.cue("comparators_after", self.text[second.end : second.end + BRIEF], "comparator")
            if not below or below.code not in ("lt", "le"):
                return first
            joined.end += below.end
        return joined

    def _scale_both(self, first: Amount, second: Amount) -> None:
        """The letter behind a range of sums, which scales both: '$430-860M'."""
        letter = self.text[second.end : second.end + 1]
        alone = not self.text[second.end + 1 : second.end + 2].isalnum()
        if first.unit and not second.unit and letter in self.grammar.short_scales and alone and first.scale == second.scale == 1:
            for amount in (first, second):
                amount.scale = self.grammar.scales[letter]
                amount.low = (amount.low or Decimal(0)) * amount.scale
            second.end += 1

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


def _per(code: str) -> str:
    return "s" if code == "second" else code
