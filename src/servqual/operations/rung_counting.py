"""Conditions that must hold one after the other: how far each row comes, and where it is held up."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, Ints, read_only

UNKNOWN = -1


@frozen(eq=False, getstate_setstate=False, repr=False)
class Rungs(Holder):
    """Where each row is held up.

    Attributes
    ----------
    held
        Position of the first condition that does not hold, the number of conditions where all hold, and −1 where a
        missing answer leaves it open, shape (rows,).
    holds, known
        Which conditions hold, and which were answered, shape (rows, conditions).
    """

    held: Ints = field(converter=read_only)
    holds: Bools = field(converter=read_only)
    known: Bools = field(converter=read_only)


def climbed(values: Floats, marks: Floats) -> Rungs:
    """How far each row comes on a ladder of conditions ``value ≥ mark``, in the order of the columns.

    A missing answer above the first condition that fails does not matter; one below it leaves the row open.

    Parameters
    ----------
    values
        Shape (rows, conditions), NaN where there is no answer.
    marks
        From which value on a condition holds, shape (conditions,).
    """
    known = ~np.isnan(values)
    holds = known & (np.where(known, values, -np.inf) >= marks)
    first = np.where(holds.all(axis=1), holds.shape[1], np.argmin(holds, axis=1))
    stopped = np.take_along_axis(known, np.minimum(first, holds.shape[1] - 1)[:, None], axis=1)[:, 0]
    return Rungs(np.where((first == holds.shape[1]) | stopped, first, UNKNOWN), holds, known)


def reproducibility(rungs: Rungs) -> float:
    """Guttman's coefficient of reproducibility by Goodenough's count of errors: ``1 − errors / (rows · conditions)``.

    An error is an answer that differs from what the number of conditions that hold predicts, were the ladder perfect:
    1 where nobody has a higher condition met and a lower one not. Rows with a missing answer do not count; NaN without
    complete rows.

    References
    ----------
    Guttman 1944, American Sociological Review 9(2):139-150; Goodenough 1944, Educational and Psychological Measurement
    4(3):179-190.
    """
    whole = rungs.known.all(axis=1)
    holds = rungs.holds[whole]
    if not holds.size:
        return float("nan")
    predicted = np.arange(holds.shape[1]) < holds.sum(axis=1)[:, None]
    return 1 - float((predicted != holds).mean())
