"""What may be chosen of a regression: how it is estimated, with what covariance, against which outliers."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._regressors import Design


class Estimator(StrEnum):
    """How the coefficients of a regression are estimated.

    OLS
        Ordinary least squares.
    WLS
        Least squares with weights, inversely proportional to the variances of the errors.
    ROBUST
        An M-estimator: rows that lie far from the line count less.
    MIXED
        A random intercept for each group, by restricted maximum likelihood.
    """

    OLS = "ols"
    WLS = "wls"
    ROBUST = "robust"
    MIXED = "mixed"


class Covariance(StrEnum):
    """How the covariance of regression coefficients is estimated.

    NONROBUST
        Errors of one variance, independent.
    HC0, HC1, HC2, HC3
        Errors of any variances, independent: White's sandwich, and its corrections by ``n / (n − k)``, ``1 / (1 − h)``
        and ``1 / (1 − h)²``. HC3 is the one for small samples.
    CLUSTER
        Errors alike within groups, by the sandwich over groups with the small-sample correction
        ``G / (G − 1) · (n − 1) / (n − k)`` (CR1, as in Stata); t on ``G − 1`` degrees of freedom.
    HAC
        Errors in order of time, alike over some lags, by Newey and West with Bartlett's weights. Of one series without
        a small-sample correction, t on ``n − k``. Of a panel, where groups are given, within each group and never
        across, with the small-sample correction ``n / (n − k)``, t on ``G − 1``.

    References
    ----------
    White 1980, Econometrica 48(4):817-838; MacKinnon & White 1985, Journal of Econometrics 29(3):305-325; Newey & West
    1987, Econometrica 55(3):703-708; Cameron & Miller 2015, Journal of Human Resources 50(2):317-372.
    """

    NONROBUST = "nonrobust"
    HC0 = "HC0"
    HC1 = "HC1"
    HC2 = "HC2"
    HC3 = "HC3"
    CLUSTER = "cluster"
    HAC = "HAC"


class Norm(StrEnum):
    """How a robust regression weighs a residual ``u``, in units of their scale.

    HUBER
        ``min(1, 1.345 / |u|)``: far rows count less, none counts nothing.
    BISQUARE
        ``(1 − (u / 4.685)²)²`` within 4.685 units, nothing beyond (Tukey).

    References
    ----------
    Huber 1964, Annals of Mathematical Statistics 35(1):73-101; Beaton & Tukey 1974, Technometrics 16(2):147-185. The
    constants give 95 % efficiency where errors are normal.
    """

    HUBER = "huber"
    BISQUARE = "bisquare"


Kind = TypeVar("Kind", bound=StrEnum)


def chosen(place: str, given: str, kinds: type[Kind]) -> Kind:
    """Return one of the words of an enumeration, or raise an `ArgumentError` that lists them."""
    if given not in set(kinds):
        raise ArgumentError(unknown_word(place, given, kinds))
    return kinds(given)


def labelled(model: Any, design: Design) -> Any:
    """Return a model of the engine that knows the names of its columns."""
    model.data.xnames = list(design.names)
    return model
