"""Studies of real data that are told with their numbers: the page says what its code gives."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY

STUDIES = REPOSITORY / "docs" / "studies"
TOLD = re.compile(r"^```python\n(.*?)^```\n\n^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["hospitals"])
def test_a_study_quotes_what_its_code_gives(page: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shared / "data")
    told = TOLD.findall((STUDIES / f"{page}.md").read_text(encoding="utf-8"))
    assert told
    names = dict[str, Any]({"__name__": "study"})
    for code, quoted in told:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(code, page, "exec"), names)  # noqa: S102 - our own page
        assert said.getvalue().rstrip() == quoted.rstrip()
