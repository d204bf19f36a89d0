import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics.models import Covariance, ols
from servqual.statistics.stacked_regressions import critical_t, stacked_ols

GROUPS = np.random.default_rng(9).permutation(np.arange(30) % 7)


def samples() -> tuple[Floats, Floats]:
    rng = np.random.default_rng(1)
    x = np.concatenate([np.ones((4, 30, 1)), rng.normal(size=(4, 30, 2))], axis=2)
    return x @ [1.0, 0.4, 0.0] + rng.normal(size=(4, 30)), x


@pytest.mark.parametrize("groups", [None, GROUPS])
def test_each_sample_is_its_regression(groups: Floats | None) -> None:
    y, x = samples()
    found = stacked_ols(y, x, groups)
    covariance = Covariance.NONROBUST if groups is None else Covariance.CLUSTER
    for place in range(4):
        alone = ols(y[place], x[place, :, 1:], ["a", "b"], covariance=covariance, groups=groups)
        assert found.coefficients[place] == pytest.approx(alone.coefficients)
        assert found.covariance[place] == pytest.approx(alone.covariance)
        assert found.standard_errors[place] == pytest.approx(alone.standard_errors)
        assert found.df_test == alone.df_test
        for level in (0.8, 0.95):
            assert found.significant(level)[place].tolist() == (alone.tests().p < 1 - level).tolist()


def test_clusters_are_those_of_the_engine() -> None:
    y, x = samples()
    by_hand = sm.OLS(y[0], x[0]).fit(cov_type="cluster", cov_kwds={"groups": GROUPS})
    assert stacked_ols(y, x, GROUPS).covariance[0] == pytest.approx(by_hand.cov_params())


def test_critical_values() -> None:
    assert critical_t(12, 0.9) == pytest.approx(stats.t.ppf(0.95, 12))
    assert critical_t(np.inf) == pytest.approx(stats.norm.ppf(0.975))
    with pytest.raises(ValueError, match="confidence: 95; it lies strictly between 0 and 1"):
        critical_t(5, 95)


def test_repr_and_refusals() -> None:
    y, x = samples()
    assert repr(stacked_ols(y, x)) == "<StackedRegressions: 4 samples, 3 coefficients, 27 degrees of freedom>"
    with pytest.raises(ValueError, match=r"shapes: y \(4, 29\), x \(4, 30, 3\); y is \(samples, n\)"):
        stacked_ols(y[:, 1:], x)
    with pytest.raises(ValueError, match="x: 3 rows for 3 coefficients; there are more rows than coefficients"):
        stacked_ols(y[:, :3], x[:, :3])
    with pytest.raises(ValueError, match=r"groups: shape \(30,\), 1 groups; every row has a group"):
        stacked_ols(y, x, np.zeros(30))
