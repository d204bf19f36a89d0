"""The satisfaction index beside plspm, and beside one pass over the answers.

``python -m benchmarks.pls --plspm /path/to/its/python`` runs it; without a path, plspm is left out.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

import servqual as sq
from benchmarks.peer_process import asked
from benchmarks.rounds import Times, interleaved
from benchmarks.rows import OURS, Goal, Row, compared, markdown, size
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.resampling import bootstrap_index
from servqual.satisfaction.indices.structural import StructuralModel

ITEMS = 4
NAMES = ("image", "expectation", "quality", "value", "satisfaction", "loyalty")
PATHS = (
    "image -> expectation -> quality -> value -> satisfaction -> loyalty; image -> satisfaction; image -> loyalty; "
    "expectation -> value; expectation -> satisfaction; quality -> satisfaction"
)
DRAWS = 500
TOLERANCE = 1e-6
FIT_GOAL = Goal(least=80)
DRAW_GOALS = {250: Goal(least=500), 10_000: Goal(least=200)}
# resamples that plspm is timed on, and told of as if it had made all
PEER_DRAWS = {250: 100, 10_000: 40}
PASS_GOAL = Goal(most=3)


def model() -> StructuralModel:
    """Return six constructs of four indicators each."""
    return StructuralModel.define({name: [f"{name}_{n}" for n in range(1, ITEMS + 1)] for name in NAMES}, PATHS)


def answers(respondents: int) -> np.ndarray[Any, np.dtype[np.int8]]:
    """Return answers from 1 to 10, (respondents, indicators), in which constructs follow each other."""
    rng = np.random.default_rng(2005)
    latent = np.empty((len(NAMES), respondents))
    for place in range(len(NAMES)):
        latent[place] = rng.normal(size=respondents) + (0.7 * latent[place - 1] if place else 0.0)
    seen = np.repeat(latent, ITEMS, axis=0) + rng.normal(size=(len(NAMES) * ITEMS, respondents))
    return np.clip(np.rint(6.5 + 1.4 * seen), 1, 10).astype(np.int8).T


def rows(rounds: int, peer: str | None) -> list[Row]:
    """Return single fits, bootstraps and one fit of a million respondents."""
    found: list[Row] = []
    if peer is not None:
        with tempfile.TemporaryDirectory() as folder, _plspm(peer, Path(folder)) as ask:
            print("plspm:", ask(what="versions"))
            for n in PEER_DRAWS:
                found += [*_fits(n, rounds, ask), *_bootstraps(n, min(rounds, 3), ask)]
    return [*found, *_pass(1_000_000, rounds)]


@contextmanager
def _plspm(peer: str, folder: Path) -> Iterator[Callable[..., Any]]:
    """Yield a way to ask plspm, which runs in a process of its own."""
    files = {}
    for n in PEER_DRAWS:
        files[str(n)] = str(folder / f"{n}.csv")
        pd.DataFrame(answers(n), columns=list(model().indicators)).to_csv(files[str(n)], index=False)
    constructs = {each.name: each.indicators for each in model().constructs}
    given = {"data": files, "constructs": constructs, "paths": model().paths, "scheme": "path", "tolerance": TOLERANCE}
    with asked(peer, "pls_peer.py", json.dumps(given)) as ask:
        yield ask


def _fits(n: int, rounds: int, ask: Callable[..., Any]) -> list[Row]:
    frame = pd.DataFrame(answers(n), columns=list(model().indicators))
    table = frame.to_numpy()

    def ours(source: Any) -> Any:
        return fit_index(model(), source, metric="covariances", scheme="path", tolerance=TOLERANCE)

    fit, theirs = ours(frame), ask(what="fit", data=str(n))["paths"]
    for source, target in model().paths:
        # dividing by one standard deviation for all items, plspm analyses covariances
        assert abs(fit.path(source, target) - theirs[source][target]) < 1e-5
    seconds: dict[str, list[float]] = {OURS: [], "servqual, from an array": [], "plspm": []}
    for _ in range(rounds):
        seconds[OURS].append(_several(lambda: ours(frame), 20))
        seconds["servqual, from an array"].append(_several(lambda: ours(table), 20))
        seconds["plspm"].append(ask(what="fit", data=str(n))["seconds"])
    times = Times({name: tuple(each) for name, each in seconds.items()})
    goals = {"plspm": FIT_GOAL}
    return compared(f"one fit of {len(NAMES)} × {ITEMS}, {n} respondents, from a frame", times, goals)


def _bootstraps(n: int, rounds: int, ask: Callable[..., Any]) -> list[Row]:
    frame = pd.DataFrame(answers(n), columns=list(model().indicators))
    fit = fit_index(model(), frame, metric="covariances", scheme="path", tolerance=TOLERANCE)
    draws = PEER_DRAWS[n]
    bootstrap_index(fit, frame, draws=DRAWS, rng=1)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_several(lambda: bootstrap_index(fit, frame, draws=DRAWS, rng=1), 5))
        theirs.append(ask(what="bootstrap", data=str(n), draws=draws)["seconds"] * DRAWS / draws)
    peer = f"plspm, 2 processes, from {draws} resamples"
    times = Times({OURS: tuple(ours), peer: tuple(theirs)})
    return compared(f"{DRAWS} resamples, {n} respondents", times, {peer: DRAW_GOALS[n]})


def _several(run: Callable[[], object], times: int) -> float:
    """Return the median of some runs: one of a millisecond after the peer's tenths of a second finds cold memory."""
    found = []
    for _ in range(times):
        start = perf_counter()
        run()
        found.append(perf_counter() - start)
    return median(found)


def _pass(n: int, rounds: int) -> list[Row]:
    """Return one fit of many respondents beside one pass over their answers that makes cross-products and no more."""
    codes = np.ascontiguousarray(answers(n).T)
    constructs = {each.name: list(each.indicators) for each in model().constructs}
    instrument = sq.Instrument.define("index", constructs, scale=sq.Scale(1, 10), levels=("perception",))
    survey = sq.Survey.from_arrays(instrument, perception=codes.T)
    fit = fit_index(model(), survey)
    assert np.allclose(fit.means, codes.mean(axis=1))
    contenders = {OURS: lambda: fit_index(model(), survey), "one pass": lambda: _cross_products(codes)}
    case = f"one fit of {len(NAMES)} × {ITEMS}, {size(n)} respondents, from a survey"
    return compared(case, interleaved(contenders, rounds), {"one pass": PASS_GOAL}, bounds={"one pass"})


def _cross_products(codes: Any, block: int = 4096) -> Any:
    """Return the sums of products of one-byte answers, block by block, in the quickest plain way."""
    total = np.zeros((len(codes), len(codes)))
    for start in range(0, codes.shape[1], block):
        part = codes[:, start : start + block].astype(np.float32)
        total += part @ part.T
    return total


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pls", description=__doc__)
    parser.add_argument("--plspm", help="the Python of an environment in which plspm runs")
    parser.add_argument("--rounds", type=int, default=7, help="rounds, in each of which every contender runs once")
    options = parser.parse_args()
    print(markdown(rows(options.rounds, options.plspm)))


if __name__ == "__main__":
    main()
