"""One problem, the root of every error, and the remedy for a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from attrs import frozen


@frozen
class Problem:
    """One thing that is wrong: where it is, what was found, which rule it breaks and how to mend it.

    Examples
    --------
    >>> print(Problem("item reliability_2", "9 in row 12", "answers lie in 1..7", "pass missing=(9,)"))
    item reliability_2: 9 in row 12; answers lie in 1..7. Hint: pass missing=(9,)
    """

    place: str
    found: str
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        hint = f" Hint: {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.found}; {self.rule}.{hint}"


class ServqualError(Exception):
    """The root of every error that this library raises.

    Parameters
    ----------
    *problems
        The problems found, or plain sentences where there is no single place to name.

    Attributes
    ----------
    problems
        All of them, in the order found.
    remark
        A last sentence about all of them; empty unless there is something to add.
    """

    remark: str = ""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = problems
        super().__init__(*problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return f"{self.problems[0]}\n{self.remark}".rstrip()
        lines = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(self.problems, start=1))
        return f"{len(self.problems)} problems\n{lines}\n{self.remark}".rstrip()


# Names listed where none is near: about one line of a screen.
SHOWN = 8


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest known names, or lists them when none is near."""
    names = [str(each) for each in known]
    shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    return _nearest(str(name), names) or (f"known are {shown}" if names else "there are none")


def unknown_word(place: str, given: object, known: Iterable[str], rule: str = "") -> Problem:
    """Return that a word is none of some known ones: the rule lists them, so that a remedy names only what is near.

    A rule of its own, where one is given, names the known words itself.

    Examples
    --------
    >>> print(unknown_word("sign", "weight", ("weights", "loadings")))
    sign: 'weight'; it is one of weights, loadings. Hint: did you mean weights?
    >>> print(unknown_word("sign", 3, ("weights", "loadings")))
    sign: 3; it is one of weights, loadings.
    """
    names = [str(each) for each in known]
    return Problem(place, repr(given), rule or f"it is one of {', '.join(names)}", _nearest(str(given), names))


def _nearest(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=3)
    return f"did you mean {' or '.join(near)}?" if near else ""
