"""Correlations of dimensions and of levels, checked for being those of something."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.simulate.refusals import Findings

_ROUNDING = 1e-9


def correlation_matrix(place: str, given: npt.ArrayLike, names: Sequence[str], findings: Findings) -> Floats:
    """Return the correlations of these things, from one number for every pair or from a whole matrix."""
    size = len(names)
    try:
        matrix = np.asarray(given, np.float64)
    except (TypeError, ValueError):
        findings.add(place, repr(given), "correlations are numbers")
        return np.eye(size)
    if matrix.ndim == 0:
        matrix = np.where(np.eye(size, dtype=np.bool_), 1.0, matrix)
    if matrix.shape != (size, size):
        rule = f"correlations are one number, or a matrix ({size}, {size}) in the order {', '.join(names)}"
        findings.add(place, f"shape {matrix.shape}", rule)
        return np.eye(size)
    _check(place, matrix, findings)
    return matrix


def _check(place: str, matrix: Floats, findings: Findings) -> None:
    outside = matrix[~(np.abs(matrix) <= 1)]
    if outside.size:
        findings.add(place, f"{outside[0]:g}", "a correlation lies in −1..1")
    elif not (np.allclose(matrix, matrix.T, rtol=0, atol=_ROUNDING) and np.allclose(np.diag(matrix), 1)):
        findings.add(place, "another kind of matrix", "a correlation matrix is symmetric, with 1 in its diagonal")
    elif (least := float(np.linalg.eigvalsh(matrix)[0])) < -_ROUNDING:
        rule = "nothing is correlated like that: the matrix has to be positive semi-definite"
        findings.add(place, f"a smallest eigenvalue of {least:.3g}", rule, "move the correlations towards 0")
