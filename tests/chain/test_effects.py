"""Effects by the delta method and by Monte Carlo, against R and by hand."""

import numpy as np
import pytest
from attrs import evolve

from servqual.chain.effect_reading import effects
from servqual.chain.effect_words import EffectKind
from servqual.chain.fitted import Fit
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.statistics import Inapplicable
from tests.chain.fit_data import MEDIATION, SATURATED, attitude, panel

# R 4.2.2, lm(learning ~ complaints), lm(rating ~ complaints + learning) and lm(rating ~ complaints), and what
# multilevel 2.7 makes of them by sobel(complaints, learning, rating)
MEDIATED = {
    "a": 0.526025052517,
    "b": 0.211191809194,
    "c_prime": 0.643517636197,
    "se_c_prime": 0.118477429338,
    "c_total": 0.754609818719,
    "indirect": 0.111092182522,
    "sobel_se": 0.07612797028,
    "aroian_se": 0.0782193687866,
    "goodman_se": 0.0739774699793,
    "sobel_p": 0.144487486583,
}

# lavaan 0.6-14: sem("learning ~ a*complaints; raises ~ d*learning + e*complaints;
# rating ~ b*raises + f*learning + cp*complaints; …", data = attitude); of a*d*b, a*f, e*b, their sum, the total, and
# a*f − e*b the estimate, the standard error and the ends of the interval
LAVAAN = {
    "complaints -> learning -> raises -> rating": (-0.004994046259, 0.029717296572, -0.063238877258, 0.053250784739),
    "complaints -> learning -> rating": (0.116086228781, 0.078638220667, -0.038041851535, 0.270214309098),
    "complaints -> raises -> rating": (-0.009970584028, 0.059237569353, -0.126074086492, 0.106132918436),
    "total_indirect": (0.101121598494, 0.093504334492, -0.082143529508, 0.284386726496),
    "total": (0.754609818719, 0.094225726865, 0.569930787648, 0.939288849791),
}
CONTRAST = (0.126056812809, 0.114875282695, -0.099094603988, 0.351208229606)
STANDARDISED = {
    "complaints -> learning -> raises -> rating": -0.005462655565,
    "complaints -> learning -> rating": 0.126979016759,
    "complaints -> raises -> rating": -0.010906159755,
    "total_indirect": 0.110610201440,
    "total": 0.825417569542,
}


def test_a_mediation_is_that_of_r() -> None:
    found = effects(fit(MEDIATION, attitude()), "complaints", "rating")
    assert [row.kind for row in found] == ["direct", "specific", "total_indirect", "total"]
    direct, specific, indirect, total = found
    assert direct.estimate == pytest.approx(MEDIATED["c_prime"], abs=1e-11)
    assert direct.se == pytest.approx(MEDIATED["se_c_prime"], abs=1e-11)
    assert total.estimate == pytest.approx(MEDIATED["c_total"], abs=1e-11)
    for row in (specific, indirect):
        assert row.estimate == pytest.approx(MEDIATED["indirect"], abs=1e-11)
        assert row.se == pytest.approx(MEDIATED["sobel_se"], abs=1e-11)
        assert row.p == pytest.approx(MEDIATED["sobel_p"], abs=1e-10)
        assert (row.sobel_se, row.aroian_se, row.goodman_se) == pytest.approx(
            (MEDIATED["sobel_se"], MEDIATED["aroian_se"], MEDIATED["goodman_se"]), abs=1e-11
        )
    assert isinstance(direct.aroian_se, Inapplicable)


def test_joint_significance_is_the_weakest_link() -> None:
    fitted = fit(MEDIATION, attitude())
    found = effects(fitted, "complaints", "rating")
    learning, rating = (each.regression.tests().p for each in fitted.equations)
    assert found["specific"].joint_p == max(float(learning[1]), float(rating[1]))
    assert found["direct"].joint_p == found["direct"].p
    assert isinstance(found["total"].joint_p, Inapplicable)


