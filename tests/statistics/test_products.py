"""Tests of an indirect effect against R, for `attitude`: complaints → learning → rating.

R 4.2.2: lm(learning ~ complaints), lm(rating ~ complaints + learning); multilevel 2.7: sobel(complaints, learning,
rating). Aroian's and Goodman's errors by their formulas.
"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual.errors import ArgumentError
from servqual.statistics import Inapplicable
from servqual.statistics.products import ProductVariance, product_test

A, SE_A, B, SE_B = 0.526025052517, 0.133676996205, 0.211191809194, 0.134403720854
SE = {"sobel": 0.07612797028, "aroian": 0.0782193687866, "goodman": 0.0739774699793}


@pytest.mark.parametrize("variance", ProductVariance)
def test_errors_are_those_of_r(variance: ProductVariance) -> None:
    found = product_test(A, SE_A, B, SE_B, variance=variance)
    assert float(found.estimate) == pytest.approx(0.111092182522, abs=1e-12)
    assert float(found.se) == pytest.approx(SE[variance.value], abs=1e-12)
    assert found.method == f"{variance.value.capitalize()}'s test"


def test_z_and_p_of_sobel_are_those_of_r() -> None:
    found = product_test(A, SE_A, B, SE_B)
    assert float(found.statistic) == pytest.approx(1.45928207614, abs=1e-10)
    assert float(found.p) == pytest.approx(0.144487486583, abs=1e-11)


@given(*(st.floats(-3, 3) for _ in range(2)), *(st.floats(0.01, 2) for _ in range(2)))
def test_aroians_variance_is_that_of_a_product_of_normals(a: float, b: float, se_a: float, se_b: float) -> None:
    # E (XY)² − (E XY)² for independent normals
    exact = (a**2 + se_a**2) * (b**2 + se_b**2) - (a * b) ** 2
    assert float(product_test(a, se_a, b, se_b, variance="aroian").se) ** 2 == pytest.approx(exact, rel=1e-9)


def test_goodmans_variance_may_not_exist() -> None:
    found = product_test([0.1, 1.0], [1.0, 0.1], [0.1, 1.0], [1.0, 0.1], variance="goodman")
    assert found.reason.tolist() == ["the variance of the product is not above zero", ""]
    assert isinstance(found.at(0), Inapplicable)
    assert np.isnan(found.se[0])


def test_what_is_no_variance_is_refused() -> None:
    with pytest.raises(ArgumentError, match="variance: 'soble'; it is one of sobel, aroian, goodman"):
        product_test(1, 1, 1, 1, variance="soble")
    with pytest.raises(ArgumentError, match="se_a: -1; it is finite and zero or more"):
        product_test(1, -1, 1, 1)
