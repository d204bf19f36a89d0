import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.stats.multitest import multipletests

from servqual._arrays import Floats
from servqual.statistics.models import multiple_tests

METHODS = ["holm", "simes-hochberg", "bonferroni", "fdr_bh", "fdr_by"]


@settings(max_examples=25)
@given(hnp.arrays(np.float64, st.integers(1, 12), elements=st.floats(0, 1)), st.sampled_from(METHODS))
def test_values_are_those_of_the_engine(p: Floats, method: str) -> None:
    # its adjusted values are exact for p-values that are not nothing
    p = np.where(p < 1e-200, 0.0, p)
    np.testing.assert_allclose(multiple_tests(p, method), multipletests(p, method=method)[1], rtol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_one_value_is_left_as_it_is(method: str) -> None:
    assert multiple_tests(np.array([0.2]), method).tolist() == [0.2]
