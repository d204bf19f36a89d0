"""What a function is given, held against what it reads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from numbers import Real
from typing import Any, TypeGuard

from servqual.errors import Problem, did_you_mean
from servqual.instruments import Scale


def is_number(value: object) -> TypeGuard[float]:
    """Return whether something is one finite number; truth values are none."""
    return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)


def wanted(place: str, given: object, kind: type, remedy: str) -> Iterator[Problem]:
    """Yield a problem where what is given is of another kind.

    Examples
    --------
    >>> next(wanted("standard", 5, str, "Standard(…)"))
    Problem(place='standard', found='a int', rule='it is a str', remedy='Standard(…)')
    """
    if not isinstance(given, kind):
        yield Problem(place, f"a {type(given).__name__}", f"it is a {kind.__name__}", remedy)


def marks_of(
    place: str, noun: str, names: Sequence[str], given: Any, *, scale: Scale | None, problems: list[Problem | str]
) -> dict[str, float]:
    """Return from which score on each condition or rung holds: one mark for all, or name → mark.

    Parameters
    ----------
    place, noun
        What the marks are called, and what they are of.
    names
        Of what there is a mark.
    given
        What the caller said.
    scale
        On which marks lie, where it is known.
    problems
        What is wrong is added to them.
    """
    marks = dict(given) if isinstance(given, Mapping) else dict.fromkeys(names, given)
    strays = [name for name in marks if names and name not in names]
    problems += [Problem(place, f"no {each!r}", f"marks are of {noun}s", did_you_mean(each, names)) for each in strays]
    if absent := [name for name in names if name not in marks]:
        problems.append(Problem(place, f"none for {', '.join(absent)}", f"every {noun} has a mark"))
    for name, mark in marks.items():
        if not is_number(mark):
            problems.append(Problem(f"{place} {name}", repr(mark), "a mark is a number"))
        elif scale is not None and not scale.low <= mark <= scale.high:
            problems.append(Problem(f"{place} {name}", f"{mark:g}", f"a mark lies on the scale {scale}"))
    return {name: marks[name] for name in names if name in marks}
