"""Shares of Gap 5: Fieller's set by hand, and the refusal where Gap 5 may be nothing."""

import json

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError
from servqual.gap_model.model import GapModel
from servqual.gap_model.sharing import NOT_CLEAR, TOO_FEW
from servqual.gap_model.source import Source
from servqual.statistics import Inapplicable
from tests.gap_model.companies import SEVEN, chain, company, figures


def model(levels: tuple[float, ...], errors: tuple[float, ...]) -> GapModel:
    return chain(np.array(levels)[:, None], np.array(errors)[:, None])


def test_shares_are_fiellers_by_hand() -> None:
    levels, errors = (6.0, 5.7, 5.5, 4.6, 4.4), (0.1, 0.2, 0.0, 0.15, 0.1)
    shares = model(levels, errors).shares()
    service, z = levels[4] - levels[0], stats.norm.ppf(0.975)
    # covariance of each gap with gap 5: only expected, in gap 1, and perceived, in gap 4, stand in both
    for place, joint in enumerate((errors[0] ** 2, 0.0, 0.0, errors[4] ** 2)):
        gap = levels[place + 1] - levels[place]
        squared = errors[place + 1] ** 2 + errors[place] ** 2
        whole = errors[0] ** 2 + errors[4] ** 2
        roots = np.roots([service**2 - z**2 * whole, -2 * (gap * service - z**2 * joint), gap**2 - z**2 * squared])
        row = shares[f"gap_{place + 1}"]
        assert row.share == pytest.approx(gap / service)
        assert (row.low, row.high) == pytest.approx(tuple(sorted(roots)))
    assert sum(float(row.share) for row in shares if row.dimension == "overall") == pytest.approx(1)


def test_where_gap_5_may_be_nothing_shares_are_refused_in_words() -> None:
    shares = model((6.0, 5.0, 5.5, 6.2, 5.9), (0.1, 0.1, 0.0, 0.1, 0.1)).shares()
    for row in shares:
        assert row.share == row.low == row.high == Inapplicable(NOT_CLEAR)
    assert repr(shares) == "<GapShares: 0 of 8 shares of gap 5>"
    assert repr(shares["gap_3", "0"]) == f"<GapShare of gap_3, 0: {NOT_CLEAR}>"
    assert NOT_CLEAR == "gap 5 is not clearly different from zero, so that a share of it has no bounds"
    assert shares.to_table().notes[-1].startswith("refused (0, overall): gap 5 is not clearly different from zero")
    assert shares.to_table(language="zh").notes[-1].startswith("不予计算（0, overall）")
    assert set(shares.to_table()["share"]) == {None}
    assert len(shares.to_dict()["inapplicable"][0]) == 5


def test_the_edge_of_the_refusal_is_the_test_of_gap_5() -> None:
    reach = float(stats.norm.ppf(0.975)) * np.hypot(0.1, 0.1)
    for width, told in ((1.001, True), (0.999, False)):
        levels = (5.0, 4.9, 4.8, 4.8, 5.0 - width * reach)
        made = model(levels, (0.1, 0, 0, 0, 0.1))
        assert isinstance(made.shares()["gap_1"].share, float) == told == (float(made.gaps()["gap_5"].p) < 0.05)


def test_a_gap_known_from_two_people_has_no_share_but_others_have() -> None:
    """Gap 5 is clear by its own test, so that nobody is told that it is not."""
    known = {"expected": 6.0, "specified": 5.5, "delivered": 5.2, "perceived": 5.0}
    made = {name: Source.from_means({"x": level}, se=0.1, n=200, scale=SEVEN) for name, level in known.items()}
    found = GapModel(**made, understood=Source.from_means({"x": 5.8}, se=0.3, n=2, scale=SEVEN))
    shares = found.shares()
    assert float(found.gaps()["gap_5"].p) < 1e-6
    for name in ("gap_1", "gap_2"):
        assert shares[name].share == shares[name].low == shares[name].high == Inapplicable(TOO_FEW)
    assert (shares["gap_3"].share, shares["gap_4"].share) == pytest.approx((0.3, 0.2))
    assert shares.notes[-1].en == (f"refused (gap_1 of x, gap_2 of x, gap_1 of overall, gap_2 of overall): {TOO_FEW}")
    assert TOO_FEW == "the error of this gap rests on too few answers for its share to have bounds"
    assert "样本太少" in shares.to_table(language="zh").notes[-1]


def test_shares_of_what_was_answered() -> None:
    found = company(50)
    shares, gaps = found.shares(confidence=0.9), found.gaps()
    for row in shares:
        whole = float(gaps["gap_5", row.dimension].estimate)
        assert row.share == pytest.approx(float(gaps[row.gap, row.dimension].estimate) / whole)
        assert float(row.low) < float(row.share) < float(row.high)
    table = shares.to_table(language="zh")
    assert table.title == "各差距占差距5的份额"
    assert table["label"][-1] == "差距4：沟通差距：总体"
    assert len(shares) == len(shares.to_frame()) == 12
    assert json.loads(json.dumps(shares.to_dict()))["reading"] == "gap_shares"
    assert "<table>" in shares._repr_html_()
    assert repr(shares["gap_4"]).startswith("<GapShare of gap_4, overall: 0.")


def test_of_two_sources_all_is_one_share_and_without_an_end_there_is_none() -> None:
    ends = {"expected": figures((6, 6), 0.1), "perceived": figures((5, 5), 0.1)}
    shares = GapModel(**ends).shares()
    assert [(row.gap, row.share) for row in shares] == [("gap_5", 1.0)] * 3
    assert shares["gap_5"].low == pytest.approx(1)
    with pytest.raises(ArgumentError, match="shares: only understood, perceived; shares are parts of gap 5"):
        GapModel(understood=ends["expected"], perceived=ends["perceived"]).shares()
    with pytest.raises(ArgumentError, match="gap: no 'gap_1'; there are gap_5"):
        shares["gap_1"]
