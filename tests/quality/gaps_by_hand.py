"""Gaps of the made-up hall, tested by other programs: one column of scores at a time."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import fields

from servqual import Survey
from servqual.quality import GapTest, GapTests
from servqual.statistics import Inapplicable
from tests.scoring.hall import HALL, SIZES, Study, one_by_one

Array = npt.NDArray[Any]
ROWS = (*HALL.item_keys, *SIZES, "overall")


def columns(items: Array) -> dict[str, Array]:
    """Scores of each item, of each dimension and the overall score, from item scores (respondents, items)."""
    return dict(zip(ROWS, np.hstack([items, one_by_one(items)[:, :-1]]).T, strict=True))


def both(study: Study) -> tuple[dict[str, Array], dict[str, Array]]:
    """Perceptions and expectations as scores, of items of which both were answered."""
    absent = np.isnan(study.gaps)
    return tuple(columns(np.where(absent, np.nan, level)) for level in (study.perceived, study.expected))  # type: ignore[return-value]


def there(values: Array) -> Array:
    return values[~np.isnan(values)]


def number(value: float | Inapplicable) -> float:
    """A number that has to be there."""
    assert not isinstance(value, Inapplicable), value
    return value


def reason(value: object) -> str:
    """Why a number is not there."""
    assert isinstance(value, Inapplicable), value
    return value.reason


def same(one: GapTests, other: GapTests, *, but: set[str] = frozenset(), rel: float = 1e-9) -> None:  # type: ignore[assignment]
    """Every number of one is that of the other, and what is not there is not there for the same reason."""
    assert [row.key for row in one] == [row.key for row in other]
    for mine, theirs in zip(one, other, strict=True):
        for name in {each.name for each in fields(GapTest)} - but:
            left, right = getattr(mine, name), getattr(theirs, name)
            if isinstance(left, float) and isinstance(right, float):
                assert math.isclose(left, right, rel_tol=rel, abs_tol=1e-12), (mine.key, name, left, right)
            else:
                assert left == right, (mine.key, name, left, right)


def swapped(survey: Survey) -> Survey:
    """The survey with perceptions and expectations exchanged."""
    of = {str(level): survey.level(level).numbers().T for level in survey.levels}
    return Survey.from_arrays(
        survey.instrument,
        perception=of["expectation"],
        expectation=of["perception"],
        weights=survey.weights,
        weight_kind=survey.weight_kind,
    )
