"""Forms by their names."""

from __future__ import annotations

from collections.abc import Iterator

from servqual.chain.forms import Form, Linear, Log, Piecewise
from servqual.errors import ChainError, Problem, did_you_mean

_SPELLINGS = ("linear", "log", "asymmetric", "piecewise")


def as_form(given: Form | str) -> Form:
    """Return the form that a text names, or the form itself.

    The texts are ``linear``, ``log``, ``asymmetric`` (with or without one reference, as in ``asymmetric 3.2``) and
    ``piecewise 3.2 4.1``; ``str(form)`` writes them.

    Raises
    ------
    ChainError
        A form that is unknown, or numbers where the form takes none.

    Examples
    --------
    >>> as_form("piecewise 3.2 4.1")
    Piecewise(knots=(3.2, 4.1))
    """
    if isinstance(given, Form):
        return given
    if not isinstance(given, str):
        rule = "a form is linear, log, asymmetric or piecewise"
        raise ChainError(Problem("form", repr(given), rule, "write its name, or Linear(), Log(), Piecewise(knots)"))
    name, *numbers = given.split() or [""]
    word = name.lower()
    problems = list(_text_faults(word, numbers))
    if problems:
        raise ChainError(*problems)
    knots = tuple(float(each) for each in numbers)
    return Linear() if word == "linear" else Log() if word == "log" else Piecewise(knots)


def _text_faults(word: str, numbers: list[str]) -> Iterator[Problem]:
    if word not in _SPELLINGS:
        rule = "a form is linear, log, asymmetric or piecewise"
        yield Problem("form", repr(word), rule, did_you_mean(word, _SPELLINGS))
        return
    if word in _SPELLINGS[:2] and numbers:
        yield Problem(f"form {word}", " ".join(numbers), "it takes no numbers", "piecewise takes the knots of a slope")
        return
    for each in numbers:
        if not _reads_as_number(each):
            remedy = f"write the knots with spaces between them, as in {word} 3.2"
            yield Problem(f"form {word}", repr(each), "knots are numbers", remedy)


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
