from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.publish import write_package
from tests.publish.sample import sample_package


@pytest.fixture(scope="session")
def package() -> dict[str, bytes]:
    """The files of the sample package."""
    return sample_package()


@pytest.fixture(scope="session")
def shared_folder(package: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample package on disk, for tests that only read it."""
    folder = tmp_path_factory.mktemp("package") / "package"
    write_package(package, folder)
    return folder


@pytest.fixture
def folder(package: dict[str, bytes], tmp_path: Path) -> Path:
    """The sample package on disk, for tests that damage it."""
    write_package(package, tmp_path / "package")
    return tmp_path / "package"
