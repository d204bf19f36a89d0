"""Bootstrap of indirect effects beside pingouin, lavaan and loops, and of a whole chain with clusters."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.memory import MIB
from benchmarks.rounds import Times, interleaved
from benchmarks.rows import OURS, Goal, Row, compared
from servqual._arrays import Floats
from servqual.chain.effect_reading import effects
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.total_reading import total_effects
from servqual.chain.units import UnitTable

DRAWS = 5000
MEDIATION = Chain.parse("x -> m -> y; x -> y")
PINGOUIN_GOALS = {500: Goal(least=25), 5000: Goal(least=12)}
LAVAAN_GOALS = {500: Goal(least=1000)}
SERVICE_PROFIT = Chain.service_profit()
EIGHT = SERVICE_PROFIT.subset(SERVICE_PROFIT.constructs[:8])
UNITS, PERIODS = 200, 12
# Resamples that slow contenders are timed on; the rest is extrapolated.
FEW = 100
LAVAAN_ROUNDS = 3
LAVAAN = """
library(lavaan)
data <- read.csv(commandArgs(TRUE)[1])
few <- as.integer(commandArgs(TRUE)[2])
model <- "m ~ a*x\ny ~ b*m + x\nindirect := a*b"
set.seed(1)
plain <- system.time(sem(model, data))["elapsed"]
drawn <- system.time(sem(model, data, se = "bootstrap", bootstrap = few))["elapsed"]
cat((drawn - plain) / few)
"""


def rows(rounds: int) -> list[Row]:
    """Return one indirect effect at 500 and 5000 units, then a whole chain with clusters, and its memory."""
    few = min(rounds, 5)
    singles = [row for n in PINGOUIN_GOALS for row in _indirect(n, few)]
    return [*singles, *_whole_chain(few), _memory()]


def _indirect(n: int, rounds: int) -> list[Row]:
    import pingouin

    frame = _mediation(n)

    def theirs() -> pd.DataFrame:
        return pingouin.mediation_analysis(frame, x="x", m="m", y="y", n_boot=DRAWS, seed=1)

    _assert_alike(frame, theirs())
    loop = f"numpy loop, extrapolated from {FEW}"
    contenders = {OURS: lambda: _ours(frame), "pingouin": theirs, loop: lambda: _loop(frame, FEW)}
    times = _scaled(interleaved(contenders, rounds), loop, DRAWS / FEW)
    case = f"indirect effect, {n} units, {DRAWS} resamples"
    found = compared(case, times, {"pingouin": PINGOUIN_GOALS[n]})
    return [*found, *_lavaan(frame, case, LAVAAN_GOALS.get(n))]


def _mediation(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    x = rng.normal(size=n)
    m = 0.4 * x + rng.normal(size=n)
    return pd.DataFrame({"unit": np.arange(n), "x": x, "m": m, "y": 0.3 * m + 0.1 * x + rng.normal(size=n)})


def _ours(frame: pd.DataFrame) -> tuple[float, float, float]:
    """From the frame on: the table of units, the fit, and direct, indirect and total effects with their intervals."""
    units = UnitTable.from_frame(frame, unit="unit")
    found = effects(fit(MEDIATION, units), "x", "y", units=units, draws=DRAWS, rng=1)["specific"]
    return float(found.estimate), float(found.low), float(found.high)


def _assert_alike(frame: pd.DataFrame, theirs: pd.DataFrame) -> None:
    row = theirs.set_index("path").loc["Indirect"]
    estimate, low, high = _ours(frame)
    assert abs(estimate - row["coef"]) < 1e-6
    # other resamples, and intervals corrected for bias there: ends agree to some share of the standard error
    assert max(abs(low - row["CI2.5"]), abs(high - row["CI97.5"])) < 0.25 * row["se"]
    assert abs(np.mean(_loop(frame, 400)) - estimate) < 0.25 * row["se"]


def _loop(frame: pd.DataFrame, draws: int) -> list[float]:
    x, m, y = frame[["x", "m", "y"]].to_numpy().T
    ones, rng, found = np.ones(x.size), np.random.default_rng(1), []
    first, second = np.column_stack([ones, x]), np.column_stack([ones, m, x])
    for _ in range(draws):
        rows = rng.integers(x.size, size=x.size)
        a = np.linalg.lstsq(first[rows], m[rows])[0][1]
        found.append(a * np.linalg.lstsq(second[rows], y[rows])[0][1])
    return found


def _scaled(times: Times, name: str, factor: float) -> Times:
    """Return times in which one contender took as many times as long."""
    return Times(
        {each: tuple(one * (factor if each == name else 1) for one in took) for each, took in times.seconds.items()}
    )


def _lavaan(frame: pd.DataFrame, case: str, goal: Goal | None) -> list[Row]:
    """Return a row for lavaan's bootstrap, whose every resample is a fit by maximum likelihood; none without R.

    R times itself, without its start; ours is timed beside it, round by round.
    """
    name, script = f"lavaan, extrapolated from {FEW}", shutil.which("Rscript")
    took: dict[str, list[float]] = {OURS: [], name: []}
    with tempfile.TemporaryDirectory() as folder:
        data, code = Path(folder) / "data.csv", Path(folder) / "lavaan.R"
        frame.to_csv(data, index=False)
        code.write_text(LAVAAN, encoding="utf-8")
        for _ in range(LAVAAN_ROUNDS if script else 0):
            command = [str(script), str(code), str(data), str(FEW)]
            done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own script
            if done.returncode:
                return []
            took[name].append(float(done.stdout.split()[-1]) * DRAWS)
            start = perf_counter()
            _ours(frame)
            took[OURS].append(perf_counter() - start)
    times = Times({each: tuple(seconds) for each, seconds in took.items()})
    return compared(case, times, {name: goal} if goal else {})[1:] if script else []


def _whole_chain(rounds: int) -> list[Row]:
    units = _panel()
    fitted = fit(EIGHT, units)
    peer = "loop over statsmodels, extrapolated from 5"
    matrices = _matrices(units)
    times = interleaved(
        {
            OURS: lambda: total_effects(fitted, units=units, draws=DRAWS, rng=1),
            peer: lambda: _fits(matrices, 5),
        },
        rounds,
    )
    case = f"chain of {len(EIGHT.constructs)} constructs, {UNITS} units × {PERIODS} periods, {DRAWS} resamples of units"
    return compared(case, _scaled(times, peer, DRAWS / 5), {peer: Goal(least=200)})


def _panel() -> UnitTable:
    """Return units over periods, each construct some of its causes, of what lasts in its unit, and of chance."""
    rng = np.random.default_rng(2)
    unit, period = np.repeat(np.arange(UNITS), PERIODS), np.tile(np.arange(PERIODS), UNITS)
    columns: dict[str, Floats] = {}
    for name in EIGHT.constructs:
        causes = sum((0.4 * columns[link.source] for link in EIGHT.parents(name)), np.zeros(unit.size))
        columns[name] = causes + 0.5 * rng.normal(size=UNITS)[unit] + rng.normal(size=unit.size)
    return UnitTable.from_arrays(unit, columns, period=period)


def _matrices(units: UnitTable) -> list[tuple[Floats, Floats]]:
    ones = np.ones(len(units))
    return [
        (np.column_stack([ones, *(units.column(link.source) for link in EIGHT.parents(name))]), units.column(name))
        for name in EIGHT.endogenous
    ]


def _fits(equations: list[tuple[Floats, Floats]], draws: int) -> list[Floats]:
    from statsmodels.regression.linear_model import OLS

    rng, starts = np.random.default_rng(1), np.arange(UNITS)[:, None] * PERIODS + np.arange(PERIODS)
    found = []
    for _ in range(draws):
        rows = starts[rng.integers(UNITS, size=UNITS)].reshape(-1)
        found += [OLS(y[rows], x[rows]).fit().params for x, y in equations]
    return found


def _memory() -> Row:
    command = [sys.executable, "-m", "benchmarks.indirect"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    case = f"peak memory, chain of {len(EIGHT.constructs)} constructs, {UNITS} × {PERIODS}, {DRAWS} resamples"
    return Row(case, OURS, float(done.stdout), "MiB beyond the units and the fit", goal=Goal(most=64))


def _peak() -> float:
    """Return the peak of a whole chain's bootstrap, in MiB; numpy tells tracemalloc of its arrays."""
    units = _panel()
    fitted = fit(EIGHT, units)
    total_effects(fitted, units=units, draws=10, rng=1)
    tracemalloc.start()
    total_effects(fitted, units=units, draws=DRAWS, rng=1)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest / MIB


if __name__ == "__main__":
    print(_peak())
