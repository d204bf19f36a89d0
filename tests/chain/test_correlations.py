import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.chain.correlations import fit_correlations
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.statistics.models import Regression
from tests.chain.fit_data import MEDIATION, SATURATED, attitude, refused
from tests.statistics.attitude import ATTITUDE, ITEMS

R: Floats = np.asarray(np.corrcoef(ATTITUDE.T))
SDS = dict(zip(ITEMS, ATTITUDE.std(axis=0, ddof=1).tolist(), strict=True))
MEANS = dict(zip(ITEMS, ATTITUDE.mean(axis=0).tolist(), strict=True))
TRIO = ("complaints", "learning", "rating")
PLACES = [ITEMS.index(name) for name in TRIO]
SMALL = R[np.ix_(PLACES, PLACES)]

LAVAAN = [0.59673580626744, 0.44587066861168, 0.37424737989715, 0.71480736810194, 0.21278933730110, -0.02446036602627]


def same(one: Regression, other: Regression) -> None:
    assert one.names == other.names
    for name in ("coefficients", "covariance"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-12)
    for name in ("df_resid", "df_test", "r2", "adjusted_r2", "n", "sigma2", "log_likelihood", "aic", "bic"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-9), name


def test_with_means_and_spreads_it_is_the_fit_of_the_rows() -> None:
    found = fit_correlations(SATURATED, R, 30, names=ITEMS, sds=SDS, means=MEANS)
    expected = fit(SATURATED, attitude())
    for one, other in zip(found.equations, expected.equations, strict=True):
        same(one.regression, other.regression)
        assert one.terms == other.terms
        np.testing.assert_allclose(one.means, other.means, rtol=1e-12)
        np.testing.assert_allclose(one.sds, other.sds, rtol=1e-12)
    np.testing.assert_allclose(found.means, expected.means, rtol=1e-12)
    np.testing.assert_allclose(found.sds, expected.sds, rtol=1e-12)
    np.testing.assert_allclose(found.standardised_slopes(), expected.standardised_slopes(), rtol=1e-9)
    sequences = fit_correlations(SATURATED, R, 30, names=ITEMS, sds=list(SDS.values()), means=list(MEANS.values()))
    np.testing.assert_array_equal(sequences.slopes(), found.slopes())


def test_without_them_coefficients_are_standardised() -> None:
    """R 4.2, lavaan 0.6-14.

    ::

        model <- 'learning ~ complaints
                  raises ~ complaints + learning
                  rating ~ complaints + learning + raises'
        g <- sem(model, sample.cov=cor(attitude), sample.nobs=30, control=list(rel.tol=1e-14)); coef(g)[1:6]
    """
    found = fit_correlations(SATURATED, R, 30, names=ITEMS)
    np.testing.assert_allclose(found.slopes(), LAVAAN, atol=1e-6)
    np.testing.assert_allclose(found.standardised_slopes(), found.slopes(), rtol=1e-12)
    z = (ATTITUDE - ATTITUDE.mean(axis=0)) / ATTITUDE.std(axis=0, ddof=1)
    expected = fit(SATURATED, UnitTable.from_arrays(range(30), dict(zip(ITEMS, z.T, strict=True))))
    for one, other in zip(found.equations, expected.equations, strict=True):
        same(one.regression, other.regression)


@given(st.integers(0, 10_000), st.permutations(range(3)))
@settings(max_examples=25)
def test_the_order_of_the_matrix_changes_nothing(seed: int, order: list[int]) -> None:
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(12, 3)) @ rng.normal(size=(3, 3))
    matrix: Floats = np.asarray(np.corrcoef(table.T))
    names = ["rating", "complaints", "learning"]
    one = fit_correlations(MEDIATION, matrix, 12, names=names)
    turned = matrix[np.ix_(order, order)]
    two = fit_correlations(MEDIATION, turned, 12, names=[names[place] for place in order])
    np.testing.assert_array_equal(one.slopes(), two.slopes())


def test_a_matrix_in_any_form() -> None:
    expected = fit_correlations(MEDIATION, SMALL, 30, names=TRIO).slopes()
    full = {one: dict(zip(TRIO, row, strict=True)) for one, row in zip(TRIO, SMALL.tolist(), strict=True)}
    triangle = {"learning": {"complaints": SMALL[1, 0]}, "rating": {"complaints": SMALL[2, 0], "learning": SMALL[2, 1]}}
    pairs = {("learning", "complaints"): SMALL[0, 1], ("rating", "complaints"): SMALL[0, 2]}
    pairs |= {("learning", "rating"): SMALL[1, 2]}
    columns = dict(zip(TRIO, SMALL.T, strict=True))
    turned = [2, 0, 1]
    frames = [
        pd.DataFrame(SMALL, index=TRIO, columns=TRIO),
        pd.DataFrame(ATTITUDE, columns=ITEMS).corr(),
        pl.DataFrame(columns),
        pl.DataFrame({"name": list(TRIO), **columns}),
        pl.DataFrame(
            {"name": [TRIO[place] for place in turned], **{key: each[turned] for key, each in columns.items()}}
        ),
    ]
    for given_matrix in (full, triangle, pairs, *frames):
        found = fit_correlations(MEDIATION, given_matrix, 30)
        np.testing.assert_allclose(found.slopes(), expected, rtol=1e-12)
    np.testing.assert_allclose(fit_correlations(MEDIATION, SMALL.tolist(), 30, names=TRIO).slopes(), expected)


