from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.consumers.reading import ROOT, WORK

os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HOME": str(WORK / "huggingface"),
}


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Whatever is read is on this machine: a connection to any other fails."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a connection to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


@pytest.fixture(scope="session", params=["sample", "build"])
def package(request: pytest.FixtureRequest) -> Path:
    """The package of invented rows, and what the pipeline built."""
    return WORK / "sample" if request.param == "sample" else ROOT / "build" / "package"


@pytest.fixture(scope="session")
def made(package: Path) -> Path:
    """What `pipeline archive` made of it: stem of the files, without their endings."""
    folders = [WORK / "sample-archive"] if package.parent == WORK else sorted((ROOT / "build" / "archive").iterdir())
    files = sorted(path for folder in folders for path in folder.glob("*.zip"))
    assert len(files) == 1, "run `make clean consumers`"
    return files[0].with_suffix("")
