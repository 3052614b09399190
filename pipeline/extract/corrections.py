"""Editorial corrections: sentences as they are read where the text itself is wrong. Offsets and quotes stay those of the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from msgspec.structs import replace

from pipeline.core.errors import InputError
from pipeline.core.model import Correction, Outline, Sentence


def corrected(outline: Outline, corrections: Iterable[Correction]) -> Outline:
    """The outline of one text with its corrections put into its sentences; those of other texts are passed over.

    Sections, sentence borders and offsets do not change. Raises InputError for one that does not stand inside one sentence.
    """
    own = sorted((each for each in corrections if each.text_id == outline.text.text_id), key=lambda each: -each.char_start)
    if not own:
        return outline
    sentences = list(outline.sentences)
    starts = [sentence.char_start for sentence in sentences]
    for each in own:
        index = bisect_right(starts, each.char_start) - 1
        if index < 0 or each.char_end > sentences[index].char_end:
            reason = f"the correction of {each.printed!r} does not stand inside one sentence or heading of {each.text_id}"
            raise InputError(f"{outline.text.document_id}/document.yaml", reason, "quote fewer words as printed")
        sentences[index] = _put(sentences[index], each)
    return Outline(outline.text, outline.sections, tuple(sentences))


def _put(sentence: Sentence, correction: Correction) -> Sentence:
    """A sentence with one correction. The last character that is meant stands for the last that is printed, the others in order."""
    first, last = (_offset(sentence, place) for place in (correction.char_start, correction.char_end - 1))
    meant, longer = correction.meant, len(correction.meant) - (last + 1 - first)
    places = [min(correction.char_start + step, correction.char_end - 1) for step in range(len(meant) - 1)]
    inside = [(first + step, place) for step, place in enumerate([*places, correction.char_end - 1])]
    before = [piece for piece in sentence.pieces if piece[0] < first]
    rest = sentence.pieces[bisect_left(sentence.pieces, (last + 1,)) :]
    goes_on = last + 1 < len(sentence.text) and not (rest and rest[0][0] == last + 1)
    after = [(last + 1 + longer, correction.char_end)] if goes_on else []
    shifted = [(here + longer, there) for here, there in rest]
    text = sentence.text[:first] + meant + sentence.text[last + 1 :]
    return replace(sentence, text=text, pieces=(*before, *inside, *after, *shifted))


def _offset(sentence: Sentence, place: int) -> int:
    """The offset in a sentence's text of a character of the source."""
    here, there = max(piece for piece in sentence.pieces if piece[1] <= place)
    return here + place - there
