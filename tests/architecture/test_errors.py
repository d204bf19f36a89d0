"""Every error and warning of the house lives in `servqual.errors`, says when it occurs, and is a built-in too."""

import pickle
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import servqual
from servqual import errors
from servqual.errors import Problem, ServqualError, ServqualWarning


def kinds(root: type[BaseException]) -> Iterator[type[BaseException]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def ours(root: type[BaseException]) -> list[type[BaseException]]:
    """What the package itself defines, all of its modules imported."""
    for found in walk_packages(servqual.__path__, "servqual."):
        import_module(found.name)
    return sorted(
        {kind for kind in kinds(root) if kind.__module__.startswith("servqual")}, key=lambda kind: kind.__name__
    )


@pytest.mark.parametrize("root", [ServqualError, ServqualWarning])
def test_errors_and_warnings_live_in_one_place(root: type[BaseException]) -> None:
    home = f"{errors.__name__}."
    strays = [f"{kind.__module__}.{kind.__name__}" for kind in ours(root) if not kind.__module__.startswith(home)]
    assert not strays
    assert all(getattr(errors, kind.__name__) is kind and kind.__doc__ for kind in ours(root))


def test_every_error_is_also_a_built_in() -> None:
    built_in = (ValueError, TypeError, LookupError, ImportError, OSError, AssertionError, NotImplementedError)
    assert [kind.__name__ for kind in ours(ServqualError) if not issubclass(kind, built_in)] == []


def test_errors_are_found_where_they_were_before() -> None:
    for module, name in (
        ("labels", "LabelError"),
        ("tables", "TableError"),
        ("statistics", "ArgumentError"),
        ("plots", "PlotError"),
        ("simulate", "SimulationError"),
        ("testing", "LawBroken"),
        ("testing", "UnknownLawError"),
    ):
        assert getattr(import_module(f"servqual.{module}"), name) is getattr(errors, name)


def test_a_remark_is_the_last_sentence_and_survives_a_pickle() -> None:
    problem = Problem("here", "this", "that")
    for problems, text in (
        ((problem,), "here: this; that."),
        ((problem, "so"), "2 problems\n  1. here: this; that.\n  2. so"),
    ):
        error = ServqualError(*problems)
        assert str(error) == text
        error.remark = "Rows are counted from 0."
        carried = pickle.loads(pickle.dumps(error))  # noqa: S301 - made on this line
        assert str(error) == str(carried) == f"{text}\nRows are counted from 0."
