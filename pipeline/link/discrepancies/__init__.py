"""Where the versions of a document disagree: figures, names, terms, lists, sentences, labels. Found without being told."""

from pipeline.link.discrepancies.detect import detect
from pipeline.link.discrepancies.rows import Discrepancies, found_in

__all__ = ["Discrepancies", "detect", "found_in"]
