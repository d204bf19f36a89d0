"""Two views of the same encounters: against R's formulas, scipy, kappa counted by hand, and themselves exchanged."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint

from servqual import Instrument, PerformanceOnly, Scale, Survey, WeightKind, summarize
from servqual.errors import GroupError, JointAnswersError, LevelError, SurveyError
from servqual.quality import TwoViews, two_views
from servqual.statistics import ArgumentError
from servqual.testing import surveys
from tests.quality.zones_by_hand import COUNTER, KEYS, MISSING, ROWS, Array, scored

few = settings(max_examples=40, deadline=None)
DESK = Instrument.define("desk", {"speed": ["wait", "queue"], "care": ["tone"]}, scale=Scale.likert(5))


def ratings(n: int = 70, seed: int = 0, missing: float = 0.06) -> tuple[Array, Array]:
    """Ratings (encounters, items) of provider and customer; the provider thinks a little better of it."""
    rng = np.random.default_rng(seed)
    theirs = rng.integers(2, 9, (n, len(KEYS))).astype(float)
    ours = np.clip(theirs + rng.integers(-1, 3, theirs.shape), 1, 9)
    for view in (ours, theirs):
        view[rng.random(view.shape) < missing] = np.nan
    return ours, theirs


def surveyed(view: Array, **sides: Any) -> Survey:
    return Survey.from_arrays(COUNTER, perception=view, **sides)


def columns(reading: TwoViews) -> dict[str, Any]:
    table = reading.told.table
    return {name: np.array([np.nan if value is None else value for value in table[name]], float)
            for name in table.columns if name not in {*reading.by, "about", "key", "judgement"}}  # fmt: skip


def kappa_by_counting(one: Array, other: Array, points: int) -> float:
    """Cohen's kappa with quadratic weights, from the table of counts."""
    table = np.zeros((points, points))
    for first, second in zip(one.astype(int), other.astype(int), strict=True):
        table[first - 1, second - 1] += 1
    table /= table.sum()
    apart = np.subtract.outer(np.arange(points), np.arange(points)) ** 2
    return float(1 - (apart * table).sum() / (apart * np.outer(table.sum(axis=1), table.sum(axis=0))).sum())


class TestReference:
    # Peak expiratory flow by two meters, 17 subjects: Bland & Altman 1986, table 1.
    WRIGHT = (494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427)
    MINI = (512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451)
    METER = Instrument.define("meter", {"flow": ["peak"]}, scale=Scale(100, 700, step=None))

    def read(self, shift: float = 0.0) -> dict[str, float]:
        one, other = (Survey.from_arrays(self.METER, perception=np.array(flow, float)[:, None] + more)
                      for flow, more in ((self.WRIGHT, 0.0), (self.MINI, shift)))  # fmt: skip
        return {name: values[0] for name, values in columns(two_views(one, other)).items()}

    def test_published_bias_and_limits(self) -> None:
        found = self.read()
        assert (round(found["bias"], 1), round((found["limit_high"] - found["bias"]) / 1.959964, 1)) == (-2.1, 38.8)
        # by R's t.test with paired = TRUE, and qnorm(.975) standard deviations on both sides of the mean
        np.testing.assert_allclose([found["limit_low"], found["limit_high"]], [-78.0959054671, 73.8606113495])
        assert (round(found["t"], 5), round(found["p"], 4)) == (-0.22524, 0.8246)

    def test_concordance_as_in_r(self) -> None:
        # R, with the formulas of epiR 2.0 (epi.ccc, z-transform); the second with 40 added to m
        wanted = {0.0: (0.942742431427, 0.850491873169, 0.978726279170, 0.943279446891),
                  40.0: (0.879911644999, 0.730294479700, 0.948977248924, 0.943279446891)}  # fmt: skip
        for shift, values in wanted.items():
            found = self.read(shift)
            np.testing.assert_allclose(
                [found[name] for name in ("ccc", "ccc_low", "ccc_high", "r")], values, rtol=1e-11
            )
            assert np.isnan(found["kappa"])


