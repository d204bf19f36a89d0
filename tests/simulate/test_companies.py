"""A simulated company is what it says of itself: coefficients, variances, ICCs, reliabilities."""

import math
import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual._frames import backend_of, numbers, opened
from servqual.chain.aggregating import aggregate
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.simulate.companies import Company, company
from servqual.simulate.company_scores import loadings
from servqual.statistics import cronbach_alpha
from servqual.statistics.intraclass import spearman_brown

# Bounds of Monte Carlo error, in standard errors; seeds are fixed, so that tests do not fail by chance.
FAR = 4.0
LAGGED = Chain.parse("a -> b [lag 2] -> c [lag 1]; a -> c; a -> d; d -> c")
TOLD = {"a": "employees", "b": "customers", "c": "finance", "d": "finance"}


def slopes(y: Floats, x: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """Least squares with an intercept: slopes, their standard errors, residuals."""
    design = np.column_stack([np.ones(y.size), *x])
    found, *_ = np.linalg.lstsq(design, y)
    left = y - design @ found
    variance = left @ left / (y.size - design.shape[1])
    errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
    return found[1:], errors[1:], left


def check_links(made: Company, units: UnitTable, *, slack: float = 0.0) -> None:
    """Every equation of the chain finds its true coefficients in these units."""
    for target in made.chain.endogenous:
        parents = made.chain.parents(target)
        columns = [units.lagged(link.source, link.lag) for link in parents]
        there = ~np.isnan(np.array([units.column(target), *columns])).any(axis=0)
        found, errors, left = slopes(units.column(target)[there], [each[there] for each in columns])
        truth = [made.truth.coefficient(link.source, target, link.lag) for link in parents]
        assert (np.abs(found - truth) <= FAR * errors + slack * np.abs(truth)).all(), (target, found, truth)
        sd = made.truth[target].residual_sd
        assert left.std() == pytest.approx(sd, rel=FAR / math.sqrt(2 * there.sum()) + slack)


def test_true_scores_follow_the_service_profit_chain() -> None:
    # without persistence quarters are independent, and least squares has its usual errors
    made = company(2000, 3, 1, 1, persistence=0, rng=1)
    check_links(made, made.units)
    for each in made.truth.constructs:
        values = made.units.column(each.name)
        assert values.mean() == pytest.approx(each.mean, abs=FAR * each.sd / math.sqrt(values.size))
        assert values.std() == pytest.approx(each.sd, rel=FAR / math.sqrt(2 * values.size))


def test_links_may_take_quarters() -> None:
    made = company(3000, 5, 1, 1, chain=LAGGED, sources=TOLD, persistence=0, coefficients=0.3, rng=2)
    check_links(made, made.units)
    for name in "abcd":
        # the first quarters are like the last: each construct has its variance from the beginning
        first = made.units.column(name)[made.units.period == 0]
        assert first.std() == pytest.approx(made.truth[name].sd, rel=FAR / math.sqrt(2 * first.size))


@pytest.mark.parametrize("persistence", [0.0, 0.6, 1.0])
def test_branches_keep_what_lasts(persistence: float) -> None:
    made = company(4000, 2, 1, 1, persistence=persistence, rng=3)
    for name in made.chain.constructs:
        first, second = (made.units.column(name)[made.units.period == quarter] for quarter in (0, 1))
        error = max((1 - persistence**2) / math.sqrt(4000), 1e-9)
        assert np.corrcoef(first, second)[0, 1] == pytest.approx(persistence, abs=FAR * error)


def test_many_respondents_bring_the_truth_to_light() -> None:
    made = company(400, 1, 300, 900, rng=4)
    staff = aggregate(made.employees, by="branch", constructs=made.constructs["employees"])
    buyers = aggregate(made.customers, by="branch", constructs=made.constructs["customers"], source="customers")
    finance = UnitTable.from_frame(made.finance, unit="branch", columns=["employee_productivity", "profit", "growth"])
    units = UnitTable.join(staff, buyers, finance)
    for found in (*staff, *buyers):
        truth = made.truth[found.construct]
        observed, true = units.column(found.construct), made.units.column(found.construct)
        error = math.sqrt((1 - truth.icc) / found.mean_n)
        assert np.abs(observed - true).max() < 5 * error
        assert truth.reliability > 0.97
        assert np.corrcoef(observed, true)[0, 1] ** 2 == pytest.approx(truth.reliability, abs=0.01)
    # what unreliability is left makes slopes at most so much smaller
    check_links(made, units, slack=0.03)


def one_icc_error(icc: float, n: int, groups: int) -> float:
    """Standard error of ICC(1) in equal independent groups (Fisher 1925)."""
    return (1 - icc) * (1 + (n - 1) * icc) * math.sqrt(2 / (n * (n - 1) * groups))


def test_people_of_a_branch_are_as_alike_as_asked() -> None:
    asked = {"employees": 0.2, "employee_loyalty": 0.05, "customers": 0.1, "customer_value": 0.4}
    made = company(1500, 2, 8, 12, icc=asked, persistence=0, rng=5)
    for frame, source, n in ((made.employees, "employees", 8), (made.customers, "customers", 12)):
        found = aggregate(frame, by="branch", period="quarter", constructs=made.constructs[source], source=source)
        for row in found:
            icc = asked.get(row.construct, asked[source])
            assert made.truth[row.construct].icc == icc
            assert row.icc1 == pytest.approx(icc, abs=FAR * one_icc_error(icc, n, 3000))
            assert made.truth[row.construct].reliability == pytest.approx(spearman_brown(icc, n))
            assert row.icc2 == pytest.approx(spearman_brown(icc, n), abs=0.06)


def within(made: Company, source: str = "employees") -> tuple[Floats, Floats]:
    """Answers of people about the mean of their branch and quarter, shape (constructs, items, people), and scores."""
    frame = opened(getattr(made, source))
    codes = numbers(frame, "quarter").astype(int) + 100 * np.unique(
        np.array(frame["branch"].to_list()), return_inverse=True
    )[1]  # fmt: skip
    _, cell, n = np.unique(codes, return_inverse=True, return_counts=True)
    answers = np.array([[numbers(frame, item) for item in items] for items in made.constructs[source].values()])
    flat = answers.reshape(-1, cell.size)
    means = np.array([np.bincount(cell, row) / n for row in flat])
    about = (flat - means[:, cell]).reshape(answers.shape)
    return about, np.asarray(about.mean(axis=1))


@pytest.mark.parametrize(("common", "alpha", "items"), [(0.0, 0.85, 3), (0.4, 0.7, 4), (1.0, 1.0, 2)])
def test_items_hang_together_and_so_do_answers_of_one_person(common: float, alpha: float, items: int) -> None:
    made = company(100, 1, 200, 1, common_method=common, alpha=alpha, items=items, rng=6)
    answers, scores = within(made)
    for each in answers:
        assert float(cronbach_alpha(np.cov(each))) == pytest.approx(alpha, abs=0.02)
    correlations = np.asarray(np.corrcoef(scores))[np.triu_indices(3, 1)]
    np.testing.assert_allclose(correlations, common * alpha, atol=FAR / math.sqrt(20_000))
    assert made.truth.common_method == common


def test_rounded_answers_lie_on_seven_points() -> None:
    made = company(50, 2, 20, 20, likert=True, rng=7)
    assert made.scale == (1.0, 7.0)
    items = [item for columns in made.constructs["customers"].values() for item in columns]
    answers = made.customers[items].to_numpy()
    assert answers.dtype.kind == "i"
    assert set(np.unique(answers)) <= set(range(1, 8))
    found = aggregate(
        made.customers, by="branch", period="quarter", constructs=made.constructs["customers"], scale=(1, 7)
    )
    assert [row.options for row in found] == [7, 7, 7]
    plain = company(50, 2, 20, 20, rng=7)
    assert plain.scale is None
    np.testing.assert_array_equal(np.clip(np.rint(plain.customers[items]), 1, 7), answers)


def test_sizes_and_gaps_are_as_asked() -> None:
    made = company(200, 4, (3, 9), 5, missing=0.1, likert=True, rng=8)
    sizes = made.employees.groupby(["branch", "quarter"]).size()
    assert (sizes.min(), sizes.max(), len(sizes)) == (3, 9, 800)
    harmonic = len(sizes) / (1 / sizes).sum()
    assert made.truth["employee_loyalty"].reliability == pytest.approx(spearman_brown(0.15, harmonic))
    items = list(made.constructs["employees"]["employee_loyalty"])
    share = made.employees[items].isna().to_numpy().mean()
    assert share == pytest.approx(0.1, abs=FAR * math.sqrt(0.09 / (3 * len(made.employees))))


def same(one: Company, other: Company) -> bool:
    pairs = ((getattr(one, name), getattr(other, name)) for name in ("employees", "customers", "finance"))
    return all(first.equals(second) for first, second in pairs)


def test_the_same_seed_gives_the_same_company() -> None:
    small: dict[str, Any] = {"branches": 5, "quarters": 2, "employees": 3, "customers": 4}
    assert same(company(**small, rng=1), company(**small, rng=1))
    assert not same(company(**small, rng=1), company(**small, rng=2))
    assert not same(company(**small), company(**small))
    generator = np.random.default_rng(1)
    first, second = company(**small, rng=generator), company(**small, rng=generator)
    assert same(first, company(**small, rng=1))
    assert not same(first, second)


def test_one_source_does_not_depend_on_the_size_of_another() -> None:
    few, many = company(5, 2, 3, 4, rng=1), company(5, 2, 30, 4, rng=1)
    assert few.finance.equals(many.finance)
    assert few.customers.equals(many.customers)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_frames_come_in_three_libraries(backend: str) -> None:
    made, plain = company(4, 2, 3, 3, missing=0.2, rng=9, backend=backend), company(4, 2, 3, 3, missing=0.2, rng=9)
    assert {backend_of(each) for each in (made.employees, made.customers, made.finance)} == {backend}
    for name in made.constructs["employees"]["employee_satisfaction"]:
        np.testing.assert_array_equal(numbers(opened(made.employees), name), numbers(opened(plain.employees), name))
    assert made.units.backend == backend


def test_other_chains() -> None:
    drivers = company(5, 2, 3, 3, chain=Chain.service_profit(drivers=True), rng=1)
    assert "training_1" in drivers.employees.columns
    brand = company(5, 2, 3, 3, chain=Chain.brand(), rng=1)
    assert brand.employees is None
    assert list(brand.constructs) == ["customers"]
    assert [name for name in brand.finance.columns if name not in {"branch", "quarter"}] == ["profit", "growth"]
    people = company(5, 1, chain=Chain.parse("a -> b"), sources={"a": "employees", "b": "customers"}, items=1, rng=1)
    assert people.finance is None
    assert people.constructs == {"employees": {"a": ("a_1",)}, "customers": {"b": ("b_1",)}}
    assert people.truth.links[0].standardised == 0.5


def test_truth_tells_effects() -> None:
    made = company(5, 2, 1, 1, rng=1)
    truth, names = made.truth, made.chain.constructs
    for standardised in (False, True):
        paths = np.zeros((len(names), len(names)))
        for each in truth.links:
            slope = truth.coefficient(each.link.source, each.link.target, standardised=standardised)
            paths[names.index(each.link.target), names.index(each.link.source)] = slope
        totals = np.linalg.inv(np.eye(len(names)) - paths) - np.eye(len(names))
        for source in names:
            for target in names:
                place = names.index(target), names.index(source)
                assert truth.total(source, target, standardised=standardised) == pytest.approx(totals[place])
                indirect = truth.indirect(source, target, standardised=standardised)
                assert indirect == pytest.approx(totals[place] - paths[place])
    assert truth.coefficient("profit", "growth") == 0
    assert set(truth.reliability()) == set(names) - {"employee_productivity", "profit", "growth"}
    assert repr(truth) == "<Truth: 9 links among 9 constructs>"
    assert truth.to_table()["link"][-1] == "customer_loyalty -> growth"
    assert hash(truth) == hash(company(5, 2, 1, 1, rng=2).truth)


def test_coefficients_are_as_asked() -> None:
    links = {"employee_satisfaction -> employee_loyalty": 0.25, "customer_loyalty->profit": -0.5}
    made = company(5, 2, 1, 1, coefficients=links, rng=1)
    assert made.truth.coefficient("employee_satisfaction", "employee_loyalty", standardised=True) == 0.25
    assert made.truth.coefficient("customer_loyalty", "profit", standardised=True) == -0.5
    assert made.truth.coefficient("customer_loyalty", "growth", standardised=True) == 0.3
    assert made.truth["growth"].residual_sd == pytest.approx(2 * math.sqrt(1 - 0.09))
    lagged = {"a -> c": 0.1, "b -> c [lag 1]": 0.2, "a -> b": 0.3}
    made = company(5, 4, 1, 1, chain=LAGGED, sources=TOLD, coefficients=lagged, rng=1)
    assert [each.standardised for each in made.truth.links[:3]] == [0.3, 0.2, 0.1]


@given(st.lists(st.floats(-0.4, 0.4), min_size=9, max_size=9), st.floats(0, 1))
def test_every_construct_has_variance_one(coefficients: list[float], persistence: float) -> None:
    chain = Chain.service_profit()
    found, left = loadings(chain, coefficients, persistence)
    assert all((each**2).sum() == pytest.approx(1) for each in found.values())
    names = chain.constructs
    paths = np.zeros((9, 9))
    for link, slope in zip(chain.links, coefficients, strict=True):
        paths[names.index(link.target), names.index(link.source)] = slope
    whole = np.linalg.inv(np.eye(9) - paths)
    implied = whole @ np.diag([left[name] for name in names]) @ whole.T
    np.testing.assert_allclose(np.diag(implied), 1, atol=1e-9)
    flat = np.array([found[name].ravel() for name in names])
    np.testing.assert_allclose(flat @ flat.T, implied, atol=1e-9)


def test_it_pickles_and_has_a_short_face() -> None:
    made = company(5, 2, 3, 3, rng=1)
    assert repr(made) == "<Company: 5 branches over 2 quarters; <Truth: 9 links among 9 constructs>>"
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    assert same(made, again)
    assert again.truth == made.truth
