"""The bench at which one model is tried: scales and shapes that suit it, and how often each law is tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

import numpy as np
from attrs import frozen
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings, strategies as st
from hypothesis.errors import Flaky

from servqual.answers import Answers
from servqual.errors import LawBroken, ModelError
from servqual.instruments import Scale
from servqual.ratings import Over
from servqual.scoring.protocol import (
    ScoringModel,
    check_is_model,
    dimension_weights_of,
    item_weights_of,
    reads_importance,
)
from servqual.testing.lawbook import Law
from servqual.testing.laws.trials import in_words
from servqual.testing.strategies import answers
from servqual.testing.strategies.blocks import laid_out, slices_of
from servqual.testing.verdicts import Outcome, Verdict

SCALES = (Scale.likert(7), Scale.likert(9), Scale.encounter(), Scale.zero_to_ten(), Scale.percent())
_MOST_ITEMS, _MOST_DIMENSIONS = 6, 5

Lengths = tuple[int, ...]


@frozen
class Bench:
    """One model with the scales and shapes that suit it.

    Attributes
    ----------
    scales, shapes
        On which the laws are tried; a shape is the number of items of each dimension.
    notes
        What was left out, and why.
    examples, seed
        Blocks tried per law and scale; None for the same ones each time.
    """

    model: ScoringModel
    scales: tuple[Scale, ...]
    shapes: tuple[Lengths, ...]
    notes: tuple[str, ...]
    examples: int
    seed: int | None

    @classmethod
    def of(
        cls,
        model: ScoringModel,
        scales: Iterable[Scale] | None,
        dimensions: Sequence[int] | None,
        examples: int,
        rng: int | np.random.Generator | None,
    ) -> Bench:
        """Return a bench at which everything that suits the model is kept.

        Raises
        ------
        ModelError
            What is not a scoring model at all.
        """
        check_is_model(model)
        offered = SCALES if scales is None else tuple(scales)
        refusals = {scale: _refusal(model, scale) for scale in offered}
        kept = tuple(scale for scale, refusal in refusals.items() if not refusal)
        notes = [f"left out: scale {scale}, {refusal}" for scale, refusal in refusals.items() if refusal]
        shapes = [tuple(dimensions)] if dimensions is not None else list(_shapes())
        suiting = [shape for shape in shapes if kept and _suits(model, kept[0], shape)]
        if kept and len(suiting) < len(shapes):
            notes.append(f"left out: {len(shapes) - len(suiting)} of {len(shapes)} shapes, refused by a ModelError")
        drawn = int(rng.integers(2**32)) if isinstance(rng, np.random.Generator) else rng
        return cls(model, kept, tuple(suiting), tuple(notes), examples, drawn)

    def excuse(self, law: Law) -> str:
        """Return why a law does not apply; empty where it does, and where the model cannot even be asked."""
        try:
            return law.excuse(self.model)
        except Exception:  # noqa: BLE001 - the law meets it again, and tells
            return ""

    def verdict(self, law: Law) -> Verdict:
        """Return what becomes of one law."""
        excuse = self.excuse(law)
        if excuse:
            return Verdict(law.name, law.statement, Outcome.NOT_APPLICABLE, excuse)
        try:
            told = self._tried_on_scales(law) if law.on_answers else self._tried(law)
        except Exception as error:  # noqa: BLE001 - whatever a model raises is evidence against it
            return Verdict(law.name, law.statement, Outcome.FAILED, _evidence(error))
        return Verdict(law.name, law.statement, Outcome.PASSED, told)

    def _tried(self, law: Law) -> str:
        law(self.model)
        return ""

    def _tried_on_scales(self, law: Law) -> str:
        if not self.scales:
            raise LawBroken("no scale is left to try it on")
        if not self.shapes:
            raise LawBroken("no shape is left to try it on: name the items per dimension, as in dimensions=(4, 5, 4)")
        blocks = sum(self._tried_on(law, scale) for scale in self.scales)
        count = len(self.scales)
        return f"{blocks} blocks on {count} scale{'s' if count > 1 else ''}"

    def _tried_on(self, law: Law, scale: Scale) -> int:
        tried: list[Answers] = []

        def trial(block: Answers) -> None:
            tried.append(block)
            with np.errstate(all="ignore"):
                law(self.model, block)

        try:
            self._with_examples(trial, scale)
        except Flaky as error:
            raise LawBroken("it is broken on one run and kept on the next") from error
        except Exception as error:
            raise LawBroken(f"{_evidence(error)}; {in_words(tried[-1])}" if tried else _evidence(error)) from error
        return len(tried)

    def _with_examples(self, trial: Callable[[Answers], None], scale: Scale) -> None:
        blocks = answers(self.model, scale=scale, dimensions=st.sampled_from(self.shapes))
        run = given(blocks)(trial)
        if self.seed is not None:
            run = seed(self.seed)(run)
        settings(
            max_examples=self.examples,
            derandomize=self.seed is None,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            print_blob=False,
            verbosity=Verbosity.quiet,
        )(run)()


def _evidence(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if isinstance(error, LawBroken) else f"{type(error).__name__}: {text}".removesuffix(": ")


def _refusal(model: ScoringModel, scale: Scale) -> str:
    """Return why a model cannot be used on a scale: it says so, or has no finite bounds there."""
    try:
        with np.errstate(all="ignore"):
            ends = [float(end) for end in model.bounds(scale)]
    except (ModelError, ArithmeticError) as error:
        return _evidence(error)
    except Exception:  # noqa: BLE001 - the law of bounds meets it again, and tells
        return ""
    return "" if all(map(math.isfinite, ends)) else f"bounds are {', '.join(f'{end:g}' for end in ends)}"


def _shapes() -> Iterator[Lengths]:
    """Return the items per dimension of small instruments, few dimensions first."""
    for dimensions in range(1, _MOST_DIMENSIONS + 1):
        room = _MOST_ITEMS - dimensions + 1
        for lengths in product(range(1, room + 1), repeat=dimensions):
            if sum(lengths) <= _MOST_ITEMS:
                yield lengths


def _suits(model: ScoringModel, scale: Scale, lengths: Lengths) -> bool:
    """Return whether a model takes blocks of this shape; only a ModelError says that it does not."""
    slices = slices_of(lengths)
    one = laid_out(np.full((1, slices[-1].stop), scale.high))
    importance = (np.ones((1, len(slices))), Over.DIMENSIONS) if reads_importance(model) else (None, None)
    try:
        block = Answers(dict.fromkeys(model.reads, one), scale, slices, *importance)
        for ask in (item_weights_of, dimension_weights_of):
            ask(model, block)
        with np.errstate(all="ignore"):
            model.item_scores(block)
    except ModelError:
        return False
    except Exception:  # noqa: BLE001 - the laws meet it again, and tell
        return True
    return True
