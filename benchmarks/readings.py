"""Reliability and factors beside the peers, and the memory that readings take."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

import servqual as sq
from benchmarks.memory import MIB
from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Goal, Row, compared, size
from benchmarks.studies import ITEMS, Codes, Study
from servqual.statistics import CrossProducts, Extraction, cronbach_alpha, factor_analysis, feldt_interval

FACTORS = 5
ALPHA_GOALS = {100_000: Goal(least=2.5), 1_000_000: Goal(least=4)}
READINGS: dict[str, Callable[[sq.Survey], object]] = {"reliability": sq.reliability, "critique": sq.critique}


def rows(respondents: int, rounds: int) -> list[Row]:
    """Return alpha at a tenth of the respondents and at all of them, factors at 10 000, and memory."""
    alphas = [row for n in (respondents // 10, respondents) for row in _alpha(n, rounds)]
    return [*alphas, *_factors(10_000, rounds), *_memory(respondents)]


def _alpha(respondents: int, rounds: int) -> list[Row]:
    import pingouin

    codes = _related(respondents)
    frame = pd.DataFrame(codes.T)
    (ours, low, _), (theirs, interval) = _alpha_of(codes), pingouin.cronbach_alpha(frame)
    assert abs(ours - theirs) < 1e-9
    assert abs(low - interval[0]) < 1e-3  # pingouin rounds its interval to three decimals
    contenders = {OURS: lambda: _alpha_of(codes), "pingouin": lambda: pingouin.cronbach_alpha(frame)}
    goals = {"pingouin": goal} if (goal := ALPHA_GOALS.get(respondents)) else {}
    return compared(f"alpha and interval, {size(respondents)} × {ITEMS}", interleaved(contenders, rounds), goals)


def _alpha_of(codes: Codes) -> tuple[float, float, float]:
    alpha = cronbach_alpha(CrossProducts.of(codes, origin=4).covariance())
    low, high = feldt_interval(float(alpha), codes.shape[1], len(codes))
    return float(alpha), low, high


def _factors(respondents: int, rounds: int) -> list[Row]:
    from statsmodels.multivariate.factor import Factor

    codes = _related(respondents)
    answers = codes.T.astype(np.float64)

    def ours() -> object:
        correlation = CrossProducts.of(codes, origin=4).correlation()
        return factor_analysis(correlation, FACTORS, respondents, Extraction.ML)

    def theirs() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Factor(answers, n_factor=FACTORS, method="ml").fit()

    times = interleaved({OURS: ours, "statsmodels": theirs}, rounds)
    case = f"{FACTORS} factors by maximum likelihood, {size(respondents)} × {ITEMS}"
    return compared(case, times, {"statsmodels": Goal(least=4)})


def _related(respondents: int) -> Codes:
    """Return answers (items, respondents) of five dimensions: noise alone has no factors to find."""
    rng = np.random.default_rng(5)
    common = rng.normal(size=(FACTORS, respondents))
    latent = 0.7 * common[np.arange(ITEMS) % FACTORS] + 0.7 * rng.normal(size=(ITEMS, respondents))
    return np.clip(np.rint(4.5 + 1.3 * latent), 1, 7).astype(np.int8)


def _memory(respondents: int) -> list[Row]:
    goal = Goal(most=64)
    cases = {name: f"peak memory of {name}, {size(respondents)} × {2 * ITEMS} answers" for name in READINGS}
    return [
        Row(case, OURS, _in_a_process(respondents, name), "MiB beyond the survey", goal=goal)
        for name, case in cases.items()
    ]


def _in_a_process(respondents: int, name: str) -> float:
    command = [sys.executable, "-m", "benchmarks.readings", str(respondents), name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    return float(done.stdout)


def _peak(respondents: int, name: str) -> float:
    READINGS[name](Study.of(1000, missing=True).survey)
    survey = Study.of(respondents, missing=True).survey
    tracemalloc.start()
    READINGS[name](survey)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest / MIB


if __name__ == "__main__":
    print(_peak(int(sys.argv[1]), sys.argv[2]))
