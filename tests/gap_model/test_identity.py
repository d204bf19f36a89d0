"""The identity of the chain: Gap 5 is the sum of the others, whatever was measured, in every dimension."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.gap_model.gap_rows import GapEstimate
from servqual.gap_model.gap_words import CHAIN, OVERALL, GapName, Station
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from tests.gap_model.companies import SCALE, chain, company


@st.composite
def means(draw: st.DrawFn) -> Floats:
    size = draw(st.integers(1, 4))
    numbers = st.floats(-100, 100, allow_subnormal=False)
    return np.array(draw(st.lists(st.lists(numbers, min_size=size, max_size=size), min_size=5, max_size=5)))


def estimate(row: GapEstimate) -> float:
    assert isinstance(row.estimate, float)
    return row.estimate


@given(means(), st.integers(0, 7), st.booleans())
@settings(max_examples=40)
def test_gap_5_is_the_sum_with_missing_sources_and_with_promises(values: Floats, held: int, promised: bool) -> None:  # noqa: FBT001
    keep = [CHAIN[0], *(CHAIN[place] for place in (1, 2, 3) if held >> (place - 1) & 1), CHAIN[-1]]
    whole = chain(values, np.full_like(values, 0.1)).sources
    asked: dict[str, Source] = {str(station): whole[station] for station in keep}
    if promised and Station.DELIVERED in keep:
        asked["promised"] = whole[Station.EXPECTED]
    model = GapModel(**asked)
    gaps = model.gaps()
    links = [
        gap.key
        for gap in gaps.gaps
        if gap.name is not GapName.PROMISE and set(gap.parts) != {*GapName.SERVICE.gap.parts}
    ]
    for place, key in enumerate(gaps.dimensions):
        column = values[:, place] if key != OVERALL else values.mean(axis=1)
        service = estimate(gaps["gap_5", key])
        assert service == pytest.approx(column[4] - column[0], abs=1e-12 * 200)
        if links:
            assert sum(estimate(gaps[link, key]) for link in links) == pytest.approx(service, abs=1e-12 * 200)
            assert estimate(model.total(*links, dimension=key)) == pytest.approx(service, abs=1e-12 * 200)
    assert ("promise_gap" in [gap.key for gap in gaps.gaps]) == ("promised" in asked)


def test_of_answers_too_the_overall_gap_is_the_mean_of_dimensions_to_the_last_digits() -> None:
    gaps = company(1).gaps()
    for gap in gaps.gaps:
        parts = [estimate(gaps[gap.key, key]) for key in gaps.dimensions[:-1]]
        assert estimate(gaps[gap.key]) == pytest.approx(np.mean(parts), abs=1e-12)
    assert sum(estimate(gaps[name]) for name in ("gap_1", "gap_2", "gap_3", "gap_4")) == pytest.approx(
        estimate(gaps["gap_5"]), abs=1e-12
    )


def test_the_error_of_the_sum_is_that_of_gap_5() -> None:
    """What neighbours share cancels, so that the sum knows nothing of the sources in between."""
    model = company(2)
    total, service = model.total("gap_1", "gap_2", "gap_3", "gap_4"), model.gaps()["gap_5"]
    for name in ("estimate", "se", "df", "low", "high", "p"):
        assert getattr(total, name) == pytest.approx(getattr(service, name), rel=1e-9)


@given(st.permutations(range(5)))
@settings(max_examples=10)
def test_the_order_of_the_arguments_does_not_matter(order: list[int]) -> None:
    sources = company(3).sources
    mixed = GapModel(**{str(CHAIN[place]): sources[CHAIN[place]] for place in order})
    assert mixed.gaps().to_dict() == GapModel(**{str(key): each for key, each in sources.items()}).gaps().to_dict()


def test_turning_the_scale_stretches_gaps_and_leaves_tests_alone() -> None:
    from servqual import Scale

    model = company(4)
    wide = GapModel(**{str(key): each.rescaled(Scale(0, 50, step=None)) for key, each in model.sources.items()})
    for row, other in zip(model.gaps(), wide.gaps(), strict=True):
        assert estimate(other) == pytest.approx(estimate(row) / 4, abs=1e-12)
        assert other.p == pytest.approx(row.p, rel=1e-9)
    assert SCALE.span == 200
