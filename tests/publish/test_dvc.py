"""A release in the hands of DVC: taken from a clone, imported, and mirrored in a folder and over static HTTP."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.core.paths import DIST, ROOT
from pipeline.publish import read_index

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

OURS = (".dvc/config", ".dvcignore", ".gitignore", "dvc.yaml", "dvc.lock", "params.yaml")
LATEST = read_index(DIST).latest or ""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it overrides
        pass


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dvc 数据")


def run(folder: Path, *command: str) -> str:
    """One command that must succeed, without the settings, caches and proxies of this machine; what it says."""
    home = folder if folder.name == "home" else folder.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "DVC_")) and "proxy" not in key.lower()
    }
    environment |= {
        "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"), "DVC_NO_ANALYTICS": "1",
        "DVC_SITE_CACHE_DIR": str(home / "site"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.org",
        "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.org",
    }  # fmt: skip
    started = [sys.executable, "-m", "dvc", *command[1:]] if command[0] == "dvc" else list(command)
    done = subprocess.run(started, cwd=folder, env=environment, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, (command, done.stdout[-500:], done.stderr[-1000:])
    return done.stdout


def new_repository(folder: Path) -> Path:
    folder.mkdir()
    run(folder, "git", "init", "--quiet")
    return folder


def commit(folder: Path) -> None:
    run(folder, "git", "add", "--all")
    run(folder, "git", "commit", "--quiet", "--message", "test")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def clone(place: Path) -> Path:
    """A clone of a repository that has our releases and our DVC stages, in which nothing is built."""
    ours = new_repository(place / "ours")
    for path in OURS:
        (ours / path).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / path, ours / path)
    shutil.copytree(DIST / LATEST, ours / "dist" / LATEST)
    shutil.copyfile(DIST / "index.json", ours / "dist/index.json")
    commit(ours)
    run(place, "git", "clone", "--quiet", "--no-hardlinks", str(ours), "clone")
    return place / "clone"


@pytest.fixture(scope="module")
def registry(place: Path) -> Path:
    """A repository that tracks a release with DVC and has pushed it to a folder, `mirror`, beside it."""
    folder = new_repository(place / "registry")
    run(folder, "dvc", "init", "--quiet")
    shutil.copytree(DIST / LATEST, folder / f"national-policy-data-{LATEST}")
    run(folder, "dvc", "add", "--quiet", f"national-policy-data-{LATEST}")
    run(folder, "dvc", "remote", "add", "--quiet", "--default", "mirror", "../mirror")
    commit(folder)
    run(folder, "dvc", "push", "--quiet")
    return folder


@pytest.fixture(scope="module")
def address(registry: Path) -> Iterator[str]:
    """Where the mirror is served, as static files, on this machine alone."""
    handler = functools.partial(Quiet, directory=str(registry.parent / "mirror"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_release_is_got_from_a_clone(clone: Path, place: Path) -> None:
    run(place, "dvc", "get", "--quiet", str(clone), f"dist/{LATEST}", "--out", "got")
    assert files_of(place / "got") == files_of(DIST / LATEST)
    run(place / "got", sys.executable, "verify.py")


def test_a_release_is_imported_and_stays_where_it_was(clone: Path, place: Path) -> None:
    project = new_repository(place / "project")
    run(project, "dvc", "init", "--quiet")
    run(project, "dvc", "import", "--quiet", str(clone), f"dist/{LATEST}", "--out", "policy")
    assert files_of(project / "policy") == files_of(DIST / LATEST)
    revision = run(clone, "git", "rev-parse", "HEAD").strip()
    assert f"rev_lock: {revision}" in (project / "policy.dvc").read_text(encoding="utf-8")


def test_a_mirror_in_a_folder_gives_the_same_bytes(registry: Path, place: Path) -> None:
    run(place, "git", "clone", "--quiet", "--no-hardlinks", str(registry), "from-folder")
    run(place / "from-folder", "dvc", "pull", "--quiet")
    assert files_of(place / "from-folder" / f"national-policy-data-{LATEST}") == files_of(DIST / LATEST)


def test_a_mirror_over_static_http_gives_the_same_bytes(registry: Path, place: Path, address: str) -> None:
    run(place, "git", "clone", "--quiet", "--no-hardlinks", str(registry), "from-web")
    run(place / "from-web", "dvc", "remote", "add", "--quiet", "--local", "--default", "web", address)
    run(place / "from-web", "dvc", "pull", "--quiet")
    assert files_of(place / "from-web" / f"national-policy-data-{LATEST}") == files_of(DIST / LATEST)
    assert run(place / "from-web", "dvc", "status", "--cloud").strip() == "Cache and remote 'web' are in sync."