def test_what_is_shown() -> None:
    found = fit_correlations(MEDIATION, SMALL, 30, names=TRIO)
    assert repr(found).startswith(
        "<Fit of 2 equations on 30 rows; from correlations; learning R² 0.36, rating R² 0.71;"
    )
    notes = " ".join(found.to_table().notes)
    assert "Estimated from a matrix of correlations" in notes
    assert "Rows:" not in notes
    assert (found.n_units, found.n_periods, found.recipe.from_correlations) == (30, 1, True)
    assert type(found).from_dict(found.to_dict()).to_dict() == found.to_dict()


def changed(row: int, column: int, value: float) -> Any:
    matrix = SMALL.copy()
    matrix[row, column] = value
    return matrix


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        (
            changed(0, 1, 0.5),
            "R[learning, complaints]: 0.596736, and 0.5 the other way round; correlations are symmetric",
        ),
        (
            changed(1, 1, 140.0),
            "R[learning, learning]: 140; a correlation with itself is 1. Hint: of covariances, pass",
        ),
        (changed(2, 0, 1.2), "R[rating, complaints]: 1.2; correlations lie in -1..1"),
        (changed(2, 0, math.nan), "R[rating, complaints]: missing; every pair has its correlation"),
        (changed(2, 2, math.inf), "R[rating, rating]: inf; a correlation with itself is 1"),
        (changed(0, 2, math.inf), "R[rating, complaints]: 0.825418; correlations lie in -1..1"),
        (np.ones((3, 3)), "R: smallest eigenvalue "),
        (
            [[1, -0.9, -0.9], [-0.9, 1, -0.9], [-0.9, -0.9, 1]],
            "R: smallest eigenvalue -0.8; correlations are positive def",
        ),
        (SMALL[:2], "R: an array of float64, shape (2, 3); correlations are a square matrix of numbers"),
        (SMALL.astype(str), "R: an array of <U32, shape (3, 3); correlations are a square matrix of numbers"),
    ],
    ids=str,
)
def test_what_is_no_matrix_of_correlations_is_refused(matrix: Any, said: str) -> None:
    assert refused(lambda: fit_correlations(MEDIATION, matrix, 30, names=TRIO))[0].startswith(said)


def test_every_wrong_entry_is_named() -> None:
    matrix = changed(0, 1, 0.5)
    matrix[2, 0] = matrix[0, 2] = -2
    assert len(refused(lambda: fit_correlations(MEDIATION, matrix, 30, names=TRIO))) == 2


@pytest.mark.parametrize(
    ("matrix", "options", "said"),
    [
        (SMALL, {}, "names: none; an array does not say which row is which. Hint: pass names=[…]"),
        (SMALL, {"names": TRIO[:2]}, "names: 2 different names for 3 rows; every row has a name of its own"),
        (SMALL, {"names": ["complaints", "rating", "rating"]}, "names: 2 different names for 3 rows"),
        (SMALL, {"names": ["complaint", "learning", "rating"]}, "construct complaints: no such row; .*mean complaint?"),
        ({("a", "b"): 0.5}, {"names": TRIO}, "names: given; a mapping of correlations has its names"),
        ({"a": 0.5}, {}, "R: a mapping of neither names nor pairs"),
        (pl.DataFrame({"a": [1.0]}), {"names": TRIO}, "names: given; a frame of correlations has its names"),
        (pl.DataFrame({"complaints": [1.0, 0.5]}), {}, "R: 2 rows for 1 columns of numbers"),
        ("matrix.csv", {}, "R: a str; correlations are an array with names, a mapping, or a frame"),
        ({("complaints", "rating"): 0.5}, {}, "construct learning: no such row"),
        (
            SMALL,
            {"names": TRIO, "sds": {"complaints": 1, "learning": 1, "ratin": 1}},
            "sds[rating]: missing; .*mean ratin?",
        ),
        (SMALL, {"names": TRIO, "sds": [1, 0, 1]}, "sds[learning]: 0; a standard deviation is above zero"),
        (SMALL, {"names": TRIO, "sds": [1, math.inf, 1]}, "sds[learning]: inf; it is a finite number"),
        (SMALL, {"names": TRIO, "means": [1, 2, "x"]}, "means[rating]: 'x'; it is a finite number"),
        (SMALL, {"names": TRIO, "means": [1, 2]}, "means: 2 numbers; numbers without names are in the order of names="),
    ],
    ids=str,
)
def test_names_and_moments_that_do_not_fit_are_refused(matrix: Any, options: dict[str, Any], said: str) -> None:
    (found,) = refused(lambda: fit_correlations(MEDIATION, matrix, 30, **options))[:1]
    first, _, last = said.partition(".*")
    assert found.startswith(first)
    assert last in found


def test_rows_and_links_that_correlations_do_not_know_are_refused() -> None:
    (said,) = refused(lambda: fit_correlations(MEDIATION, SMALL, 3, names=TRIO))
    assert said == "n: 3 for 2 predictors of rating; there are more rows than predictors and the intercept."
    half: Any = 30.5
    (said,) = refused(lambda: fit_correlations(MEDIATION, SMALL, half, names=TRIO))
    assert said == "n: 30.5; it is the number of rows that the matrix was computed from."
    chain = Chain.parse("complaints -> rating [lag 1]; learning -> rating [log]")
    lag, form = refused(lambda: fit_correlations(chain, SMALL, 30, names=TRIO))
    assert lag.startswith("link complaints -> rating [lag 1]: [lag 1]; a matrix of correlations knows straight links")
    assert form.startswith("link learning -> rating [log]: [log]; a matrix of correlations knows straight links")
