"""What is refused, and whether the refusal helps: every problem with place, value, rule and remedy."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from servqual import Survey
from servqual.errors import Problem, ServqualError, SurveyError
from tests.intake.desk import DESK, KEYS, desk_columns, frame_of

P_COLUMNS = [f"perception_{key}" for key in KEYS]
E_COLUMNS = [f"expectation_{key}" for key in KEYS]


def refusal(make: Callable[[], object]) -> SurveyError:
    """The error with which something is refused, which a caller can also catch as a ValueError."""
    with pytest.raises(SurveyError) as caught:
        make()
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, ServqualError)
    assert all(isinstance(each, Problem) and each.place and each.found and each.rule for each in caught.value.problems)
    return caught.value


def refused_frame(columns: Mapping[str, Any] | None = None, backend: str = "pandas", **options: Any) -> SurveyError:
    """The refusal of the small study, some of its columns replaced, or left out where they are None."""
    cells = {name: values for name, values in {**desk_columns(), **(columns or {})}.items() if values is not None}
    frame = frame_of(cells, backend)
    return refusal(lambda: Survey.from_frame(frame, DESK, **options))


def check(error: SurveyError, *problems: str) -> None:
    """The error consists of these problems, each told exactly so."""
    assert [str(problem) for problem in error.problems] == list(problems)


def check_parts(error: SurveyError, *sentences: str) -> None:
    """Each sentence stands in the message of the error."""
    absent = [sentence for sentence in sentences if sentence not in str(error)]
    assert not absent, f"{absent} not in {error}"
