"""The notebook in docs/notebook: executed, and put on a page of its own. `python -m tests.consumers.notebook` renews both files."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from tests.consumers.reading import ROOT, environment

NOTEBOOK = ROOT / "docs" / "notebook" / "policy_questions.ipynb"
TITLE = "Three questions to the plans"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
SECONDS = 300
DRAWING = "image/svg+xml"
UNTOLD = 'alt="No description has been provided for this image"'
"""What nbconvert writes for every drawing."""
STYLE = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 62rem; background: #fff; color: #1b1b1b; line-height: 1.55;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.35rem; margin-top: 2.5rem; border-bottom: 2px solid #c8c8c8; }
a { color: #0b4f9c; } .anchor-link, .prompt, .jp-InputPrompt, .jp-OutputPrompt { display: none; }
p, li { max-width: 48rem; } code { background: #f3f3f0; padding: 0 .2em; }
pre { background: #f6f6f4; border: 1px solid #ddd; padding: .6rem .8rem; overflow-x: auto; font-size: .8125rem; line-height: 1.4; }
table { border-collapse: collapse; font-size: .875rem; margin: .75rem 0; }
td, th { padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #e3e3e0; }
.output, .output_area, .output_subarea, .jp-OutputArea { overflow-x: auto; } svg { max-width: 100%; height: auto; }
"""
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
{style}{colours}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def executed(path: Path = NOTEBOOK) -> Any:
    """The notebook with the outputs of a new run, without anything that tells when, where or with what it ran."""
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory(prefix="notebook-") as folder:
        config = Config({"AsyncKernelManager": {"transport": "ipc", "connection_file": f"{folder}/kernel.json"}})
        place = {"metadata": {"path": str(path.parent)}}
        client = NotebookClient(notebook, config=config, kernel_name="python3", timeout=SECONDS, resources=place)
        client.execute(
            env=environment(PYTHONHASHSEED="0", PYTHONWARNINGS="ignore", IPYTHONDIR=folder, JUPYTER_RUNTIME_DIR=folder)
        )
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if len(data) > 1:
                data.pop("text/plain", None)  # of what is shown otherwise, it names objects in memory
    return notebook


def written(notebook: Any) -> str:
    """A notebook as its file holds it."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def page(notebook: Any) -> str:
    """The notebook as one HTML file that needs nothing from outside."""
    body, _ = HTMLExporter(template_name="basic", anchor_link_text="").from_notebook_node(notebook)
    for words in drawn(notebook):
        body = body.replace(UNTOLD, f'alt="{escape(words)}"', 1)
    lines = "\n".join(line.rstrip() for line in body.strip().splitlines())
    colours = HtmlFormatter(style="friendly").get_style_defs(".highlight")
    return PAGE.format(title=TITLE, style=STYLE, colours=colours, body=lines)


def drawn(notebook: Any) -> list[str]:
    """What each drawing shows, in words, in the order of the drawings."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [output.metadata[DRAWING].alt for output in outputs if DRAWING in output.get("data", {})]


def renew() -> None:
    """Write the notebook and its page anew."""
    notebook = executed()
    for path, text in ((NOTEBOOK, written(notebook)), (NOTEBOOK.with_suffix(".html"), page(notebook))):
        path.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path.relative_to(ROOT).as_posix()}: brought up to date\n")


if __name__ == "__main__":
    renew()
