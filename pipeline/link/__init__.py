"""All Outlines and Records → the rows of the published tables: one record per thing, every passage its evidence."""

from __future__ import annotations

from pipeline.core.model import Row
from pipeline.link.alignment import Alignment
from pipeline.link.alignment_rows import section_alignment_rows, sentence_alignment_rows
from pipeline.link.corpus import Corpus
from pipeline.link.discrepancies import Discrepancies, found_in
from pipeline.link.discrepancies.model import Finding
from pipeline.link.duties import Duties
from pipeline.link.evidence import document_rows, problem_rows, section_rows, sentence_rows, source_rows, text_rows
from pipeline.link.graph import DocumentGraph
from pipeline.link.instruments import Instruments
from pipeline.link.lineage import Lineage
from pipeline.link.objectives import Objectives
from pipeline.link.provisions import provision_rows
from pipeline.link.targets import Targets

__all__ = ["Corpus", "discrepancies_of", "link"]


def link(corpus: Corpus) -> dict[str, list[Row]]:
    """Table name → its rows, columns named as in schemas/."""
    objectives = Objectives(corpus)
    targets = Targets(corpus, objectives)
    duties = Duties(corpus, objectives)
    instruments = Instruments(corpus)
    graph = DocumentGraph(corpus, objectives, duties, instruments)
    lineage = Lineage(corpus, targets, objectives, graph.replaced())
    discrepancies = Discrepancies(corpus, [*objectives.differences, *targets.differences])
    discrepancies.name_in(objectives.rows, "objective_id")
    discrepancies.name_in(targets.rows, "target_id")
    return {
        "documents": document_rows(corpus),
        "provisions": provision_rows(corpus),
        "sources": source_rows(corpus),
        "texts": text_rows(corpus),
        "sections": section_rows(corpus),
        "sentences": sentence_rows(corpus),
        "section_alignments": section_alignment_rows(corpus),
        "sentence_alignments": sentence_alignment_rows(corpus),
        "objectives": objectives.rows,
        "statements": objectives.statement_rows,
        "targets": targets.rows,
        "quantities": targets.quantity_rows,
        "indicators": targets.indicators.rows,
        "target_lineage": lineage.rows,
        "document_relations": graph.rows,
        "discrepancies": discrepancies.rows,
        "bodies": duties.body_rows,
        "responsibilities": duties.responsibility_rows,
        "body_mentions": duties.mention_rows,
        "instruments": instruments.rows,
        "instrument_mentions": instruments.mention_rows,
        "problems": problem_rows(corpus, targets.problems + lineage.problems),
    }


def discrepancies_of(corpus: Corpus, alignment: Alignment) -> list[Finding]:
    """Where two texts of a corpus disagree, the surest first."""
    objectives = Objectives(corpus)
    differences = [*objectives.differences, *Targets(corpus, objectives).differences]
    texts = alignment.a.text.text_id, alignment.b.text.text_id
    return found_in(corpus, alignment, (each for each in differences if each.texts == texts))[0]
