"""The site over HTTP: on this machine only, the files of one folder, with careful headers."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from pipeline.core.errors import EnvironmentFault, InputError
from pipeline.core.paths import ROOT
from pipeline.publish.site import CSP
from pipeline.serve import HOST, Server, open_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("release")
    files = {
        "site/index.html": b"<p>home", "site/zh/index.html": "<p>首页".encode(), "site/assets/a.js": b"1", "site/assets/a.css": b"a{}",
        "site/assets/a.svg": b"<svg/>", "csv/a.csv": b"a\n", "parquet/a.parquet": b"PAR1", "SHA256SUMS": b"x", "text/a b.txt": b"words",
        "discrepancies.html": b"<style></style>",
    }  # fmt: skip
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "site" / "leak.txt").symlink_to(folder.parent / "secret.txt")
    with open_server(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(HOST, server.server_port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer, data


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/site/", "text/html; charset=utf-8"),
        ("/site/zh/index.html", "text/html; charset=utf-8"),
        ("/site/assets/a.js", "text/javascript; charset=utf-8"),
        ("/site/assets/a.css", "text/css; charset=utf-8"),
        ("/site/assets/a.svg", "image/svg+xml"),
        ("/csv/a.csv", "text/csv; charset=utf-8"),
        ("/parquet/a.parquet", "application/vnd.apache.parquet"),
        ("/SHA256SUMS", "text/plain; charset=utf-8"),
        ("/text/a%20b.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_come_with_their_media_type(server: Server, path: str, media_type: str) -> None:
    answer, data = ask(server, path)
    assert (answer.status, answer.getheader("Content-Type")) == (200, media_type)
    assert data
    assert answer.getheader("X-Content-Type-Options") == "nosniff"


def test_pages_of_the_site_say_what_they_may_load(server: Server) -> None:
    assert ask(server, "/site/")[0].getheader("Content-Security-Policy") == CSP
    assert ask(server, "/discrepancies.html")[0].getheader("Content-Security-Policy") is None


def test_the_top_leads_to_the_site(server: Server) -> None:
    answer, _ = ask(server, "/")
    assert (answer.status, answer.getheader("Location")) == (302, "/site/")


@pytest.mark.parametrize("path", ["/csv/", "/nothing", "/../secret.txt", "/%2e%2e/secret.txt", "/site/leak.txt", "/site/%00"])
def test_only_files_of_the_folder_are_shown(server: Server, path: str) -> None:
    answer, data = ask(server, path)
    assert answer.status == 404
    assert b"secret" not in data.replace(b"secret.txt", b"")


def test_another_name_for_this_address_gets_nothing(server: Server) -> None:
    assert ask(server, "/site/", Host="example.org")[0].status == 421
    assert ask(server, "/site/", Host=f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(server: Server, method: str) -> None:
    assert ask(server, "/site/", method)[0].status == 501


def test_only_this_machine_is_answered(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/site/"


def test_a_port_that_is_taken_and_a_folder_without_a_site_are_one_line(server: Server, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="is in use by another program"):
        open_server(server.folder, server.server_port)
    with pytest.raises(InputError, match="has no site; run `make`"):
        open_server(tmp_path, 0)


def test_the_command_has_its_exit_codes(server: Server, tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(b"")
    for arguments, code in (([str(tmp_path / "none")], 2), ([str(tmp_path)], 2), ([str(tmp_path), "--port", "65536"], 2)):
        done = subprocess.run([sys.executable, "-m", "pipeline", "serve", *arguments], cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stderr.count(b"\n"), done.stdout) == (code, 1, b"")
    (server.folder / "SHA256SUMS").write_bytes(b"x")
    command = [sys.executable, "-m", "pipeline", "serve", str(server.folder), "--port", str(server.server_port)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 4
