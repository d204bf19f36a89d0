"""Made-up answers that all contenders score: 22 items in five dimensions, perceptions and expectations, 1 to 7."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

import servqual as sq

SIZES = (4, 5, 4, 4, 5)
ITEMS = sum(SIZES)
ENDS = tuple(accumulate(SIZES))
PARTS = tuple(slice(end - size, end) for size, end in zip(SIZES, ENDS, strict=True))
PERCEPTIONS = tuple(f"P{number:02d}" for number in range(1, ITEMS + 1))
EXPECTATIONS = tuple(f"E{number:02d}" for number in range(1, ITEMS + 1))
NAMES = PERCEPTIONS + EXPECTATIONS
SHARE_MISSING = 0.03

Codes = npt.NDArray[np.int8]
Gaps = npt.NDArray[np.bool_]
Matrix = npt.NDArray[np.float64]


def instrument() -> sq.Instrument:
    """Return an instrument with the shape of SERVQUAL."""
    keys = {f"d{place}": list(NAMES[part]) for place, part in enumerate(PARTS)}
    levels = (sq.Level.PERCEPTION, sq.Level.EXPECTATION)
    return sq.Instrument.define("benchmark", dimensions=keys, scale=sq.Scale.likert(7), levels=levels)


@frozen(eq=False)
class Study:
    """Answers, item by item: perceptions, then expectations."""

    answers: Codes = field(repr=False)
    gaps: Gaps | None = field(repr=False)

    @classmethod
    def of(cls, rows: int, *, missing: bool) -> Study:
        """Return answers of some respondents, a few of them missing where wanted; the same ones every time."""
        rng = np.random.default_rng(1988)
        answers = rng.integers(1, 8, (2 * ITEMS, rows), dtype=np.int8)
        if not missing:
            return cls(answers, None)
        gaps = np.empty(answers.shape, np.bool_)
        for row in gaps:
            np.less(rng.random(rows, dtype=np.float32), SHARE_MISSING, out=row)
        return cls(answers, gaps)

    def __len__(self) -> int:
        return int(self.answers.shape[1])

    @property
    def survey(self) -> sq.Survey:
        """Return the answers as a survey, coded in one byte each."""
        given = self.answers if self.gaps is None else np.where(self.gaps, np.int8(-1), self.answers)
        missing = () if self.gaps is None else (-1,)
        return sq.Survey.from_arrays(
            instrument(), perception=given[:ITEMS].T, expectation=given[ITEMS:].T, missing=missing
        )
