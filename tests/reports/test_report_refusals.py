"""What reports refuse, in words that name what was given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from servqual import Difference, score
from servqual.errors import ArgumentError, GroupError, ModelError
from servqual.reports import brief, report
from tests.reports.odd_surveys import both

each_report = pytest.mark.parametrize("make", [report, brief])


@each_report
@pytest.mark.parametrize("by", [["店"], ("店", "other")])
def test_several_grouping_columns(make: Callable[..., Any], by: Any) -> None:
    with pytest.raises(ArgumentError) as caught:
        make(both(), by=by)
    assert (
        str(caught.value) == f"by: {by!r}; a report tells the groups of one column. Hint: name one of them, as a text"
    )


@each_report
def test_what_is_no_survey(make: Callable[..., Any]) -> None:
    with pytest.raises(ModelError, match="survey: a Scores; what is scored is a Survey"):
        make(score(both(), Difference()))
    with pytest.raises(ModelError, match="survey: a dict; what is scored is a Survey"):
        make({})


@each_report
def test_a_column_that_was_not_read_as_groups(make: Callable[..., Any]) -> None:
    with pytest.raises(
        GroupError, match=r"no 'branch'; .* Hint: known are 店; read the survey with groups=\['branch'\]"
    ):
        make(both(), by="branch")


def test_a_criterion_that_was_not_read() -> None:
    with pytest.raises(GroupError, match="criterion: no column 'overall'; a criterion is a number for each respondent"):
        report(both(), criterion="overall")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    with pytest.raises(FileNotFoundError) as caught:
        report(both(4)).save(folder / "page.html")
    assert (caught.value.filename, caught.value.strerror) == (str(folder), "no such folder")
    assert list(tmp_path.iterdir()) == []
