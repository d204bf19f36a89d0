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
    near = difflib.get_close_matches(name, names, n=3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    return f"known are {shown}" if names else "there are none"
