"""Paths from a text."""

from __future__ import annotations

import re
from itertools import pairwise

from servqual.errors import Problem


def paths_from(text: str, problems: list[Problem | str]) -> tuple[tuple[str, str], ...]:
    """Return the paths of a text; what cannot be read is added to the problems.

    ``a -> b -> c; a -> c`` has three paths; a semicolon or a new line ends a row of arrows, and ``→`` is an arrow too.

    Examples
    --------
    >>> paths_from("a -> b -> c; a → c", [])
    (('a', 'b'), ('b', 'c'), ('a', 'c'))
    """
    found: list[tuple[str, str]] = []
    for row in re.split(r"[;\n]", text):
        names = [name.strip() for name in re.split(r"->|→", row)]
        if names == [""]:
            continue
        if len(names) < 2 or not all(names):
            rule = "a row of arrows reads a -> b -> c, and a semicolon ends it"
            problems.append(Problem("paths", repr(row.strip()), rule))
            continue
        found += pairwise(names)
    return tuple(found)
