"""When anything is drawn at random: where there is a seed, and only there."""

from __future__ import annotations

import numpy as np

from servqual.labels import Label
from servqual.statistics.resample_counts import check_draws

Rng = int | np.random.Generator | None

USUAL_DRAWS = 1000
NOT_DRAWN = "nothing was drawn: it needs a seed, as rng=1"
NOT_DRAWN_NOTE = Label(
    "nothing was drawn: intervals by resamples need a seed, as rng=1", "未重抽样：重抽样区间须给定种子，如 rng=1"
)


def draws_asked(draws: int | None, rng: object) -> int:
    """Return how many resamples are drawn: with a seed `USUAL_DRAWS` unless said, and none without one.

    Parameters
    ----------
    draws
        What was asked for; 0 for none, also where a seed serves something else.
    rng
        A seed or a generator.

    Raises
    ------
    ArgumentError
        A number of resamples without a seed, one that is none, or what is no seed.
    """
    nothing = draws is None and rng is None
    if nothing or (draws == 0 and not isinstance(draws, bool)):
        return 0
    many = USUAL_DRAWS if draws is None else draws
    check_draws(many, rng)
    return int(many)