class TestByHand:
    def test_every_number(self) -> None:
        ours, theirs = ratings()
        found = columns(two_views(surveyed(ours), surveyed(theirs)))
        absent = np.isnan(ours + theirs)
        views = [scored(np.where(absent, MISSING, view)) for view in (ours, theirs)]
        for place, key in enumerate(ROWS):
            x, y = (view[~np.isnan(views[0][:, place]), place] for view in views)
            n, apart = len(x), x - y
            told: Any = stats.ttest_rel(x, y)
            low, high = told.confidence_interval(0.95)
            ccc = 2 * np.cov(x, y, ddof=0)[0, 1] / (x.var() + y.var() + apart.mean() ** 2)
            wanted = {
                "n": n, "provider_mean": x.mean(), "customer_mean": y.mean(), "customer_sd": y.std(ddof=1),
                "bias": apart.mean(), "bias_low": low, "bias_high": high, "t": told.statistic, "df": n - 1,
                "p": told.pvalue, "ccc": ccc, "r": np.corrcoef(x, y)[0, 1],
                "limit_low": apart.mean() - stats.norm.ppf(0.975) * apart.std(ddof=1),
            }  # fmt: skip
            shares = {
                "higher": apart > 1e-9,
                "lower": apart < -1e-9,
                "equal": abs(apart) < 1e-9,
                "near": abs(apart) < 1 + 1e-9,
            }
            for name, hits in shares.items():
                ends = proportion_confint(hits.sum(), n, method="wilson")
                wanted |= {name: hits.mean(), f"{name}_low": ends[0], f"{name}_high": ends[1]}
            if place < len(KEYS):
                wanted["kappa"] = kappa_by_counting(x, y, 9)
            for name, value in wanted.items():
                assert found[name][place] == pytest.approx(value, rel=1e-9, abs=1e-12), (key, name)
            assert np.isnan(found["kappa"][place]) == (place >= len(KEYS))

    def test_groups_and_blocks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("servqual.quality.view_sums.BLOCK", 16)
        ours, theirs = ratings()
        branch = np.arange(len(ours)) % 2
        told = two_views(surveyed(ours, groups={"branch": branch}), surveyed(theirs), by="branch").told.table
        for label in (0, 1):
            rows = branch == label
            alone = two_views(surveyed(ours[rows]), surveyed(theirs[rows])).told.table
            part = told.rows([row for row, each in enumerate(told["branch"]) if each == label])
            for name in alone.columns:
                assert all(one == pytest.approx(other) for one, other in zip(part[name], alone[name], strict=True))

    def test_clusters(self) -> None:
        ours, theirs = ratings(missing=0)
        branch = np.arange(len(ours)) % 7
        reading = two_views(surveyed(ours), surveyed(theirs, cluster=branch))
        found = columns(reading)
        model = OLS(ours[:, 0] - theirs[:, 0], np.ones(len(ours)))
        told = model.fit(cov_type="cluster", cov_kwds={"groups": branch}, use_t=True)
        np.testing.assert_allclose([found["bias_se"][0], found["p"][0]], [told.bse[0], told.pvalues[0]])
        assert np.isnan(found["ccc_low"]).all()
        assert not np.isnan(found["ccc"]).any()
        assert reading.to_table().notes[-1].endswith("no interval of the CCC")


