"""One document's texts become section trees and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.core.language import Language, load_language
from pipeline.core.model import Outline, Problem, Text
from pipeline.outline.addresses import address, number
from pipeline.outline.agree import take_numbers
from pipeline.outline.build import build
from pipeline.outline.doubts import about, doubts
from pipeline.outline.grammar import grammar
from pipeline.outline.reading import read_tree
from pipeline.outline.restore import restore
from pipeline.outline.settle import settle_headings
from pipeline.outline.tree import Tree


def outline_document(
    texts: Sequence[Text], languages: Mapping[str, Language] | None = None
) -> tuple[tuple[Outline, ...], tuple[Problem, ...]]:
    """The outlines of all texts of one document, in their order, and what is doubtful in them.

    texts: the original first, where there is one; translations take its numbers. languages: packs by code; else they are loaded.
    """
    trees = [_read(text, languages) for text in texts]
    problems: list[Problem] = []
    original = next((tree for tree in trees if tree.text.translation_status == "original"), None)
    for tree in trees:
        renumbered = take_numbers(original, tree) if original is not None and tree is not original else []
        address(tree)
        problems += doubts(tree)
        problems += [about(tree, node, "renumbered", message) for node, message in renumbered]
    return tuple(build(tree) for tree in trees), tuple(problems)


def _read(text: Text, languages: Mapping[str, Language] | None) -> Tree:
    code = text.language.split("-")[0].lower()
    language = languages[code] if languages and code in languages else load_language(code)
    rules = grammar(language)
    tree = read_tree(restore(text, rules), rules)
    settle_headings(tree)
    number(tree)
    return tree


__all__ = ["outline_document"]
