"""From answers in memory to dimension and overall scores: the library on one thread beside its peers and the floor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

import servqual as sq
from benchmarks.peers import Peer, peers
from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Goal, Row, compared, size
from benchmarks.studies import PARTS, SHARE_MISSING, Study

FLOOR = "one read and one write"
GOALS = {
    False: {"pandas": Goal(5), "polars": Goal(5), "duckdb": Goal(1.6), FLOOR: Goal(most=2.5)},
    True: {"pandas": Goal(10), "polars": Goal(3), "duckdb": Goal(3)},
}
# Peers take the mean of whatever was answered: one item is enough.
ONE_ITEM = 1e-9
# From so many respondents on, a round takes seconds, and fewer serve.
MANY, FEW_ROUNDS = 5_000_000, 5

Out = npt.NDArray[np.float32]


def rows(respondents: int, rounds: int) -> list[Row]:
    """Return what was measured with complete answers, then with missing ones."""
    return [row for missing in (False, True) for row in _case(respondents, rounds, missing=missing)]


def _case(respondents: int, rounds: int, *, missing: bool) -> list[Row]:
    study = Study.of(respondents, missing=missing)
    survey = study.survey
    rivals = list(peers(study))
    out = np.empty((respondents, len(PARTS) + 1), np.float32, order="F")
    ours = partial(sq.score, survey, sq.Difference(), out=out, min_answered=ONE_ITEM)
    ours()
    for rival in rivals:
        check_equal(rival, out)
    contenders: dict[str, Callable[[], object]] = {
        OURS: ours,
        FLOOR: lambda: read_and_write(survey, out),
        **{rival.name: rival.run for rival in rivals},
    }
    answers = f"{SHARE_MISSING:.0%} missing" if missing else "complete"
    times = interleaved(contenders, min(rounds, FEW_ROUNDS) if respondents >= MANY else rounds)
    return compared(f"score, {size(respondents)}, {answers}", times, GOALS[missing], bounds=[FLOOR])


def check_equal(rival: Peer, ours: Out) -> None:
    """Refuse to time a peer that does not get the same scores."""
    theirs = rival.matrix(rival.run())
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5, err_msg=rival.name)


def read_and_write(survey: sq.Survey, out: Out) -> None:
    """Read every code once, eight at a time, and write every score once: what no scoring can do without."""
    for level in survey.levels:
        codes = survey.level(level).codes.reshape(-1)
        codes[: len(codes) // 8 * 8].view(np.int64).max(initial=0)
    out.fill(0)
