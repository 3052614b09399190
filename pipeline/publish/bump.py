"""The smallest version number that changes allow, by the Data Package recipe for versions.

Before 1.0.0 nothing is promised (Semantic Versioning, item 4), and there is no first number to raise: there the second one is raised
for what would be major, the third for all else.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.publish.changes import MAJOR, MINOR, Diff, told
from pipeline.publish.versions import VERSION

Core = tuple[int, int, int]


def core(version: str) -> Core:
    """The three numbers of a version, a pre-release without what makes it one. Raises ValueError."""
    match = VERSION.fullmatch(version)
    if not match:
        raise ValueError(f"{version!r} is not a version such as 0.1.0")
    return int(match[1]), int(match[2]), int(match[3])


def needed(previous: str, level: str | None) -> str:
    """The smallest version after `previous` for changes of a level; None, where no value differs, counts as a correction."""
    major, minor, patch = core(previous)
    if level == MAJOR and major:
        return f"{major + 1}.0.0"
    if level == MAJOR or (level == MINOR and major):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def allows(version: str, previous: str, level: str | None) -> bool:
    """Whether `version` is large enough for changes of a level since `previous`."""
    return core(version) >= core(needed(previous, level))


def forbidding(diff: Diff, version: str, most: int = 20) -> Iterator[str]:
    """One line for each change that `version` is too small for, `most` of them, and how many more there are."""
    wrong = [change for change in diff.changes if not allows(version, diff.old, change.level)]
    for change in wrong[:most]:
        yield f"{change.level}: {told(change)}"
    if len(wrong) > most:
        yield f"and {len(wrong) - most:,} more such changes"
