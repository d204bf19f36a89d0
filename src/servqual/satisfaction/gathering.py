"""Problems gathered while something is made, to be told all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from servqual.errors import Problem, ServqualError

Problems = list[Problem | str]
T = TypeVar("T")


def attempt(problems: Problems, make: Callable[..., T], *given: Any, **named: Any) -> T | None:
    """Return what is made, or None with what is wrong added to the problems."""
    try:
        return make(*given, **named)
    except ServqualError as error:
        problems.extend(error.problems)
        return None
