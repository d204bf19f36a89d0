"""The audit of sixteen tactics, what answers the gaps, and what a guarantee would cost."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binomtest, ttest_1samp

from servqual._arrays import Floats
from servqual.catalogue.promises import promise_audit
from servqual.errors import ArgumentError, StandardsError
from servqual.instruments import Instrument, Scale
from servqual.operations.promises.audit_reading import answer_promises, audit_promises
from servqual.operations.promises.guarantee_reading import guarantee
from servqual.operations.promises.promise_reading import promise_gaps
from servqual.operations.promises.promise_words import PromiseFamily
from servqual.statistics import Inapplicable, wilson_interval
from servqual.survey import Survey

SHEETS = np.random.default_rng(8).integers(1, 6, (25, 16)).astype(float)
AUDIT = audit_promises(Survey.from_arrays(promise_audit(), perception=SHEETS))


def test_families_and_tactics_are_means_of_respondents() -> None:
    assert len(AUDIT) == 20
    for place, family in enumerate(PromiseFamily):
        scores = SHEETS[:, 4 * place : 4 * place + 4].mean(axis=1)
        ends = ttest_1samp(scores, 0).confidence_interval(0.95)
        row = AUDIT[family]
        assert (row.mean, row.low, row.high) == pytest.approx((scores.mean(), ends.low, ends.high))
        assert row.index == pytest.approx(25 * (scores.mean() - 1))
    assert AUDIT["internal_2"].mean == pytest.approx(SHEETS[:, 13].mean())


def test_the_weakest_are_marked() -> None:
    for place, family in enumerate(PromiseFamily):
        worst = int(SHEETS[:, 4 * place : 4 * place + 4].mean(axis=0).argmin())
        assert AUDIT.weakest_tactic(family).key == f"{family}_{worst + 1}"
    weakest = [row.key for row in AUDIT if row.about == "family" and row.weakest]
    assert weakest == [min(PromiseFamily, key=lambda family: float(AUDIT[family].mean))]


def test_missing_answers_are_told() -> None:
    sheets = SHEETS.copy()
    sheets[:, 3] = np.nan
    found = audit_promises(Survey.from_arrays(promise_audit(), perception=sheets))
    assert str(found["promises_4"].mean) == "nobody answered"
    assert found["promises"].n == 25
    one = audit_promises(Survey.from_arrays(promise_audit(), perception=SHEETS[:1]))
    assert str(one["promises"].low) == "fewer than two respondents answered"


def test_the_family_of_the_deepest_gap_comes_first() -> None:
    rng = np.random.default_rng(2)
    delivered = {"wait": rng.normal(14, 3, 60), "care": rng.normal(5, 0.5, 60), "price": rng.normal(10, 1, 60)}
    gaps = promise_gaps(
        {"wait": 10, "care": 5, "price": 9},
        delivered,
        expected={"wait": 10, "care": rng.normal(6, 0.5, 60), "price": 9},
        lower_is_better=["wait"],
    )
    found = answer_promises(gaps, AUDIT)
    assert [row.attribute for row in found] == ["wait", "care"]
    assert [row.family for row in found] == [PromiseFamily.PROMISES, PromiseFamily.EXPECTATIONS]
    assert found["care"].tactic == AUDIT.weakest_tactic("expectations").key
    assert found["wait"].family_index == AUDIT["promises"].index
    assert "begin with wait: manage promises" in found.told.notes[0].en
    assert "管理期望" in str(found.to_table("zh"))
    words = [AUDIT.told.labels[AUDIT.told.table["key"].index(row.tactic)] for row in found]
    assert found.to_table()["tactic"] == tuple(each.en for each in words)
    assert found.to_table("zh")["tactic"] == tuple(each.zh for each in words)
    assert repr(found) == "<PromiseAnswers: wait first, by promises>"
    assert found.to_dict()["columns"]["family"] == ["promises", "expectations"]


def test_without_a_clear_step_there_is_no_answer() -> None:
    gaps = promise_gaps({"x": 3}, {"x": [2.0, 4.0, 3.1]})
    found = answer_promises(gaps, AUDIT)
    assert len(found) == 0
    assert repr(found) == "<PromiseAnswers: no clear shortfall>"
    assert len(found.to_table("zh")) == 0


def test_faces_of_the_audit() -> None:
    assert "承诺管理检查" in str(AUDIT.to_table("zh"))
    assert "管理内部沟通" in str(AUDIT.to_table("zh"))
    assert repr(AUDIT).startswith("<PromiseAudit, index: promises ")
    assert "index" in repr(AUDIT["internal"])
    assert AUDIT.to_dict()["reading"] == "audit_promises"


def test_what_is_no_audit() -> None:
    with pytest.raises(StandardsError, match="the audit is a survey"):
        audit_promises(3)  # type: ignore[arg-type]
    other = Instrument.define("x", {"promises": ["a", "b"]}, scale=Scale.likert(5), levels=["perception"])
    with pytest.raises(StandardsError, match="no expectations, education, internal"):
        audit_promises(Survey.from_arrays(other, perception=[[1, 2]]))
    with pytest.raises(StandardsError) as caught:
        answer_promises(1, 2)  # type: ignore[arg-type]
    assert len(caught.value.problems) == 2
    with pytest.raises(StandardsError, match="strictly between"):
        audit_promises(Survey.from_arrays(promise_audit(), perception=SHEETS), confidence=2)


WAITS = np.random.default_rng(9).gamma(4, 2, 300)


def test_shares_and_costs_of_promises() -> None:
    found = guarantee([*WAITS, np.nan], [8, 12], lower_is_better=True, payout=20, claimed=0.5)
    fails = int((WAITS > 12).sum())
    ends = binomtest(fails, 300).proportion_ci(method="wilson")
    row = found["12"]
    assert (row.fails, row.n, found.missing) == (fails, 300, 1)
    assert (row.share, row.low, row.high) == pytest.approx((fails / 300, ends.low, ends.high))
    assert (row.cost, row.cost_low, row.cost_high) == pytest.approx((10 * fails / 300, 10 * ends.low, 10 * ends.high))
    assert str(found.strictest) == "no target was given"


@given(arrays(np.float64, 12, elements=st.floats(0, 50)), st.floats(-10, 60), st.booleans())
def test_a_promise_just_met_does_not_fail(values: Floats, promise: float, lower: bool) -> None:  # noqa: FBT001 - drawn
    row = guarantee(values, promise, lower_is_better=lower).rows[0]
    assert row.fails == sum(each > promise if lower else each < promise for each in values)
    mirrored = guarantee(-values, -promise, lower_is_better=not lower).rows[0]
    assert (row.share, row.low, row.high) == (mirrored.share, mirrored.low, mirrored.high)
    assert guarantee(values, float(values.max() if lower else values.min()), lower_is_better=lower).rows[0].fails == 0


@pytest.mark.parametrize("lower", [True, False])
@pytest.mark.parametrize("target", [0.02, 0.1, 0.5])
def test_the_strictest_promise_is_the_first_safe_one(target: float, lower: bool) -> None:  # noqa: FBT001
    found = guarantee(WAITS, 10, lower_is_better=lower, target=target)
    safe = [
        level
        for level in WAITS.tolist()
        if wilson_interval(float((level < WAITS).sum() if lower else (level > WAITS).sum()), 300.0)[1] <= target
    ]
    assert found.strictest == (min(safe) if lower else max(safe))
    assert any("strictest promise" in note.en for note in found.told.notes)


def test_too_few_deliveries_for_a_target() -> None:
    found = guarantee([1, 2, 3], 2, lower_is_better=True, target=0.05)
    assert isinstance(found.strictest, Inapplicable)
    assert found.to_dict()["strictest"] is None
    assert "服务次数太少" in found.to_table("zh").notes[-1]


def test_faces_of_a_guarantee() -> None:
    found = guarantee(WAITS, [8.5, 12], lower_is_better=True)
    assert repr(found).startswith("<Guarantee: 8.5 fails ")
    assert "fails" in repr(found["8.5"])
    assert str(found["12"].cost) == "no payout was given"
    assert "cost" not in found.to_table().columns
    with pytest.raises(ArgumentError, match="no '9'"):
        found["9"]


@pytest.mark.parametrize(
    ("delivered", "promises", "options", "said"),
    [
        ([], 1, {}, "held against what is delivered"),
        ([np.nan], 1, {}, "held against what is delivered"),
        (["a"], 1, {}, "it is a column of numbers"),
        ([1], "x", {}, "promises are numbers"),
        ([1], [], {}, "one finite number or more"),
        ([1], [np.inf], {}, "one finite number or more"),
        ([1], 1, {"payout": -1}, "a payout is zero or more"),
        ([1], 1, {"payout": 1, "claimed": 2}, "the share of the failed who claim"),
        ([1], 1, {"claimed": 0.5}, "given without a payout"),
        ([1], 1, {"target": 1}, "a share strictly between 0 and 1"),
        ([1], 1, {"confidence": 95}, "pass 0.95"),
    ],
)
def test_bad_guarantees(delivered: list[object], promises: object, options: dict[str, object], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        guarantee(delivered, promises, lower_is_better=True, **options)  # type: ignore[arg-type]


def test_a_promise_is_picked_by_its_number() -> None:
    found = guarantee([1.0, 2.5, 4], [2.5, 3], lower_is_better=True)
    assert found[2.5] is found["2.5"] is found.rows[0]
    assert found[3] is found.rows[1]
    with pytest.raises(ArgumentError, match="no '4'"):
        found[4]
