"""`Link`: one arrow of a chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from numbers import Integral
from typing import Any, SupportsIndex

from attrs import field, frozen

from servqual.chain.form_reading import as_form
from servqual.chain.forms import Form, Linear
from servqual.errors import ChainError, Problem

_RESERVED = re.compile(r"[;,\[\]<>→\n\r]")


def _form_of(given: Form | str) -> Form | str:
    try:
        return as_form(given)
    except ChainError:
        return given


def _lag_of(given: SupportsIndex) -> Any:
    return int(given) if isinstance(given, Integral) and not isinstance(given, bool) else given


def _text_of(given: str) -> str:
    name: Any = given
    return name.strip() if isinstance(name, str) else name


@frozen(repr=False)
class Link:
    """One arrow of a chain: the target follows the source, at once or some periods later.

    Parameters
    ----------
    source, target
        Names of two constructs, as the columns of the data are named. A name holds none of the signs that chains are
        written with: semicolon, comma, square bracket, arrow.
    lag
        How many periods later the target follows; zero is the same period.
    form
        How it follows: ``"linear"``, ``"log"``, ``"asymmetric"``, or a `Form`.

    Raises
    ------
    ChainError
        All problems at once: a name that is none, a lag that is negative or not whole, an unknown form, a construct
        that is its own cause within the period.

    Examples
    --------
    >>> print(Link("engagement", "satisfaction", lag=1, form="log"))
    engagement -> satisfaction [lag 1, log]
    """

    source: str = field(converter=_text_of)
    target: str = field(converter=_text_of)
    lag: int = field(default=0, converter=_lag_of)
    form: Form = field(factory=Linear, converter=_form_of)

    def __attrs_post_init__(self) -> None:
        problems = list(_faults(self))
        if problems:
            raise ChainError(*problems)

    @property
    def ends(self) -> tuple[str, str]:
        """Source and target."""
        return self.source, self.target

    def __str__(self) -> str:
        return f"{self.source} -> {self.target}{self.options}"

    @property
    def options(self) -> str:
        """What stands in brackets after the target when the link is written; empty for a straight line without lag."""
        said = [f"lag {self.lag}"] if self.lag else []
        said += [] if self.form == Linear() else [str(self.form)]
        return f" [{', '.join(said)}]" if said else ""

    def __repr__(self) -> str:
        return f"<Link {self}>"


def _faults(link: Link) -> Iterator[Problem]:
    place = f"link {link.source} -> {link.target}"
    yield from name_faults(f"{place}, source", link.source)
    yield from name_faults(f"{place}, target", link.target)
    lag: Any = link.lag
    whole = isinstance(lag, int) and not isinstance(lag, bool)
    if not whole or lag < 0:
        remedy = "turn the link round" if whole else ""
        yield Problem(f"{place}, lag", repr(link.lag), "a lag is a whole number of periods, zero or more", remedy)
    try:
        as_form(link.form)
    except ChainError as error:
        for each in error.problems:
            yield _moved(each, place)
    if link.source == link.target and whole and lag == 0:
        remedy = "add a lag, as in [lag 1], where it follows its own former value"
        yield Problem(place, "source and target are the same", "within a period nothing is its own cause", remedy)


def _moved(problem: Problem | str, place: str) -> Problem:
    if isinstance(problem, str):
        return Problem(place, problem, "a form must be one that can exist")
    return Problem(f"{place}, {problem.place}", problem.found, problem.rule, problem.remedy)


def name_faults(place: str, name: object) -> Iterator[Problem]:
    """Yield what keeps a value from being the name of a construct."""
    if not isinstance(name, str):
        yield Problem(place, repr(name), "the name of a construct is a text")
    elif not name:
        yield Problem(place, "no name", "the name of a construct is a text that is not empty")
    elif _RESERVED.search(name) or "->" in name:
        rule = "the name of a construct holds no ; , [ ] < > and no line break, which chains are written with"
        yield Problem(place, repr(name), rule, "rename the construct and its column")
