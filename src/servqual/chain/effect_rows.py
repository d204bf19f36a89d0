"""`Effects`: what one construct does to another, path by path and in all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.chain.effect_paths import spelled
from servqual.chain.effect_sums import PathSums
from servqual.chain.effect_values import Effect, ShareMediated
from servqual.chain.effect_words import EffectKind, EffectMethod
from servqual.errors import FitError, Problem, did_you_mean
from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

# What a table shows; frames have everything.
SHOWN = ("lag", "estimate", "se", "low", "high", "p", "joint_p")


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class Effects(Holder):
    """Effects of one construct on another: direct, by each path, total indirect and total.

    Attributes
    ----------
    source, target
        The two constructs.
    rows
        One `Effect` each: paths from the shortest on, then sums. ``effects["x -> m -> y"]``, ``effects["total"]`` picks
        one.
    share_mediated
        Total indirect by total; an `Inapplicable` where there is no indirect path.
    told
        The rows as columns, with title and notes in English and Chinese.
    method, confidence, standardised
        As asked.
    draws, failures
        Draws asked for, and those of them without an estimate.
    """

    source: str
    target: str
    rows: tuple[Effect, ...]
    share_mediated: ShareMediated | Inapplicable
    told: Told
    method: EffectMethod
    confidence: float
    standardised: bool
    draws: int
    failures: int
    _weights: Floats = field(converter=floats)
    _sums: PathSums

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Effect]:
        return iter(self.rows)

    def __getitem__(self, key: str) -> Effect:
        return self.rows[self._place(key)]

    def _place(self, key: str) -> int:
        keys = [row.key for row in self.rows]
        kinds = [row.kind.label.en for row in self.rows]
        kind = key.replace("_", " ").replace(str(EffectKind.SPECIFIC), EffectKind.SPECIFIC.label.en)
        if kinds.count(kind) == 1:
            return kinds.index(kind)
        name = spelled(key, keys)
        if name not in keys:
            rule = "it is a path, as 'x -> m -> y', or the kind of a row that there is once"
            once = [each for each in kinds if kinds.count(each) == 1]
            raise FitError(
                Problem("effect", f"no {key!r}", rule, did_you_mean(key, list(dict.fromkeys([*keys, *once]))))
            )
        return keys.index(name)

    def contrast(self, first: str, second: str) -> Effect:
        """Difference of two effects, first minus second, with its uncertainty: which path carries more.

        Parameters
        ----------
        first, second
            Paths, or kinds such as "direct" and "total_indirect".

        Raises
        ------
        FitError
            An effect that there is not.

        References
        ----------
        MacKinnon 2000, in Rose, Chassin, Presson & Sherman (eds.), Multivariate Applications in Substance Use Research,
        Erlbaum, 141-160; Preacher & Hayes 2008, Behavior Research Methods 40(3):879-891.
        """
        one, other = self._place(first), self._place(second)
        key = f"{self.rows[one].key} minus {self.rows[other].key}"
        weights = self._weights[one] - self._weights[other]
        return self._sums.of([EffectKind.CONTRAST], [key], weights[None])[0]

    def by_lag(self) -> tuple[Effect, ...]:
        """Return what arrives after 0, 1, … periods: all paths of the same lag together."""
        lags = np.array(self._sums.ways.lags)
        found = np.unique(lags)
        keys = [f"after {lag}" for lag in found.tolist()]
        weights = (lags == found[:, None]).astype(np.float64)
        return self._sums.of([EffectKind.ARRIVING] * found.size, keys, weights)

    def __repr__(self) -> str:
        total = repr(self["total"]).removeprefix("<Effect ")
        return f"<Effects of {self.source} on {self.target} by {self.method}, {len(self)} rows; {total}"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return effects with intervals and p-values; a language adds the paths in the names of constructs."""
        whole = self.told.table
        held = [name for name in SHOWN if any(cell is not None for cell in whole[name])]
        held = [name for name in held if name != "lag" or any(whole["lag"])]
        view = self.told.view(["kind", "effect", *held], language=language, named="effect")
        words = [row.kind.label.text(language or Language.ENGLISH) for row in self.rows]
        return evolve(view, columns={**view.columns, "kind": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each effect."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {
            "source": self.source,
            "target": self.target,
            "method": str(self.method),
            "confidence": self.confidence,
            "standardised": self.standardised,
            "draws": self.draws,
            "failures": self.failures,
        }
        reasons = [{"effect": row.key, **inapplicable(row)} for row in self.rows]
        return {
            "reading": "effects",
            **asked,
            **self.told.whole().to_dict(),
            "share_mediated": _share_record(self.share_mediated),
            "inapplicable": reasons,
        }


def _share_record(share: ShareMediated | Inapplicable) -> dict[str, Any]:
    if isinstance(share, Inapplicable):
        return {"estimate": None, "reason": share.reason}
    numbers = {name: getattr(share, name) for name in ("estimate", "low", "high")}
    plain = {name: None if isinstance(value, Inapplicable) else value for name, value in numbers.items()}
    return {**plain, "warnings": [warning.en for warning in share.warnings]}
