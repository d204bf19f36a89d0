"""Errors of gaps against a company that is drawn again and again, customers together and apart."""

import numpy as np
import pytest

from servqual import Survey
from servqual._arrays import Floats
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from tests.gap_model.companies import BELIEF, DESK, KEYS, SCALE, customers, figures, managers, records

RUNS, SOME = 6000, 150
CUSTOMERS, MANAGERS, AUDITS = 40, 20, 25
ASKED = DESK.asking("perception")


def modelled(rng: np.random.Generator, *, together: bool) -> GapModel:
    asked = customers(rng, CUSTOMERS)
    wished: Survey | Source = asked
    if not together:
        wished = Survey.from_arrays(BELIEF, expectation=customers(rng, CUSTOMERS).expectation().values)
    return GapModel(
        expected=wished,
        understood=managers(rng, MANAGERS),
        specified=figures((5.5, 5.9), scale=SCALE),
        delivered=Source.from_records(records(rng, AUDITS), KEYS, scale=SCALE),
        perceived=asked,
    )


def drawn(rng: np.random.Generator, *, together: bool) -> Floats:
    """Overall gaps 1 to 5 of many companies, by arithmetic of their means alone, (gaps, runs)."""
    share = 0.7

    def overall(items: Floats) -> Floats:
        return np.asarray((items[..., :2].mean(axis=-1) + items[..., 2]) / 2).mean(axis=1)

    def sheet(common: Floats, level: float) -> Floats:
        own = rng.normal(size=(RUNS, CUSTOMERS, 3)) * np.sqrt(1 - share)
        return np.asarray(level + common * np.sqrt(share) + own)

    common = rng.normal(size=(RUNS, CUSTOMERS, 1))
    wished = overall(sheet(common if together else rng.normal(size=common.shape), 6.0))
    seen = overall(sheet(common, 5.0))
    believed = rng.normal(size=(RUNS, MANAGERS, 1)) + 0.5 * rng.normal(size=(RUNS, MANAGERS, 3))
    understood = overall(5.8 + believed)
    audits = 5.2 + rng.normal(size=(RUNS, AUDITS, 1)) + 0.4 * rng.normal(size=(RUNS, AUDITS, 2))
    delivered = audits.mean(axis=(1, 2))
    specified = np.full(RUNS, 5.7)
    levels = np.stack([wished, understood, specified, delivered, seen])
    return np.concatenate([np.diff(levels, axis=0), (seen - wished)[None]])


@pytest.mark.parametrize("together", [True, False])
def test_the_joint_covariance_is_that_of_companies_drawn_anew(*, together: bool) -> None:
    rng = np.random.default_rng(20 + together)
    known = np.cov(drawn(rng, together=together))
    found = np.mean([modelled(rng, together=together).gaps().covariance[-1] for _ in range(SOME)], axis=0)
    spread = np.sqrt(np.outer(np.diagonal(known), np.diagonal(known)))
    np.testing.assert_allclose(found / spread, known / spread, atol=0.06)
    # sources that share nobody bring nothing, those that share people do
    assert found[0, 2] == 0
    assert (found[0, 3] < -0.01) == together


@pytest.mark.parametrize("together", [True, False])
def test_intervals_cover_as_often_as_they_say(*, together: bool) -> None:
    rng, runs = np.random.default_rng(30 + together), 150
    true = {"gap_1": -0.2, "gap_2": -0.1, "gap_3": -0.5, "gap_4": -0.2, "gap_5": -1.0}
    hits = dict.fromkeys(true, 0)
    for _ in range(runs):
        gaps = modelled(rng, together=together).gaps(confidence=0.9)
        for name, value in true.items():
            hits[name] += float(gaps[name].low) <= value <= float(gaps[name].high)
    # three standard errors of a share counted over so many runs
    assert {name: abs(hit / runs - 0.9) < 0.075 for name, hit in hits.items()} == dict.fromkeys(true, True)