def likelihood(fitted: Fit) -> Fit:
    """The same fit with variances as of maximum likelihood, which divides by n, not by n − k."""
    return evolve(
        fitted,
        equations=tuple(
            evolve(
                each,
                regression=evolve(
                    each.regression,
                    covariance=each.regression.covariance * each.regression.df_resid / each.regression.n,
                    df_test=np.inf,
                ),
            )
            for each in fitted.equations
        ),
    )


def test_paths_of_several_links_are_those_of_lavaan() -> None:
    found = effects(likelihood(fit(SATURATED, attitude())), "complaints", "rating")
    for key, expected in LAVAAN.items():
        row = found[key]
        # lavaan ends its search some 1e-7 short of the optimum
        assert (row.estimate, row.se, row.low, row.high) == pytest.approx(expected, abs=1e-6)
    row = found.contrast("complaints > learning > rating", "complaints > raises > rating")
    assert (row.estimate, row.se, row.low, row.high) == pytest.approx(CONTRAST, abs=1e-6)
    assert row.kind is EffectKind.CONTRAST
    assert row.key == "complaints -> learning -> rating minus complaints -> raises -> rating"


def test_standardised_paths_are_those_of_lavaan() -> None:
    found = effects(fit(SATURATED, attitude()), "complaints", "rating", standardised=True)
    for key, expected in STANDARDISED.items():
        assert found[key].estimate == pytest.approx(expected, abs=1e-8)
    raw = effects(fit(SATURATED, attitude()), "complaints", "rating")
    ratio = float(found["total"].estimate) / float(raw["total"].estimate)
    for one, other in zip(found, raw, strict=True):
        assert (one.se, one.low, one.high, one.p) == pytest.approx(
            (float(other.se) * ratio, float(other.low) * ratio, float(other.high) * ratio, float(other.p))
        )
    assert found["complaints > raises > rating"].goodman_se == pytest.approx(
        float(raw["complaints > raises > rating"].goodman_se) * ratio
    )


@pytest.mark.parametrize("options", [{}, {"cluster": "region"}, {"estimator": "mixed"}, {"effects": "unit"}])
def test_one_link_is_its_regression(options: dict[str, str]) -> None:
    fitted = fit(Chain.parse("x -> y"), panel(), **options)  # type: ignore[arg-type]
    regression = fitted.equations[0].regression
    place, tests = regression.names.index("x"), regression.tests()
    found = effects(fitted, "x", "y")
    assert [row.key for row in found] == ["x -> y", "total"]
    for row in found:
        low, high = tests.interval()
        assert row.estimate == pytest.approx(float(regression.coefficients[place]), rel=1e-12)
        assert row.se == pytest.approx(float(regression.standard_errors[place]), rel=1e-12)
        assert (row.low, row.high) == pytest.approx((float(low[place]), float(high[place])), rel=1e-12)
        assert row.p == pytest.approx(float(tests.p[place]), rel=1e-9)
    assert isinstance(found.share_mediated, Inapplicable)


def test_monte_carlo_draws_slopes_as_normal() -> None:
    fitted = fit(MEDIATION, attitude())
    found = effects(fitted, "complaints", "rating", method="monte_carlo", draws=200_000, rng=1)
    a, b = (each.regression for each in fitted.equations)
    rng = np.random.default_rng(2)
    drawn = rng.normal(a.coefficients[1], a.standard_errors[1], 200_000)
    both = rng.multivariate_normal(b.coefficients[1:], b.covariance[1:, 1:], 200_000)
    place = list(b.names).index("learning") - 1
    low, high = np.quantile(drawn * both[:, place], [0.025, 0.975])
    # an end is known to 1.9 · .08 / √200 000 = .0004
    assert (found["specific"].low, found["specific"].high) == pytest.approx((low, high), abs=2e-3)
    total = drawn * both[:, place] + both[:, 1 - place]
    assert found["total"].se == pytest.approx(total.std(), rel=0.01)
    again = effects(fitted, "complaints", "rating", method="monte_carlo", draws=200_000, rng=np.random.default_rng(1))
    assert again["total"].low == found["total"].low


