"""What a source must be: means on their scale, errors that can be, answers of more than one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import GapModelError, Problem, did_you_mean
from servqual.gap_model.gap_words import OVERALL
from servqual.instruments import Scale

Given = Mapping[str, float] | float

# What rounding may leave below zero of the least root of a correlation matrix.
_ROUNDING = 1e-9


def source_problems(
    dimensions: Sequence[str], mean: Floats, covariance: Floats, counts: Mapping[str, Floats], scale: Scale
) -> Iterator[Problem]:
    """Yield what is wrong with the parts of a source."""
    size = len(dimensions)
    wanted = {"mean": (mean, (size,)), "covariance": (covariance, (size, size))}
    wanted |= {name: (count, (size,)) for name, count in counts.items()}
    wrong = [
        Problem(name, f"shape {given.shape}", f"for {size} dimensions it is {shape}")
        for name, (given, shape) in wanted.items()
        if given.shape != shape
    ]
    yield from (*wrong, *name_problems(dimensions))
    if not wrong:
        yield from mean_problems(dimensions, mean, scale)
        yield from (
            Problem(f"covariance of {key}", f"{value:g}", "squared errors are zero or more")
            for key, value in zip(dimensions, np.diagonal(covariance).tolist(), strict=True)
            if value < 0
        )


def name_problems(dimensions: Sequence[str]) -> Iterator[Problem]:
    """Yield names of dimensions that cannot be."""
    if not dimensions:
        yield Problem("dimensions", "none", "a source says something of one dimension at least")
    for key in sorted({each for each in dimensions if dimensions.count(each) > 1}):
        yield Problem("dimensions", f"{key!r} twice", "every dimension stands once")
    if OVERALL in dimensions:
        yield Problem("dimensions", f"{OVERALL!r}", "overall is formed of the dimensions", "leave it out")


def mean_problems(dimensions: Sequence[str], mean: Floats, scale: Scale) -> Iterator[Problem]:
    """Yield means that are missing or lie off their scale."""
    for key, value in zip(dimensions, mean.tolist(), strict=True):
        if not scale.low <= value <= scale.high:
            remedy = "measure it on this scale, or name its own scale and use rescaled()"
            yield Problem(f"mean of {key}", f"{value:g}", f"means lie on the scale {scale}", remedy)


def per_dimension(name: str, given: Given, dimensions: Sequence[str], problems: list[Problem]) -> Floats:
    """Return one number for each dimension, given as a mapping or as one number for all."""
    if not isinstance(given, Mapping):
        return np.full(len(dimensions), _number(name, given, problems))
    unknown = [key for key in given if key not in dimensions]
    problems += [Problem(name, f"{key!r}", "no such dimension", did_you_mean(key, dimensions)) for key in unknown]
    absent = [key for key in dimensions if key not in given]
    problems += [Problem(name, f"none for {key!r}", "every dimension has one") for key in absent]
    return np.array([_number(f"{name} of {key}", given.get(key, 0.0), problems) for key in dimensions])


def _number(place: str, given: object, problems: list[Problem]) -> float:
    try:
        return float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        problems.append(Problem(place, f"{given!r:.40}", "it is a number"))
        return 0.0


def error_problems(dimensions: Sequence[str], se: Floats, n: Floats) -> Iterator[Problem]:
    """Yield standard errors below zero, and means of a single answer."""
    for key, error, count in zip(dimensions, se.tolist(), n.tolist(), strict=True):
        if not (np.isfinite(error) and error >= 0):
            yield Problem(f"se of {key}", f"{error:g}", "a standard error is finite and zero or more")
        if count < 1:
            yield Problem(
                f"n of {key}", f"{count:g}", "a mean is made of one answer at least", "leave n out if unknown"
            )
        elif error > 0 and count < 2:
            rule = "the mean of one answer has no standard error"
            yield Problem(f"n of {key}", f"{count:g}", rule, "a document that says so for sure has se=0 and no n")


def correlations(given: npt.ArrayLike, size: int, problems: list[Problem]) -> Floats:
    """Return the matrix of the correlations of the means, from one number for all pairs or from a matrix."""
    rule = f"one number from −1 to 1, or a symmetric matrix of {size} × {size} with ones in its diagonal"
    try:
        matrix = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        matrix = np.array(np.nan)
    if matrix.ndim == 0:
        matrix = np.where(np.eye(size, dtype=bool), 1.0, matrix)
    sound = matrix.shape == (size, size) and bool(
        np.isfinite(matrix).all() and (matrix == matrix.T).all() and (np.diagonal(matrix) == 1).all()
    )
    if not sound:
        problems.append(Problem("correlation", f"{given!r:.40}", rule))
        return np.eye(size)
    if np.linalg.eigvalsh(matrix).min(initial=0.0) < -_ROUNDING:
        problems.append(Problem("correlation", f"{given!r:.40}", "correlations that can occur together"))
    return matrix


def label_problems(labels: Mapping[str, object] | None, dimensions: Sequence[str]) -> Iterator[Problem]:
    """Yield labels of dimensions that there are not."""
    for key in labels or {}:
        if key not in dimensions:
            yield Problem("labels", f"{key!r}", "labels name dimensions", did_you_mean(key, dimensions))


def few_problems(dimensions: Sequence[str], n: Floats, what: str) -> Iterator[Problem]:
    """Yield dimensions with fewer than two rows."""
    for key, count in zip(dimensions, n.tolist(), strict=True):
        if count < 2:
            rule = "the error of a mean needs two at least"
            remedy = "a figure without spread: Source.from_means(…, se=0)"
            yield Problem(f"{what}, {key}", f"{count:g} with an answer", rule, remedy)


def scale_problems(given: object, place: str = "scale") -> Iterator[Problem]:
    """Yield what is given in place of a scale."""
    if not isinstance(given, Scale):
        yield Problem(place, f"{given!r:.40}", "it is a Scale", "Scale.likert(7), Scale(0, 10) or Scale.percent()")


def refuse(problems: Sequence[Problem]) -> None:
    """Raise all problems together, where there are any."""
    if problems:
        raise GapModelError(*problems)
