"""One study that takes every route, the ways in which it is summarised, and what must then be equal."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attrs import frozen

from servqual import Difference, Level, PerformanceOnly, Scale, Summary, Survey, summarize
from servqual.scoring.group_sums import GroupSums
from servqual.statistics.replicates import Replicates
from tests.scoring.hall import HALL, study

STUDY = study(600, seed=31)
# Someone who left one level out, and someone who answered nothing: neither is wrong, alone in a batch.
STUDY.expected[[7, 20, 31]] = np.nan
STUDY.perceived[[20, 33]] = np.nan


def frame() -> pd.DataFrame:
    """The study as a wide frame with missing answers, and everything beside them."""
    keys = HALL.item_keys
    columns = {f"perception_{key}": STUDY.perceived[:, place] for place, key in enumerate(keys)}
    columns |= {f"expectation_{key}": STUDY.expected[:, place] for place, key in enumerate(keys)}
    beside = {"branch": STUDY.branch, "wave": STUDY.wave, "visit": STUDY.visit}
    weights = {"w": STUDY.weights, "f": STUDY.frequencies}
    # whoever came twice has one name and two numbers
    keys_of_people = {"id": np.arange(600), "name": [f"客人 {place % 450}" for place in range(600)]}
    return pd.DataFrame({**columns, **beside, **weights, **keys_of_people})


@frozen
class Half:
    """A model that is not the library's."""

    share: float = 0.5

    @property
    def reads(self) -> frozenset[Level]:
        return frozenset({Level.PERCEPTION})

    def item_scores(self, answers: Any, /) -> Any:
        return self.share * answers[Level.PERCEPTION]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return self.share * scale.low, self.share * scale.high


BOTH = (Difference(), PerformanceOnly())
# Name → models, options of the way in; the same for every route.
CASES: Mapping[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "one model": ((Difference(),), {}),
    "several models in groups": (BOTH, {"by": ["branch", "wave"]}),
    "sampling weights": (BOTH, {"weights": "w", "by": "branch"}),
    "frequencies": (BOTH, {"weights": "f", "weight_kind": "frequency"}),
    "clusters": (BOTH, {"cluster": "visit", "by": "wave"}),
    "all items needed": (BOTH, {"min_answered": 1.0}),
    "no model": ((), {"by": "branch"}),
    "a model of one's own": ((Half(), Difference()), {}),
    "keyed replicates": (BOTH, {"key": "id", "replicates": 40, "seed": 3, "by": ["branch", "wave"]}),
    "replicates with weights": ((Half(), Difference()), {"key": "name", "replicates": 25, "weights": "w"}),
    "replicates of clusters": (BOTH, {"cluster": "visit", "replicates": 30, "by": "wave"}),
}


def in_memory(answers: pd.DataFrame, models: tuple[Any, ...], options: Mapping[str, Any]) -> Summary:
    """The summary of all answers at once."""
    rest = dict(options)
    by = rest.pop("by", ())
    sums = {name: rest.pop(name) for name in ("min_answered", "replicates", "seed") if name in rest}
    groups = [by] if isinstance(by, str) else list(by)
    return summarize(Survey.from_frame(answers, HALL, groups=groups, **rest), *models, by=groups, **sums)


def same_sums(one: Summary, other: Summary) -> None:
    """Assert that counts are equal, and moments and cross-products within 1e-10."""
    made = ("instrument", "levels", "models", "rules", "by", "weight_kind", "drawing")
    assert [getattr(one, name) for name in made] == [getattr(other, name) for name in made]
    assert set(one.groups) == set(other.groups)
    for labels, sums in one.groups.items():
        _same_group(sums, other.groups[labels])


def _same_group(one: GroupSums, other: GroupSums) -> None:
    assert one.rows == other.rows
    for level, counts in one.tallies.items():
        if counts.kind is None or counts.kind == "frequency":
            np.testing.assert_array_equal(counts.counts, other.tallies[level].counts)
        np.testing.assert_array_equal(counts.n, other.tallies[level].n)
        np.testing.assert_allclose(counts.counts, other.tallies[level].counts, rtol=1e-10)
    assert (one.products is None) == (other.products is None)
    if one.products is not None and other.products is not None:
        ours, others = (each.covariance() for each in (one.products, other.products))
        np.testing.assert_allclose(ours, others, rtol=1e-10, atol=1e-12)
    assert (one.replicates is None) == (other.replicates is None)
    if one.replicates is not None and other.replicates is not None:
        _same_replicates(one.replicates, other.replicates, exactly=one.parts[0].terms[0].moments.kind is None)
    for mine, theirs in zip(one.parts, other.parts, strict=True):
        for name in ("n", "mean", "sd", "se"):
            ours, others = (part.estimates(slice(None), 0.95)[name] for part in (mine, theirs))
            np.testing.assert_allclose(ours, others, rtol=1e-10, atol=1e-14)


def _same_replicates(one: Replicates, other: Replicates, *, exactly: bool) -> None:
    assert (one.seed, one.rows, one.weight.shape) == (other.seed, other.rows, other.weight.shape)
    if exactly:
        np.testing.assert_array_equal(one.weight, other.weight)
    np.testing.assert_allclose(one.weight, other.weight, rtol=1e-12)
    np.testing.assert_allclose(one.means, other.means, rtol=1e-10, atol=1e-12)


def skipped_without(package: str, why: str) -> Any:
    """The package, or a skip that says what is not tested without it."""
    return pytest.importorskip(package, reason=f"{package} is not installed: {why} is not tested")
