"""The one door to statsmodels: regressions whose results are numbers only, checks of their rows, multiple testing."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.statistics.models.kinds import Covariance as Covariance, Estimator as Estimator, Norm as Norm
    from servqual.statistics.models.regression import Regression as Regression
    from servqual.statistics.models.linear import ols as ols
    from servqual.statistics.models.m_estimation import robust as robust
    from servqual.statistics.models.random_intercepts import mixed as mixed
    from servqual.statistics.models.engines import engine as engine
    from servqual.statistics.models.rows import FittedRows as FittedRows
    from servqual.statistics.models.form_checks import reset_test as reset_test, square_test as square_test
    from servqual.statistics.models.spread_checks import breusch_pagan as breusch_pagan, white_test as white_test
    from servqual.statistics.models.residual_shape import ShapeTest as ShapeTest, normality as normality
    from servqual.statistics.models.serial_checks import (
        serial_test as serial_test, panel_serial_test as panel_serial_test,
    )
    from servqual.statistics.models.influential_rows import (
        Influence as Influence, influence as influence, GroupInfluence as GroupInfluence,
        group_influence as group_influence,
    )
    from servqual.statistics.models.collinearity import (
        variance_inflation as variance_inflation, condition_number as condition_number,
    )
    from servqual.statistics.models.logits import LogitFit as LogitFit
    from servqual.statistics.models.binary import logit as logit
    from servqual.statistics.models.multiple import multiple_tests as multiple_tests
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "kinds": ("Covariance", "Estimator", "Norm"),
            "regression": ("Regression",),
            "linear": ("ols",),
            "m_estimation": ("robust",),
            "random_intercepts": ("mixed",),
            "engines": ("engine",),
            "rows": ("FittedRows",),
            "form_checks": ("reset_test", "square_test"),
            "spread_checks": ("breusch_pagan", "white_test"),
            "residual_shape": ("ShapeTest", "normality"),
            "serial_checks": ("serial_test", "panel_serial_test"),
            "influential_rows": ("Influence", "influence", "GroupInfluence", "group_influence"),
            "collinearity": ("variance_inflation", "condition_number"),
            "logits": ("LogitFit",),
            "binary": ("logit",),
            "multiple": ("multiple_tests",),
        },
    )
# isort: on
# fmt: on
