"""The README: its commands are what the gate runs, and its lines of Python print what it shows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

EXTRACT = REPOSITORY / ".ci" / "readme_commands.py"
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def extract(readme: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, EXTRACT, readme], capture_output=True, text=True, check=False)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_there_are_two_commands_of_one_line() -> None:
    found = extract(REPOSITORY / "README.md")
    assert found.stdout.splitlines() == [
        "python -m pip install . && python -m servqual report",
        "python -m pip install '.[dev]' && python -m pytest",
    ]


@pytest.mark.parametrize(
    "section",
    [
        "## Two commands\n\n```sh\na\n```\n",
        "## Two commands\n\n```sh\na\n```\n\n```sh\nb\nc\n```\n",
        "## Two commands\n\n```sh\na\n```\n\n## Next\n\n```sh\nb\n```\n",
        "## Commands\n\n```sh\na\n```\n\n```sh\nb\n```\n",
    ],
    ids=["one command", "two lines", "the next section", "no heading"],
)
def test_anything_else_is_refused(tmp_path: Path, section: str) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# title\n\n{section}", encoding="utf-8")
    assert extract(readme).returncode != 0


def test_the_lines_of_python_print_what_the_readme_shows() -> None:
    (code,), shown = blocks("python"), blocks("text")
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert [run.stdout.strip("\n")] == [text.strip("\n") for text in shown]


def test_the_pages_and_pictures_it_links_to_exist() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []


def test_the_version_is_the_same_everywhere() -> None:
    version = re.search(r'^__version__ = "(.+)"$', (REPOSITORY / "src/servqual/__init__.py").read_text(), re.MULTILINE)
    assert version
    assert f"\nversion: {version[1]}\n" in (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert version[1] in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
