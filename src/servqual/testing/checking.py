"""The public door of the laws: all verdicts on one model, or one test for each model and law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from servqual.errors import LawBroken, Problem, UnknownLawError, did_you_mean
from servqual.instruments import Scale
from servqual.scoring.protocol import ScoringModel, name_of
from servqual.testing.bench import Bench
from servqual.testing.lawbook import LAWS, Law
from servqual.testing.verdicts import Outcome, Verdict, Verdicts

if TYPE_CHECKING:
    import pytest

_STILL = "it was expected to fail and must still fail"


def check_scoring_model(
    model: ScoringModel,
    *,
    scales: Iterable[Scale] | None = None,
    dimensions: Sequence[int] | None = None,
    expected_failures: Mapping[str, str] | None = None,
    examples: int = 20,
    rng: int | np.random.Generator | None = None,
) -> Verdicts:
    """Return one verdict per law on a scoring model: passed, failed, not applicable, or failed as expected.

    Parameters
    ----------
    model
        The model; no base class and no registration are needed.
    scales
        On which the laws are tried; without it 1..7, 1..9, −3..+3, 0..10 and the real-valued 0..100. Scales on which
        `bounds` raises a ModelError or is not finite are left out, and the table says so; one at least must be left.
    dimensions
        How many items each dimension has in the blocks tried, for a model with parameters of its own for dimensions or
        items; without it, all shapes of up to six items that the model does not refuse with a ModelError.
    expected_failures
        Law → reason. Such a law must still fail: one that passes is a failure.
    examples
        Blocks of answers tried per law and scale.
    rng
        Seed or Generator; without it, the same blocks each time.

    Raises
    ------
    UnknownLawError
        A name in `expected_failures` that no law has, or one without a reason.
    ModelError
        What is not a scoring model at all.

    Examples
    --------
    >>> from servqual import Difference
    >>> check_scoring_model(Difference(), examples=5)
    <Verdicts on Difference: 16 laws run: 15 passed, 1 not applicable>
    """
    expected = _checked(expected_failures or {})
    bench = Bench.of(model, scales, dimensions, examples, rng)
    verdicts = (_judged(bench.verdict(law), expected.get(law.name, "")) for law in LAWS)
    return Verdicts(name_of(model), verdicts, bench.notes)


def _checked(expected: Mapping[str, str]) -> Mapping[str, str]:
    known = [law.name for law in LAWS]
    problems = [
        Problem("expected_failures", repr(name), "there is no such law", did_you_mean(name, known))
        for name in expected
        if name not in known
    ]
    problems += [
        Problem("expected_failures", f"{name} without a reason", "what is expected to fail has its reason in words")
        for name, reason in expected.items()
        if not reason.strip()
    ]
    if problems:
        raise UnknownLawError(*problems)
    return expected


def _judged(verdict: Verdict, reason: str) -> Verdict:
    """Return the verdict in the light of what was expected."""
    if not reason:
        return verdict
    if verdict.outcome is Outcome.FAILED:
        return evolve(verdict, outcome=Outcome.EXPECTED_FAILURE, evidence=f"{reason} ({verdict.evidence})")
    return evolve(verdict, outcome=Outcome.FAILED, evidence=f"{_STILL} ({reason}), and is {verdict.outcome}")


@frozen(eq=False)
class Check:
    """One law as a test: called with the model, it raises where the model breaks the law."""

    law: Law
    bench: Bench = field(repr=False)

    def __call__(self, model: ScoringModel) -> None:
        """Raise where the model breaks the law; a law that does not apply is kept.

        Raises
        ------
        LawBroken
            With the evidence.
        """
        verdict = evolve(self.bench, model=model).verdict(self.law)
        Verdicts(name_of(model), [verdict]).raise_if_failed()


@frozen(eq=False)
class Count:
    """The last test of each model: that every law of the book had one."""

    tests: tuple[str, ...]

    def __call__(self, _: ScoringModel) -> None:
        """Raise where a law had no test."""
        left_out = [law.name for law in LAWS if law.name not in self.tests]
        if left_out:
            raise LawBroken(f"laws without a test: {', '.join(left_out)}")


def parametrize_with_checks(
    models: Iterable[ScoringModel],
    *,
    scales: Iterable[Scale] | None = None,
    dimensions: Sequence[int] | None = None,
    expected_failures: Callable[[ScoringModel], Mapping[str, str]] | None = None,
    examples: int = 20,
    rng: int | np.random.Generator | None = None,
) -> pytest.MarkDecorator:
    """Return a pytest decorator that makes one test of each model and law, and one of the number of laws.

    The decorated test takes `model` and `law` and calls one with the other. A law that does not apply is a test that
    passes under a name which says so; an expected failure is a strict xfail. Nothing is skipped.

    Parameters
    ----------
    models
        The models to try.
    expected_failures
        Called with a model, returns law → reason.
    scales, dimensions, examples, rng
        As for `check_scoring_model`, for all models.

    Raises
    ------
    UnknownLawError, ModelError
        As `check_scoring_model`, while tests are collected.

    Examples
    --------
    >>> from servqual import Difference
    >>> @parametrize_with_checks([Difference()])
    ... def test_my_models_are_scoring_models(model, law):
    ...     law(model)
    """
    import pytest

    tried = None if scales is None else tuple(scales)
    names: dict[str, int] = {}
    parameters: list[Any] = []
    for model in models:
        bench = Bench.of(model, tried, dimensions, examples, rng)
        expected = _checked(expected_failures(model) if expected_failures else {})
        name = name_of(model)
        names[name] = names.get(name, 0) + 1
        parameters += _tests(bench, f"{name}#{names[name]}" if names[name] > 1 else name, expected)
    return pytest.mark.parametrize(("model", "law"), parameters)


def _tests(bench: Bench, name: str, expected: Mapping[str, str]) -> Iterator[Any]:
    import pytest

    excuses = {law.name: bench.excuse(law) for law in LAWS}
    for law in LAWS:
        excuse, reason = excuses[law.name], expected.get(law.name)
        marks = [pytest.mark.xfail(reason=reason, raises=LawBroken, strict=True)] if reason else []
        suffix = f" (not applicable: {excuse})" if excuse else " (expected failure)" if reason else ""
        yield pytest.param(bench.model, Check(law, bench), id=f"{name}-{law.name}{suffix}", marks=marks)
    idle = sum(bool(excuse) for excuse in excuses.values())
    told = f"{len(LAWS)} laws run, {idle} of them not applicable"
    yield pytest.param(bench.model, Count(tuple(excuses)), id=f"{name}-count: {told}")
