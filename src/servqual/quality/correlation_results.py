"""`Correlations`: how items, and how dimensions and the overall score, go together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.quality.aspects import Aspect
from servqual.quality.reasons import reason_label
from servqual.quality.square_tables import heading
from servqual.statistics import Inapplicable
from servqual.tables import Table
from servqual.telling import cells, chosen

WHAT = ("scores", "items")
_UNEVEN = Label(
    "each correlation is over those who have both; n is the smallest number of them",
    "每个相关取两者均有的受访者；n为其中最小的人数",
)


def _texts(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(keys)


@frozen(eq=False, getstate_setstate=False, repr=False)
class JointTable(Holder):
    """Correlations and covariances of some columns, each pair over the respondents who have both.

    Attributes
    ----------
    keys
        What the columns are.
    correlation, covariance
        Shape (keys, keys); NaN where fewer than two respondents have both, a correlation also where one does not vary.
    pairs
        Respondents who have both, shape (keys, keys): frequencies by their sum, sampling weights as one each.
    n
        The smallest of them, under sampling weights in effective respondents (Kish); NaN where that is not known.
    """

    keys: tuple[str, ...] = field(converter=_texts)
    correlation: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    pairs: Floats = field(converter=floats)
    n: float

    def __repr__(self) -> str:
        return f"<JointTable of {len(self.keys)} columns: n {self.n:g}>"

    def between(self, one: str, other: str) -> float:
        """Return the correlation of two columns."""
        return float(self.correlation[self.keys.index(one), self.keys.index(other)])


@frozen(eq=False, repr=False)
class Correlations:
    """Pearson correlations of items, and of dimensions with the overall score; holds nobody's answers.

    Attributes
    ----------
    instrument
        What was asked.
    aspect
        Of which answers: of a level, or of gaps.
    items, scores
        Of items; of dimensions and the overall score, or why these are not there.
    notes
        What is to be known of respondents.
    """

    instrument: Instrument
    aspect: Aspect
    items: JointTable
    scores: JointTable | Inapplicable
    notes: tuple[Label, ...] = ()
    backend: str = "pandas"

    def __repr__(self) -> str:
        about = f"{len(self.instrument)} items, {len(self.instrument.dimensions)} dimensions"
        return f"<Correlations of {self.instrument.name!r}, {self.aspect.label.en}: {about}>"

    def to_table(self, what: str = "scores", language: Language | str | None = None) -> Table:
        """Return correlations as a square table, of "scores" (dimensions and overall) or of "items".

        A language adds the names of rows, and says the rest in it. What does not exist is empty, and a note says why.
        """
        chosen("what", what, WHAT)
        held, tongue = self._held(what), Language.ENGLISH if language is None else Language(language)
        columns: dict[str, list[Any]] = {"key": list(held.keys)}
        if language is not None:
            columns["label"] = [self._label(key, what).text(tongue) for key in held.keys]
        for place, key in enumerate(held.keys):
            columns[f"{key}_" if key in columns else key] = cells(held.correlation[:, place])
        title = heading(self.instrument, self.aspect, Label("correlations", "相关"), tongue)
        return Table(columns, title, [note.text(tongue) for note in self._notes(what)], 2, self.backend)

    def to_frame(self, what: str = "scores", backend: str | None = None) -> Any:
        """Return a row for each pair: correlation, covariance and respondents."""
        return self._pairs(chosen("what", what, WHAT)).to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all pairs of scores and of items as a JSON-safe dictionary."""
        head = {"reading": "correlations", "instrument": self.instrument.name, "of": self.aspect.key}
        return {**head, **{what: self._pairs(what).to_dict() for what in WHAT}}

    def _held(self, what: str) -> JointTable:
        if what == "items":
            return self.items
        if not isinstance(self.scores, Inapplicable):
            return self.scores
        keys = (*self.instrument.dimension_keys, "overall")
        nothing = np.full((len(keys), len(keys)), np.nan)
        return JointTable(keys, nothing, nothing, nothing, np.nan)

    def _pairs(self, what: str) -> Table:
        held = self._held(what)
        first, second = np.triu_indices(len(held.keys), 1)
        columns = {name: [held.keys[place] for place in at] for name, at in (("first", first), ("second", second))}
        numbers = {"correlation": held.correlation, "covariance": held.covariance, "n": held.pairs}
        found = {name: cells(values[first, second], whole=name == "n") for name, values in numbers.items()}
        whole = self.to_table(what)
        return evolve(whole, columns={**columns, **found}, digits=3)

    def _notes(self, what: str) -> list[Label]:
        reason = self.scores if what == "scores" and isinstance(self.scores, Inapplicable) else None
        told = [] if reason is None else [reason_label(reason.reason)]
        held = self._held(what)
        size = [] if np.isnan(held.n) else [Label(f"n {held.n:.6g}", f"n为{held.n:.6g}")]
        uneven = [_UNEVEN] if held.pairs.min() < held.pairs.max() else []
        return [*size, *self.notes, *uneven, *told]

    def _label(self, key: str, what: str) -> Label:
        rows = self.instrument.items if what == "items" else self.instrument.dimensions
        return {each.key: each.label for each in rows}.get(key, Label("overall", "总体"))