class TestProperties:
    @few
    @given(surveys(DESK, levels=["perception"], min_respondents=3))
    def test_a_view_agrees_with_itself(self, survey: Survey) -> None:
        found = columns(two_views(survey, survey))
        there = found["n"] > 0
        assert (found["bias"][there] == 0).all()
        assert (found["equal"][there] == 1).all()
        varies = found["provider_sd"] > 0
        np.testing.assert_allclose(found["ccc"][varies], 1)
        np.testing.assert_array_equal(found["ccc_low"][varies & (found["n"] > 2)], 1)
        assert np.isnan(found["ccc"][there & ~varies]).all()

    @few
    @given(surveys(DESK, levels=["perception", "expectation"], min_respondents=3))
    def test_exchanging_the_views_turns_the_bias(self, both: Survey) -> None:
        one, other = (Survey.from_arrays(DESK, perception=both.level(level).numbers().T) for level in both.levels)
        try:
            ahead, back = two_views(one, other), two_views(other, one)
        except SurveyError as error:
            assert "none was rated by both" in str(error)  # noqa: PT017 - drawn surveys may have nothing in common
            return
        found, turned = columns(ahead), columns(back)
        mirrors = {"bias": "bias", "bias_low": "bias_high", "limit_low": "limit_high"}
        mirrors |= {"higher": "lower", "ccc": "ccc", "ccc_low": "ccc_low", "near": "near"}
        for name, mirror in mirrors.items():
            sign = -1 if name.startswith(("bias", "limit")) else 1
            np.testing.assert_allclose(found[name], sign * turned[mirror], atol=1e-9, err_msg=name)
        there = found["n"] > 0
        np.testing.assert_allclose((found["higher"] + found["equal"] + found["lower"])[there], 1)
        known = ~np.isnan(found["ccc_low"])
        assert (found["ccc_low"] <= found["ccc"] + 1e-9)[known].all()

    def test_frequencies_are_repeated_rows(self) -> None:
        ours, theirs = ratings(30)
        times = np.arange(30) % 4
        rows = np.repeat(np.arange(30), times)
        counted = surveyed(theirs, weights=times, weight_kind=WeightKind.FREQUENCY)
        found, wanted = (
            columns(two_views(surveyed(ours), counted)),
            columns(two_views(surveyed(ours[rows]), surveyed(theirs[rows]))),
        )
        for name, values in wanted.items():
            np.testing.assert_allclose(found[name], values, rtol=1e-9, atol=1e-9, err_msg=name)

    def test_sampling_weights_of_equal_size_change_nothing_and_others_do(self) -> None:
        ours, theirs = ratings(30)
        plain = columns(two_views(surveyed(ours), surveyed(theirs)))
        equal = columns(two_views(surveyed(ours), surveyed(theirs, weights=np.full(30, 2.5))))
        for name, values in plain.items():
            np.testing.assert_allclose(equal[name], values, rtol=1e-9, atol=1e-9, err_msg=name)
        reading = two_views(surveyed(ours), surveyed(theirs, weights=np.arange(30)))
        assert columns(reading)["bias"][0] != plain["bias"][0]
        assert "sampling weights: n counts encounters, the rest is weighted" in reading.to_table().notes


class TestWhoMisjudges:
    def test_an_item_is_judged_where_its_interval_leaves_out_zero(self) -> None:
        rng = np.random.default_rng(2)
        theirs = rng.integers(3, 8, (40, 7)).astype(float)
        ours = theirs + rng.choice([-1, 0, 1], (40, 7)) * [1, 1, 1, 1, 0, 0, 0] + [2, -2, 0, 0, 0, 0, 0]
        ours[0, 6] -= 1
        table = two_views(surveyed(np.clip(ours, 1, 9)), surveyed(theirs)).to_table(rows="items")
        assert table["judgement"][:2] == ("overrated by the provider", "underrated by the provider")
        assert table["judgement"][4] is None
        chinese = two_views(surveyed(np.clip(ours, 1, 9)), surveyed(theirs)).to_table(rows="items", language="zh")
        assert chinese["judgement"][:2] == ("提供者高估", "提供者低估")

    def test_a_bias_that_does_not_vary_has_no_test_but_a_judgement(self) -> None:
        theirs = np.tile(np.arange(2.0, 7.0)[:, None], 7)
        reading = two_views(surveyed(theirs + 1), surveyed(theirs))
        found = columns(reading)
        assert (found["bias_low"] == 1).all()
        assert np.isnan(found["p"]).all()
        assert set(reading.told.table["judgement"]) == {"overrated"}

    def test_near_is_a_step_unless_it_is_said(self) -> None:
        theirs = np.full((4, 7), 5.0)
        ours = theirs + np.array([0, 1, 2, 3])[:, None]
        assert columns(two_views(surveyed(ours), surveyed(theirs)))["near"][0] == 0.5
        assert columns(two_views(surveyed(ours), surveyed(theirs), near=2))["near"][0] == 0.75


