"""An error is one line: where, why, what to do."""

from __future__ import annotations

import pickle

import pytest

from pipeline.core.errors import BusyError, EnvironmentFault, InputError, IntegrityError, PipelineError, ValidationError

KINDS = {InputError: 2, ValidationError: 3, EnvironmentFault: 4, BusyError: 5, IntegrityError: 6}


@pytest.mark.parametrize(("kind", "code"), KINDS.items())
def test_each_kind_has_its_exit_code(kind: type[PipelineError], code: int) -> None:
    assert kind.exit_code == code


def test_an_error_is_one_line_whatever_it_names() -> None:
    error = InputError("a\nfile\twith\r\nbreaks", "is\nodd", "rename it")
    assert str(error) == "a file with breaks: is odd; rename it"


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_the_way_from_a_worker_process(kind: type[PipelineError]) -> None:
    error = pickle.loads(pickle.dumps(kind("file", "reason", "remedy")))
    assert type(error) is kind
    assert (error.where, error.reason, error.remedy) == ("file", "reason", "remedy")