def test_a_covariance_without_full_rank_can_still_be_drawn_from() -> None:
    fitted = fit(Chain.parse("complaints -> rating; learning -> rating; complaints -> learning"), attitude())
    learning, rating = fitted.equations
    ones = np.array([0, 1.0, 1])
    bound = evolve(rating, regression=evolve(rating.regression, covariance=np.outer(ones, ones) / 100))
    fitted = evolve(fitted, equations=(learning, bound))
    exact, drawn = (
        effects(fitted, "complaints", "rating"),
        effects(fitted, "complaints", "rating", method="monte_carlo", rng=1),
    )
    for key in ("direct", "total"):
        assert drawn[key].se == pytest.approx(float(exact[key].se), rel=0.03)


def test_shares_are_told_with_what_speaks_against_them() -> None:
    found = effects(fit(MEDIATION, attitude()), "complaints", "rating").share_mediated
    assert not isinstance(found, Inapplicable)
    assert found.estimate == pytest.approx(MEDIATED["indirect"] / MEDIATED["c_total"], abs=1e-10)
    assert found.warnings == ()
    # by hand: R = I / T, with gradient of the three coefficients a, b, c'
    a, b, direct = MEDIATED["a"], MEDIATED["b"], MEDIATED["c_prime"]
    indirect, total = a * b, a * b + direct
    learning, rating = (each.regression for each in fit(MEDIATION, attitude()).equations)
    order = [list(rating.names).index(name) for name in ("learning", "complaints")]
    covariance = np.zeros((3, 3))
    covariance[0, 0] = learning.covariance[1, 1]
    covariance[1:, 1:] = rating.covariance[np.ix_(order, order)]
    slope = np.array([b * direct, a * direct, -indirect]) / total**2
    se = np.sqrt(slope @ covariance @ slope)
    assert (found.low, found.high) == pytest.approx(
        (indirect / total - 1.959964 * se, indirect / total + 1.959964 * se), abs=1e-6
    )


@pytest.mark.parametrize(
    ("slopes", "said"),
    [
        ((1.0, 0.5, -0.8), ("opposite signs, so that this is no share",)),
        ((1.0, 0.5, -0.3), ("so that the share exceeds 1",)),
        ((1.0, 0.5, 0.5), ()),
    ],
)
def test_shares_that_are_none_are_marked(slopes: tuple[float, float, float], said: tuple[str, ...]) -> None:
    a, b, direct = slopes
    rng = np.random.default_rng(1)
    x = rng.normal(size=400)
    m = a * x + 0.1 * rng.normal(size=400)
    y = b * m + direct * x + 0.01 * rng.normal(size=400)
    units = type(attitude()).from_arrays(range(400), {"x": x, "m": m, "y": y})
    found = effects(fit(Chain.parse("x -> m -> y; x -> y"), units), "x", "y").share_mediated
    assert not isinstance(found, Inapplicable)
    assert len(found.warnings) == len(said)
    assert all(text in repr(found) for text in said)


def test_a_share_of_next_to_nothing_is_marked() -> None:
    rng = np.random.default_rng(4)
    x, m, y = rng.normal(size=(3, 40))
    units = type(attitude()).from_arrays(range(40), {"x": x, "m": m, "y": y})
    found = effects(fit(Chain.parse("x -> m -> y; x -> y"), units), "x", "y").share_mediated
    assert not isinstance(found, Inapplicable)
    assert any("holds zero" in warning.en for warning in found.warnings)
    assert all(warning.zh for warning in found.warnings)


def test_a_kind_is_named_as_the_table_names_it() -> None:
    units = UnitTable.from_arrays(
        range(8),
        {"x": [1, 2, 3, 4, 5, 6, 7, 8], "m": [1, 3, 2, 5, 4, 7, 6, 9], "y": [2, 1, 4, 3, 6, 5, 9, 7]},
    )
    found = effects(fit(Chain.parse("x -> m -> y; x -> y"), units), "x", "y")
    path = found["x -> m -> y"]
    assert [found[each] is path for each in ("indirect", "specific")] == [True, True]
    assert found["total_indirect"] is found["total indirect"]
