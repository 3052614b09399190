"""The errors that a user can meet.

PipelineError
├─ InputError        exit code 2: a document, an option or a description that cannot be used
├─ ValidationError   exit code 3: tables or releases that break their own rules
├─ EnvironmentFault  exit code 4: disk, memory, permission
├─ BusyError         exit code 5: another run holds the lock
└─ IntegrityError    exit code 6: bytes that are not what their checksum says

Each is one line: where, why, and what to do about it.
"""

from __future__ import annotations


class PipelineError(Exception):
    """A fault that ends the run with one line.

    where: the file, table or option at fault; reason: what is wrong with it; remedy: what to do.
    """

    exit_code = 1

    def __init__(self, where: object, reason: str, remedy: str) -> None:
        self.where, self.reason, self.remedy = str(where), reason, remedy
        super().__init__(where, reason, remedy)

    def __str__(self) -> str:
        return " ".join(f"{self.where}: {self.reason}; {self.remedy}".split())


class InputError(PipelineError):
    exit_code = 2


class ValidationError(PipelineError):
    exit_code = 3


class EnvironmentFault(PipelineError):
    exit_code = 4


class BusyError(PipelineError):
    exit_code = 5


class IntegrityError(PipelineError):
    exit_code = 6
