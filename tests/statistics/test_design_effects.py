import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.statistics import (
    ArgumentError,
    ClusterSums,
    Moments,
    cluster_standard_error,
    design_effect,
    expected_design_effect,
)


def test_a_design_effect_is_a_ratio_of_variances() -> None:
    np.testing.assert_allclose(design_effect([0.3, 0.2], [0.2, 0.2]), [2.25, 1.0])
    assert np.isnan(design_effect(0.3, 0.0))


def test_clusters_of_equal_answers_cost_their_size() -> None:
    answers, branch = np.repeat(np.arange(10.0), 5)[:, None], np.repeat(np.arange(10), 5)
    moments = Moments.of(answers)
    found = design_effect(cluster_standard_error(moments, ClusterSums.of(answers, branch)), moments.standard_error)
    # all variance lies between clusters: 1 + (5 − 1) · 1, but for G / (G − 1) against n / (n − 1)
    np.testing.assert_allclose(found, 5 * (10 / 9) / (50 / 49), rtol=1e-12)
    assert float(expected_design_effect(5, 1.0)) == 5


@settings(deadline=None)
@given(st.floats(1, 100), st.floats(0, 1), st.floats(0, 2))
def test_unequal_clusters_cost_more(size: float, icc: float, cv: float) -> None:
    equal, unequal = float(expected_design_effect(size, icc)), float(expected_design_effect(size, icc, cv))
    assert 1 <= equal <= unequal
    assert equal == pytest.approx(1 + (size - 1) * icc)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="cluster_se: -1"):
        design_effect(-1.0, 1.0)
    with pytest.raises(ArgumentError, match=r"cluster_size: 0.5; .*\n.*icc: 2; it lies between −1 and 1"):
        expected_design_effect(0.5, 2.0)
