"""Firth's logistic regression against logistf of R, and against what can be worked out by hand."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, strategies as st

from servqual.errors import ArgumentError
from servqual.statistics.penalised_logistic import penalised_logit

Floats = npt.NDArray[np.float64]

# Endometrial cancer, Heinze & Schemper 2002, Statistics in Medicine 21(16):2409-2419: NV, PI, EH, and HG, which NV = 1
# predicts without error. As in R's logistf, brglm2 and detectseparation.
ENDOMETRIAL = (
    (0, 13, 1.64, 0), (0, 16, 2.26, 0), (0, 8, 3.14, 0), (0, 34, 2.68, 0), (0, 20, 1.28, 0), (0, 5, 2.31, 0),
    (0, 17, 1.8, 0), (0, 10, 1.68, 0), (0, 26, 1.56, 0), (0, 17, 2.31, 0), (0, 8, 2.01, 0), (0, 7, 1.89, 0),
    (0, 20, 3.15, 0), (0, 10, 1.23, 0), (0, 18, 1.27, 0), (0, 16, 1.76, 0), (0, 18, 2, 0), (0, 8, 2.64, 1),
    (0, 29, 0.88, 1), (0, 12, 1.27, 1), (0, 20, 1.37, 1), (1, 38, 0.97, 1), (1, 22, 1.14, 1), (1, 7, 0.88, 1),
    (1, 25, 0.91, 1), (1, 15, 0.58, 1), (0, 7, 0.97, 1), (0, 28, 1.5, 0), (0, 11, 1.33, 0), (0, 19, 2.37, 0),
    (0, 10, 1.82, 0), (0, 10, 3.13, 0), (0, 18, 1.31, 0), (0, 14, 1.92, 0), (0, 21, 1.64, 0), (0, 11, 2.01, 0),
    (0, 17, 1.88, 0), (0, 25, 1.93, 0), (0, 16, 2.11, 0), (0, 19, 1.29, 0), (0, 15, 1.72, 0), (0, 33, 0.75, 0),
    (0, 24, 1.92, 0), (0, 48, 1.84, 1), (0, 12, 1.11, 1), (0, 19, 1.61, 1), (0, 2, 1.18, 1), (1, 22, 1.44, 1),
    (1, 40, 1.18, 1), (1, 5, 0.93, 1), (1, 0, 1.17, 1), (0, 21, 1.19, 1), (0, 15, 1.06, 1), (0, 29, 2.02, 0),
    (0, 15, 2.29, 0), (0, 12, 2.33, 0), (0, 3, 2.9, 0), (0, 20, 1.7, 0), (0, 23, 1.41, 0), (0, 12, 2.25, 0),
    (0, 22, 1.54, 0), (0, 42, 1.97, 0), (0, 15, 1.75, 0), (0, 13, 2.16, 0), (0, 14, 2.57, 0), (0, 19, 1.37, 0),
    (0, 12, 3.61, 0), (0, 13, 2.04, 0), (0, 10, 2.17, 0), (0, 12, 1.69, 1), (1, 49, 0.27, 1), (0, 6, 1.84, 1),
    (0, 5, 1.3, 1), (0, 17, 0.96, 1), (1, 11, 1.01, 1), (1, 21, 0.98, 1), (0, 5, 0.35, 1), (1, 19, 1.02, 1),
    (0, 33, 0.85, 1),
)  # fmt: skip
# Urinary tract infections, Foxman et al. 1997, in R's logistf as sex2: case age oc vic vicl vis dia, and how many.
SEX2 = {
    "1000010": 1, "1001000": 14, "1001010": 3, "1001100": 10, "1001110": 12, "1001111": 1, "1010000": 44,
    "1010001": 3, "1011000": 15, "1011001": 1, "1011010": 2, "1011100": 7, "1011110": 3, "1101000": 2,
    "1101010": 1, "1101011": 1, "1101100": 1, "1101111": 1, "1110000": 5, "1111000": 3, "0000010": 1,
    "0001000": 2, "0001010": 1, "0001100": 8, "0001110": 18, "0010000": 42, "0010010": 1, "0011000": 1,
    "0011100": 5, "0011110": 6, "0101100": 2, "0101110": 4, "0110000": 14, "0110010": 1, "0111000": 1,
    "0111110": 2,
}  # fmt: skip


def _endometrial() -> tuple[Floats, Floats]:
    table = np.array(ENDOMETRIAL)
    return table[:, 3], table[:, :3]


def _sex2() -> tuple[Floats, Floats]:
    table = np.array([[float(each) for each in key] for key, count in SEX2.items() for _ in range(count)])
    return table[:, 0], table[:, 1:]


def test_endometrial_as_logistf() -> None:
    y, x = _endometrial()
    fit = penalised_logit(y, x, ["NV", "PI", "EH"])
    # logistf(HG ~ NV + PI + EH)
    np.testing.assert_allclose(fit.coefficients, [3.77455951, 2.92927330, -0.03475175, -2.60416387], rtol=1e-6)
    np.testing.assert_allclose(fit.low, [1.0825371, 0.6097244, -0.1244587, -4.3651832], rtol=1e-5)
    np.testing.assert_allclose(fit.high, [7.20928050, 7.85463171, 0.04045547, -1.23272106], rtol=1e-5)


def test_sex2_as_logistf() -> None:
    y, x = _sex2()
    assert (y.size, int(y.sum())) == (239, 130)
    fit = penalised_logit(y, x, ["age", "oc", "vic", "vicl", "vis", "dia"])
    coefficients = [0.12025405, -1.10598131, -0.06881673, 2.26887464, -2.11140817, -0.78831694, 3.09601166]
    np.testing.assert_allclose(fit.coefficients, coefficients, rtol=1e-6)
    low = [-0.8185591, -1.9737884, -0.9414363, 1.2730216, -3.2608611, -1.6080879, 0.7745682]
    high = [1.07315122, -0.30742514, 0.78920202, 3.43543273, -1.11773495, 0.01518468, 8.03029352]
    # logistf ends its search for an interval where the likelihood is off by 1e-5
    np.testing.assert_allclose(fit.low, low, rtol=5e-5)
    np.testing.assert_allclose(fit.high, high, rtol=5e-5)
    p = [0.8020268, 6.143472e-03, 0.8751911, 1.678877e-06, 1.237805e-05, 5.449701e-02, 4.951873e-03]
    np.testing.assert_allclose(fit.p, p, rtol=1e-5)
    errors = [0.4855415, 0.4236601, 0.4437934, 0.5484159, 0.5430823, 0.4173676, 1.6750089]
    np.testing.assert_allclose(fit.standard_errors, errors, rtol=1e-5)
    assert fit.log_likelihood == pytest.approx(-132.5394, abs=1e-4)


@given(counts=st.tuples(*[st.integers(0, 12)] * 4))
def test_one_column_of_two_values_adds_half_to_each_cell(counts: tuple[int, int, int, int]) -> None:
    a, b, c, d = counts
    if a + b == 0 or c + d == 0 or a + c == 0 or b + d == 0 or sum(counts) < 3:
        return
    y = np.repeat([1.0, 0, 1, 0], counts)
    x = np.repeat([1.0, 1, 0, 0], counts)
    fit = penalised_logit(y, x[:, None], ["x"])
    odds = np.log((c + 0.5) / (d + 0.5)), np.log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
    np.testing.assert_allclose(fit.coefficients, odds, atol=1e-7)


def test_units_of_a_column_change_nothing_but_its_coefficient() -> None:
    y, x = _endometrial()
    one, other = (penalised_logit(y, x * np.array([1, scale, 1]), ["NV", "PI", "EH"]) for scale in (1, 1000))
    factor = np.array([1, 1, 1000, 1])
    for name in ("coefficients", "low", "high", "standard_errors"):
        np.testing.assert_allclose(getattr(other, name) * factor, getattr(one, name), rtol=1e-6)
    np.testing.assert_allclose(other.p, one.p, rtol=1e-6)


def test_the_profile_falls_by_the_quantile_at_both_ends() -> None:
    y, x = _endometrial()
    fit = penalised_logit(y, x[:, :1], ["NV"], confidence=0.9)

    def penalised(a: float, b: float) -> float:
        line = a + b * x[:, 0]
        share = 1 / (1 + np.exp(-line))
        design = np.column_stack([np.ones(y.size), x[:, 0]])
        information = (design * (share * (1 - share))[:, None]).T @ design
        return float(y @ line - np.logaddexp(0, line).sum() + np.log(np.linalg.det(information)) / 2)

    assert fit.log_likelihood == pytest.approx(penalised(*fit.coefficients.tolist()), abs=1e-9)
    for end in (fit.low[1], fit.high[1]):
        grid = [penalised(a, end) for a in np.linspace(-3, 1, 4_001)]
        assert 2 * (fit.log_likelihood - max(grid)) == pytest.approx(2.705543, abs=1e-5)


def test_refusals() -> None:
    with pytest.raises(ArgumentError, match="an outcome is 0 or 1"):
        penalised_logit([0, 1, 2, 1], np.arange(4.0)[:, None], ["x"])
    with pytest.raises(ArgumentError, match="both 0 and 1 occur"):
        penalised_logit([1, 1, 1, 1], np.arange(4.0)[:, None], ["x"])
    with pytest.raises(ArgumentError, match="confidence"):
        penalised_logit([1, 1, 0, 1], np.arange(4.0)[:, None], ["x"], confidence=95)
    assert repr(penalised_logit([1, 1, 0, 1], np.arange(4.0)[:, None], ["x"])) == (
        "<PenalisedLogit on intercept, x: n 4, 3 of them 1>"
    )
