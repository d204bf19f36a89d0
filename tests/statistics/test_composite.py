import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual.statistics import (
    ArgumentError,
    Extraction,
    Inapplicable,
    OneFactor,
    composite_reliability,
    confirmatory_factor_analysis,
    omega,
)
from tests.statistics.attitude import CORRELATION, COVARIANCE

# lavaan 0.6-14: standardizedSolution(cfa("g =~ rating + complaints + privileges + learning + raises + critical +
# advance", attitude, std.lv = TRUE))
LOADINGS = (
    0.852477389628,
    0.902241113784,
    0.592704636355,
    0.730697328933,
    0.764995073757,
    0.246092377753,
    0.37784521287,
)


def one(found: OneFactor | Inapplicable) -> OneFactor:
    assert isinstance(found, OneFactor)
    return found


def exact(loadings: Floats) -> Floats:
    return np.outer(loadings, loadings) + np.diag(1 - loadings**2)


def test_maximum_likelihood_is_that_of_lavaan() -> None:
    found = one(omega(CORRELATION))
    np.testing.assert_allclose(found.loadings, LOADINGS, rtol=0, atol=1e-6)
    assert found.composite == pytest.approx(0.840544523544, abs=1e-6)
    assert found.average_variance_extracted == pytest.approx(0.459217146549, abs=1e-6)
    assert composite_reliability(found.loadings) == pytest.approx(found.composite, abs=1e-12)


def test_minres_in_the_form_of_psych() -> None:
    # psych 2.2.9: omega(attitude, 1)$omega.tot
    found = one(omega(CORRELATION, Extraction.MINRES))
    assert found.observed == pytest.approx(0.850992465078, abs=1e-5)
    assert found.composite == pytest.approx(0.85068, abs=5e-6)


def test_it_is_the_one_factor_of_a_confirmatory_model() -> None:
    confirmed = confirmatory_factor_analysis(COVARIANCE, 30, [range(7)])
    assert not isinstance(confirmed, Inapplicable)
    np.testing.assert_allclose(one(omega(CORRELATION)).loadings, confirmed.standardised, rtol=0, atol=1e-7)


@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=8), st.sampled_from(list(Extraction)))
def test_both_forms_are_one_where_the_factor_fits(loadings: list[float], method: Extraction) -> None:
    true = np.array(loadings)
    found = one(omega(exact(true), method))
    np.testing.assert_allclose(found.loadings, true, atol=1e-5)
    assert found.composite == pytest.approx(found.observed, abs=1e-6)
    assert found.composite == pytest.approx(float(composite_reliability(true)), abs=1e-6)
    assert found.converged


def test_a_heywood_case_is_reported() -> None:
    found = one(omega([[1.0, 0.8, 0.7], [0.8, 1.0, 0.3], [0.7, 0.3, 1.0]]))
    assert found.improper == (0,)
    assert found.uniquenesses[0] == pytest.approx(0.005)


def test_no_reliability_says_why() -> None:
    assert "there are 2" in str(omega([[1.0, 0.5], [0.5, 1.0]]))
    assert "singular" in str(omega(np.ones((3, 3))))
    assert one(omega(np.ones((3, 3)) * 0.999 + 0.001 * np.eye(3))).composite > 0.99
    assert "there is one" in str(composite_reliability([0.8]))
    assert str(composite_reliability([0.8, 1.2])) == "a standardised loading exceeds 1 (position 1)"
    assert str(composite_reliability([np.nan, 0.2])) == "some loadings are missing (position 0)"


def test_items_without_anything_in_common_have_none() -> None:
    assert composite_reliability([0.0, 0.0]) == 0.0
    assert one(omega(np.eye(4), Extraction.MINRES)).composite < 0.05


def test_loadings_are_one_axis() -> None:
    for loadings in ([[0.5, 0.5]], [], [np.inf, 0.5]):
        with pytest.raises(ArgumentError, match="one finite loading for each item"):
            composite_reliability(loadings)