class TestRefusals:
    def test_everything_at_once(self) -> None:
        ours = Survey.from_arrays(DESK, perception=np.ones((3, 3)), weights=[1, 2, 1])
        theirs = surveyed(np.ones((4, 7)))
        with pytest.raises(SurveyError) as caught:
            two_views(ours, theirs)
        found = [str(problem) for problem in caught.value.problems]
        assert [each.split(":")[0] for each in found] == ["instruments", "scales", "lengths"]
        assert found[2] == (
            "lengths: provider 3, customer 4; row by row both surveys are of the same encounters. "
            "Hint: keep the encounters that both rated, in one order"
        )

    def test_rows_in_another_order_are_found_by_groups_and_clusters(self) -> None:
        view = np.ones((4, 7))
        ours = surveyed(view, groups={"branch": ["a", "b", "a", "c"]}, cluster=[1, 1, 2, 2])
        theirs = surveyed(view, groups={"branch": ["a", "a", "b", "b"]}, cluster=[1, 1, 2, 2])
        with pytest.raises(SurveyError) as caught:
            two_views(ours, theirs)
        assert str(caught.value) == (
            "groups 'branch': 3 encounters differ, first row 1; one encounter is in one group. "
            "Hint: bring both surveys into one order"
        )

    def test_weights_belong_to_encounters(self) -> None:
        view = np.ones((3, 7))
        with pytest.raises(SurveyError, match=r"weights: the provider's are not the customers'; .*customers' survey"):
            two_views(surveyed(view, weights=[1, 2, 3]), surveyed(view))
        both = surveyed(view, weights=[1, 2, 3])
        assert columns(two_views(both, both))["n"][0] == 3

    def test_no_encounter_in_common(self) -> None:
        ours, theirs = np.ones((4, 7)), np.ones((4, 7))
        ours[:2], theirs[2:] = np.nan, np.nan
        with pytest.raises(SurveyError, match="encounters: none was rated by both; some encounters have a perception"):
            two_views(surveyed(ours), surveyed(theirs))

    def test_what_is_no_view(self) -> None:
        survey = surveyed(np.ones((3, 7)))
        with pytest.raises(
            JointAnswersError, match="provider: no two views of a summary; both ratings of one encounter"
        ):
            two_views(summarize(survey, PerformanceOnly()), survey)  # type: ignore[arg-type]
        with pytest.raises(SurveyError, match="customer: a list; each view is a Survey"):
            two_views(survey, [1, 2])  # type: ignore[arg-type]
        apart = Survey.unpaired(perception=survey)
        with pytest.raises(SurveyError, match="customer: a survey of different people"):
            two_views(survey, apart)

    def test_levels_groups_and_distances(self) -> None:
        survey = surveyed(np.ones((3, 7)))
        with pytest.raises(LevelError, match="no expectation answers"):
            two_views(survey, survey, level="expectation")
        with pytest.raises(GroupError, match="no 'branch'"):
            two_views(survey, survey, by="branch")
        with pytest.raises(ArgumentError, match="near: -1; it is a distance"):
            two_views(survey, survey, near=-1)


def test_faces() -> None:
    ours, theirs = ratings()
    reading = two_views(surveyed(ours), surveyed(theirs))
    assert repr(reading).startswith("<TwoViews of 'counter: two views': ")
    for what in ("bias", "agreement", "shares"):
        assert reading.to_table(what)["key"] == ("speed", "care", "room", "overall")
    with pytest.raises(ArgumentError, match=r"what: 'agree'; it is one of .*did you mean agreement\?"):
        reading.to_table("agree")
    assert len(reading.to_frame("pyarrow")) == len(ROWS)
    assert reading.to_dict()["limits"] == 0.95
    json.dumps(reading.to_dict(), allow_nan=False)
