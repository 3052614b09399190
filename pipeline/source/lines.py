"""The printed lines of a decoded file, where they stand, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

SPACES = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0             \u2028\u2029  　\u200b\ufeff"
"""What an indent or a line end may consist of."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that are not blank, as parallel lists.

    text: without indent and line end; start: source offset of its first character; indent: characters before it;
    blank: blank lines between the line before and this one; feeds: lines that a form feed precedes.
    """

    text: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    indent: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    feeds: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.text)

    def end(self, index: int) -> int:
        """The source offset after the last character of a line."""
        return self.start[index] + len(self.text[index])

    def slice(self, first: int, after: int) -> Lines:
        """The lines [first, after) as if they were all."""
        feeds = {index - first for index in self.feeds if first <= index < after}
        part = slice(first, after)
        return Lines(self.text[part], self.start[part], self.indent[part], self.blank[part], feeds)


def split_lines(decoded: str) -> Lines:
    """The lines of a text: every line or page break that Unicode knows ends one; a break does not move an offset."""
    lines = Lines()
    position, blank, fed = 0, 0, False
    for line in decoded.splitlines(keepends=True):
        unindented = line.lstrip(SPACES)
        if unindented:
            indent = len(line) - len(unindented)
            if fed or (indent and "\f" in line[:indent]):
                lines.feeds.add(len(lines))
            lines.start.append(position + indent)
            lines.text.append(unindented.rstrip(SPACES))
            lines.indent.append(indent)
            lines.blank.append(blank)
            blank, fed = 0, line[-1] == "\f"
        else:
            blank += 1
            fed = fed or "\f" in line
        position += len(line)
    return lines


def blocks(indices: list[int]) -> Iterator[tuple[int, int]]:
    """Ascending indices as runs [first, after)."""
    first = before = None
    for index in indices:
        if before is None or index != before + 1:
            if first is not None and before is not None:
                yield first, before + 1
            first = index
        before = index
    if first is not None and before is not None:
        yield first, before + 1
