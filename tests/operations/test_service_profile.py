"""The four characteristics of a service as positions."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import f as f_distribution, f_oneway, t as student

from servqual.errors import BarrierError
from servqual.operations.offering.profile_reading import service_profile
from servqual.operations.offering.profile_words import Characteristic, ServiceAttribute, ServicePart

CUT = ServiceAttribute("haircut", "core", tangible=0.2, together=1.0, importance=3, label="the cut")
ROOM = ServiceAttribute("waiting_room", ServicePart.SUPPORTING, tangible=1.0, together=0.0)
shares = st.floats(0, 1)


def test_tags_are_weighted_by_importance() -> None:
    found = service_profile([CUT, ROOM])
    assert float(found["intangible"].position) == pytest.approx((3 * 0.8 + 0) / 4)
    assert float(found["simultaneous"].position) == pytest.approx(3 / 4)
    assert str(found["intangible"].low) == "tags have no error"
    assert str(found["perishable"].position) == "no load was given"
    assert str(found["heterogeneous"].position) == "no ratings of encounters were given"


@given(st.lists(st.tuples(shares, shares, st.floats(0.1, 9)), min_size=1, max_size=6), st.floats(0.1, 9))
def test_only_ratios_of_importance_count(tags: list[tuple[float, float, float]], times: float) -> None:
    def made(factor: float) -> list[float]:
        attributes = [
            ServiceAttribute(f"a{place}", "core", tangible=one, together=other, importance=factor * weight)
            for place, (one, other, weight) in enumerate(tags)
        ]
        return [float(row.position) for row in service_profile(attributes)]

    np.testing.assert_allclose(made(times), made(1), atol=1e-12)


def test_parts_of_the_offering() -> None:
    core, supporting, auxiliary = service_profile([CUT, ROOM]).parts
    assert (core.attributes, core.weight, supporting.weight) == (1, 0.75, 0.25)
    assert core.intangible == pytest.approx(0.8)
    assert str(auxiliary.intangible) == "it has no attribute"
    assert "核心服务" in str(service_profile([CUT, ROOM]).parts_table("zh"))


def test_heterogeneity_is_the_share_of_variance_between_encounters() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(0, 1, (30, 1)) + rng.normal(0, 1, (30, 4))
    encounters = np.repeat(np.arange(30), 4)
    row = service_profile(ratings=table.ravel(), encounters=encounters)["heterogeneous"]
    ratio = f_oneway(*table).statistic
    ends = [ratio / f_distribution.ppf(share, 29, 90) for share in (0.975, 0.025)]
    expected = [(each - 1) / (each + 3) for each in (ratio, *ends)]
    assert [float(row.position), float(row.low), float(row.high)] == pytest.approx(expected)
    assert (row.basis, row.n) == ("measured", 120)


def test_a_negative_share_is_taken_as_zero_and_missing_ratings_are_left_out() -> None:
    ratings = [1, 5, 2, 4, 3, 4, np.nan]
    row = service_profile(ratings=ratings, encounters=list("aabbcca"))["heterogeneous"]
    assert (row.position, row.low, row.n) == (0, 0, 6)
    alone = service_profile(ratings=[1, 2], encounters=["a", "b"])["heterogeneous"]
    assert "no group has two members" in str(alone.position)


def test_perishability_is_idle_capacity() -> None:
    load, capacity = np.array([4.0, 8, 12, 2]), np.array([10.0, 10, 10, 6])
    row = service_profile(load=load, capacity=capacity)["perishable"]
    idle = np.maximum(capacity - load, 0)
    share = idle.sum() / capacity.sum()
    apart = idle - share * capacity
    se = np.sqrt(4 / 3 * (apart**2).sum()) / capacity.sum()
    reach = student.ppf(0.975, 3) * se
    expected = (share, max(share - reach, 0), min(share + reach, 1))
    assert (row.position, row.low, row.high) == pytest.approx(expected)
    peak = service_profile(load=load)["perishable"]
    assert float(peak.position) == pytest.approx(1 - 6.5 / 12)
    assert "needs the capacity" in str(peak.low)
    assert str(service_profile(load=[3], capacity=4)["perishable"].low) == "fewer than two periods"


def test_a_level_load_without_idle_capacity_does_not_perish() -> None:
    assert service_profile(load=[5, 5, 5])["perishable"].position == 0
    assert service_profile(load=[5, 7, 6], capacity=5)["perishable"].position == 0


def test_faces() -> None:
    found = service_profile([CUT, ROOM], load=[4, 8], capacity=10)
    assert repr(found) == "<ServiceProfile: intangible 0.60, simultaneous 0.75, perishable 0.40>"
    assert "无形性" in str(found.to_table("zh"))
    assert "实测" in str(found.to_table("zh"))
    assert found.to_dict()["parts"]["attributes"] == [1, 1, 0]
    assert "tagged" in repr(found["intangible"])
    assert "no ratings" in repr(found["heterogeneous"])
    assert len({CUT, ROOM, CUT}) == 2
    assert (CUT.label.en, ROOM.label.en) == ("the cut", "waiting room")
    assert all(end.zh for each in Characteristic for end in each.ends)


@pytest.mark.parametrize(
    ("attributes", "options", "said"),
    [
        ([], {}, "made of attributes, ratings or load"),
        ([CUT, CUT], {}, "'haircut' twice"),
        ([3], {}, "attributes are ServiceAttribute"),
        ([], {"ratings": [1, 2]}, "ratings without encounters"),
        ([], {"encounters": [1, 2], "load": [1]}, "encounters without ratings"),
        ([], {"ratings": [1, 2], "encounters": [1]}, "of one length"),
        ([], {"ratings": [1, 2], "encounters": ["a", None]}, "1 rows without one"),
        ([CUT], {"capacity": 3}, "given without a load"),
        ([], {"load": [-1, 2]}, "each period has a load"),
        ([], {"load": [0, 0]}, "each period has a load"),
        ([], {"load": [np.nan, 2]}, "each period has a load"),
        ([], {"load": [1, 2], "capacity": 0}, "one number above zero"),
        ([], {"load": [1, 2], "capacity": [1, 2, 3]}, "one for each of 2 periods"),
        ([], {"load": [1, 2], "capacity": "x"}, "one number above zero"),
        ([CUT], {"confidence": 1}, "strictly between 0 and 1"),
    ],
)
def test_bad_input(attributes: list[object], options: dict[str, object], said: str) -> None:
    with pytest.raises(BarrierError, match=said):
        service_profile(attributes, **options)  # type: ignore[arg-type]


def test_bad_attributes() -> None:
    with pytest.raises(BarrierError, match="did you mean core"):
        ServiceAttribute("a", "cor", tangible=0, together=0)
    with pytest.raises(BarrierError) as caught:
        ServiceAttribute("", "core", tangible=2, together=-1, importance=0)
    assert len(caught.value.problems) == 4
