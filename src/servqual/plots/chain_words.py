"""What stands on the picture of a chain, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from servqual.chain.fitted import Fit
from servqual.chain.graph import Chain
from servqual.labels import Label, Language
from servqual.plots.arrow_lines import kinds_of
from servqual.plots.arrows import Arrow
from servqual.plots.wording import wrapped

# In letters: how wide the label of a construct may be before it breaks.
_WIDEST = 13


@frozen(eq=False)
class Words:
    """All words on a chain.

    Attributes
    ----------
    boxes
        By construct: its name, and the share explained where it was fitted.
    arrows
        In the order of the links; empty where nothing is written.
    kinds
        The kinds of arrows there are, and what they mean.
    note
        What stands below.
    """

    boxes: dict[str, str]
    arrows: tuple[str, ...]
    kinds: dict[str, str]
    note: str

    @classmethod
    def of(
        cls, source: Chain | Fit, arrows: Sequence[Arrow], language: Language, *, standardised: bool, confidence: float
    ) -> Self:
        """Return the words on a chain or a fit."""
        drawn = source if isinstance(source, Chain) else source.chain
        squares = {} if isinstance(source, Chain) else _squares(source)
        names = {name: wrapped(drawn.label(name).text(language), _WIDEST) for name in drawn.constructs}
        return cls(
            {name: "\n".join([text, *squares.get(name, ())]) for name, text in names.items()},
            tuple(arrow.words(language, decimals=standardised) for arrow in arrows),
            {kind: label.text(language) for kind, label in kinds_of(arrows, confidence).items()},
            _note(source, standardised=standardised).text(language),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text."""
        return (*self.boxes.values(), *self.arrows, *self.kinds.values(), self.note)


def _squares(fit: Fit) -> dict[str, tuple[str]]:
    """Return what is said of the share explained of each construct that is driven."""
    known = {each.target: each.regression.r2 for each in fit.equations}
    return {target: (f"R² {square:.2f}",) for target, square in known.items() if np.isfinite(square)}


def _note(source: Chain | Fit, *, standardised: bool) -> Label:
    """Return what stands below the chain."""
    if isinstance(source, Chain):
        return Label("an arrow leads from what is thought to drive to what it drives", "箭头由假定的原因指向结果")
    what = (
        Label("standardised slopes", "标准化斜率")
        if standardised
        else Label("slopes in units of the data", "原单位斜率")
    )
    units = source.n_units
    return Label(f"{what.en} and R²; {units} unit" + "s" * (units != 1), f"{what.zh}与R²；{units}个单位")
