"""Indicators of an event log: against hand counts, scipy and every kind of source, and what is refused."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.errors import ArgumentError, StandardsError
from servqual.operations.indicators.log_reading import service_indicators
from servqual.operations.indicators.words import ContactKind, Indicator
from servqual.statistics import Inapplicable

LOG: dict[str, list[Any]] = {
    "kind": ["proactive", "demand", "demand", "demand", "event", "event", "demand", "proactive"],
    "opened": [0.0, 1, 2, 3, 4, 5, 6, 7],
    "answered": [None, 3.0, None, 4.0, 9.0, None, 8.0, None],
    "branch": ["n", "n", "n", "s", "s", "s", "s", "s"],
    "who": ["a", "a", "b", "c", "c", None, "c", "d"],
}


def test_shares_and_frequencies_by_hand() -> None:
    found = service_indicators(LOG, unit="branch", customer="who", within=2.0, until=10, per=2)
    proactive = found["proactivity"]
    theirs = stats.binomtest(2, 6).proportion_ci(method="wilson")
    assert (proactive.n, proactive.estimate) == (6, 2 / 6)
    assert (proactive.low, proactive.high) == pytest.approx((theirs.low, theirs.high))
    frequency = found["frequency"]
    # six contacts of four customers in ten hours, told for two
    assert frequency.n == 6
    assert frequency.estimate == pytest.approx(6 / (4 * 10 / 2))
    assert float(frequency.low) * 20 == pytest.approx(stats.chi2.ppf(0.025, 12) / 2)
    responded = found["responded"]
    assert (responded.n, responded.unanswered, responded.estimate) == (4, 1, 0.75)
    # waits 2, 8 (open), 1, 2: within two hours three of four, known
    assert found["responded_within"].estimate == pytest.approx(0.75)
    assert found["response_time"].estimate == 2.0
    assert found["reaction_time"].n == 2
    assert (found["responded", "n"].n, found["responded", "s"].n) == (2, 2)
    assert found["frequency", "n"].estimate == pytest.approx(3 / (2 * 10 / 2))


def test_nothing_is_told_beyond_the_last_answer() -> None:
    # nine of ten answered: the curve runs level at one tenth from 9 to the end of the log, and survfit's 90th
    # percentile would be the middle between the two
    log = {"kind": ["demand"] * 10, "opened": [0.0] * 10, "answered": [1.0, 2, 3, 4, 5, 6, 7, 8, 9, None]}
    found = service_indicators(log, until=1000, quantiles=(0.5, 0.9))
    assert found["response_time", 0.5].estimate == 5.5
    assert found["response_time", 0.9].estimate == Inapplicable("too few were answered to say")
    assert found["response_time", 0.9] == found["response_time", "all", 0.9]
    with pytest.raises(ArgumentError, match=r"no \('response_time', 0.7\)"):
        found["response_time", 0.7]


def test_open_rows_count_as_longer() -> None:
    rng = np.random.default_rng(4)
    opened = rng.uniform(0, 100, 500)
    wait = rng.exponential(10, 500)
    answered = np.where(opened + wait <= 100, opened + wait, np.nan)
    log = {"kind": ["demand"] * 500, "opened": opened, "answered": answered}
    found = service_indicators(log, until=100.0, within=10.0, quantiles=(0.25, 0.5, 0.75, 0.9))
    seen = ~np.isnan(answered)
    times = np.where(seen, answered, 100) - opened
    curve = stats.ecdf(stats.CensoredData.right_censored(times, ~seen)).sf
    assert found["responded_within"].estimate == pytest.approx(1 - float(curve.evaluate(np.array([10.0]))[0]))
    for share in (0.25, 0.5, 0.75):
        quantile = float(found["response_time", "all", share].estimate)
        after, before = curve.evaluate(np.array([quantile, quantile - 1e-9]))
        assert after <= 1 - share < before
        assert float(found["response_time", "all", share].low) < quantile
    median = found["response_time", "all", 0.5]
    assert float(median.low) < 10 * np.log(2) < float(median.high)
    # what is left out when only answered rows are looked at: the long waits
    assert np.median(times[seen]) < float(median.estimate)


@given(st.permutations(range(8)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    turned = {name: [values[place] for place in order] for name, values in LOG.items()}
    one, other = (service_indicators(each, unit="branch", customer="who", within=2.0) for each in (LOG, turned))
    assert one.to_dict() == other.to_dict()


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_every_frame_with_dates(make: Any) -> None:
    start = datetime(2026, 3, 1, 8)  # noqa: DTZ001 - a time without a zone is what is tested
    dated = dict(LOG)
    for name in ("opened", "answered"):
        dated[name] = [None if each is None else start + timedelta(hours=each) for each in LOG[name]]
    found = service_indicators(make(dated), unit="branch", customer="who", within=2.0)
    plain = service_indicators(LOG, unit="branch", customer="who", within=2.0)
    for one, other in zip(found, plain, strict=True):
        assert (one.indicator, one.unit, one.n, one.unanswered) == (
            other.indicator,
            other.unit,
            other.n,
            other.unanswered,
        )
        assert float(one.estimate) == pytest.approx(float(other.estimate), rel=1e-9, nan_ok=True)
    minutes = service_indicators(make(dated), times_in="minutes", until=start + timedelta(hours=12))
    assert minutes["response_time"].estimate == pytest.approx(120)


def test_times_with_a_zone_are_told_apart() -> None:
    zone = timezone(timedelta(hours=8))
    log = {
        "kind": ["demand"], "opened": [datetime(2026, 3, 1, 8, tzinfo=zone)],
        "answered": [datetime(2026, 3, 1, 3, tzinfo=UTC)],
    }  # fmt: skip
    assert service_indicators(log)["response_time"].estimate == pytest.approx(3)
    bare = datetime(2026, 3, 1, 3)  # noqa: DTZ001 - a time without a zone is what is tested
    with pytest.raises(
        StandardsError, match="opened dates with a time zone, answered dates without a time zone; all times"
    ):
        service_indicators(log | {"answered": [bare]})
    with pytest.raises(
        StandardsError, match="opened dates with a time zone, answered dates with a time zone, until numbers"
    ):
        service_indicators(log, until=5)
    mixed = {"kind": ["demand"] * 2, "opened": [0, 1], "answered": [bare, datetime(2026, 3, 1, tzinfo=UTC)]}
    with pytest.raises(StandardsError, match="answered: neither numbers nor dates of one kind"):
        service_indicators(mixed)
    frame = pd.DataFrame({name: pd.Series(values) for name, values in log.items()})
    for given_frame in (frame, pl.from_pandas(frame)):
        found = service_indicators(given_frame, until=datetime(2026, 3, 2, tzinfo=UTC), times_in="days")
        assert float(found["response_time"].estimate) == pytest.approx(3 / 24)


def test_own_words_for_kinds() -> None:
    log = {"kind": ["call", "visit"], "opened": [0, 1], "answered": [1, 2]}
    found = service_indicators(log, kinds={"call": "demand", "visit": ContactKind.PROACTIVE})
    assert found["proactivity"].estimate == 0.5
    assert found["reaction_time"].estimate == Inapplicable("the log has no such rows")
    assert found["frequency"].estimate == Inapplicable("no column of customers was named")


def test_words() -> None:
    found = service_indicators(LOG, unit="branch")
    assert repr(found) == "<ServiceIndicators: 21 rows of 2 units and all>"
    assert any("日志以其最后时刻为终点" in note for note in found.to_table("zh").notes)
    assert str(found.to_table("zh").columns["label"][0]).startswith("主动性")
    assert isinstance(found["response_time", "n"].estimate, Inapplicable)
    assert "response_time q0.5 of all: 2.000 (1.000 to not reached)" in repr(found["response_time"])
    assert "reaction_time q0.5 of all: 5.000 (not known to not reached)" in repr(found["reaction_time"])
    assert all(each.label.en and each.label.zh for words in (Indicator, ContactKind) for each in words)
    with pytest.raises(ArgumentError, match=r"no 'respond'.*did you mean responded"):
        found["respond"]


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (
            {"answered": [-1.0, *LOG["answered"][1:]]},
            {},
            "answered: 1 before they began: row 0; .*no time is below zero",
        ),
        ({"opened": [None, *LOG["opened"][1:]]}, {}, "opened: 1 missing: row 0"),
        ({"kind": ["demnd", *LOG["kind"][1:]]}, {}, "kind: the kind 'demnd'; .*did you mean demand"),
        ({"kind": [None, *LOG["kind"][1:]]}, {}, "kind: rows without a kind"),
        ({}, {"kinds": {"proactive": "pro"}}, "kinds: 'pro'; kinds are proactive, event and demand"),
        ({}, {"until": 3}, r"opened: 4 outside the span of the log: rows 4, 5, 6, …"),
        ({}, {"since": 9, "until": 9}, "span: from 9 to 9; a log ends after it began"),
        ({}, {"until": "soon"}, "until: 'soon'; it is a time like those of the log"),
        ({}, {"times_in": "hour"}, "times_in: 'hour'; .*did you mean hours"),
        ({}, {"within": 0}, "within: 0; a limit of time is above zero"),
        ({}, {"quantiles": (50,)}, "quantiles: 50; a quantile lies strictly between 0 and 1"),
        ({}, {"per": -1}, "per: -1; a length of time is above zero"),
        ({}, {"opened": "open"}, "opened: no column 'open'.*did you mean opened"),
        ({}, {"unit": [1]}, r"unit: an array of shape \(1,\)"),
    ],
)
def test_refusals(change: dict[str, Any], options: dict[str, Any], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        service_indicators(LOG | change, **options)


def test_an_empty_log_is_refused() -> None:
    with pytest.raises(StandardsError, match="source: no rows; a log has a row for each contact or event"):
        service_indicators({"kind": [], "opened": [], "answered": []})
