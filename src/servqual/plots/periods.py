"""Scores of several periods, checked to be of one kind, and the table of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import evolve, frozen

from servqual.errors import PlotError, Problem, did_you_mean
from servqual.instruments import Instrument
from servqual.labels import Language
from servqual.plots.sources import named, names_of
from servqual.scoring import Scores, ScoringModel, Summary
from servqual.scoring.protocol import name_of
from servqual.tables import Table


@frozen(eq=False)
class Periods:
    """Period → scores, with what is to be shown of them."""

    parts: Mapping[Any, Summary | Scores]
    model: ScoringModel | None
    scores: tuple[str, ...]
    by: tuple[str, ...]
    confidence: float

    @classmethod
    def of(
        cls,
        parts: Mapping[Any, Summary | Scores],
        model: ScoringModel | None,
        scores: Sequence[str] | str | None,
        by: str | Sequence[str] | None,
        confidence: float,
    ) -> Self:
        """Return the periods, or say everything that keeps them from one plot."""
        names = names_of(by)
        _refuse(_strangers(parts) or _unlike(parts, model))
        first = next(iter(parts.values()))
        known = (*first.instrument.dimension_keys, "overall")
        wanted = names_of(scores) or (("overall",) if names else known)
        _refuse([*_unknown(wanted, known), *_too_many(wanted, names)])
        return cls(dict(parts), model_of(first, model), wanted, names, confidence)

    @property
    def instrument(self) -> Instrument:
        """What was asked in the first period."""
        return next(iter(self.parts.values())).instrument

    def table(self, language: Language | str | None) -> Table:
        """Return the tables of all parts below each other, with the period of each row."""
        tables = {str(period): self._of(part, language) for period, part in self.parts.items()}
        first = next(iter(tables.values()))
        columns: dict[str, list[Any]] = {"period": [name for name, table in tables.items() for _ in range(len(table))]}
        for name in first.columns:
            columns[name] = [value for table in tables.values() for value in table[name]]
        return evolve(first, columns=columns, digits=max(table.digits for table in tables.values()))

    def _of(self, part: Summary | Scores, language: Language | str | None) -> Table:
        given: dict[str, Any] = {"by": self.by, "confidence": self.confidence, "language": language}
        table = part.table(**given) if isinstance(part, Scores) else part.table(self.model, **given)
        return table.rows([row for row, score in enumerate(table["score"]) if score in self.scores])

    def lines(self, table: Table) -> list[tuple[str, str]]:
        """Return which line each row of the table belongs to: its key, and what it is called."""
        if not self.by:
            return list(zip(map(str, table["score"]), map(str, table["label"]), strict=True))
        groups = zip(*(table[name] for name in self.by), strict=True)
        return [(f"group {group!r}", named(group)) for group in groups]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise PlotError(*problems)


def model_of(part: Summary | Scores, model: ScoringModel | None = None) -> ScoringModel | None:
    """Return the model by which a part is scored: of several in a summary the one named, else None."""
    if isinstance(part, Scores):
        return part.model
    return part.models[0] if model is None and len(part.models) == 1 else model


def _strangers(parts: Any) -> list[Problem]:
    rule = "a trend is drawn of summaries or scores, by period"
    remedy = '{"2024": summarize(survey, model), …}'
    if not isinstance(parts, Mapping) or not parts:
        found = "nothing in it" if isinstance(parts, Mapping) else f"a {type(parts).__name__}"
        return [Problem("parts", found, rule, remedy)]
    names = list(map(str, parts))
    twice = sorted({name for name in names if names.count(name) > 1})
    return [
        *(Problem("parts", f"{name!r} twice", "each period has a name of its own") for name in twice),
        *(
            Problem(f"part {str(period)!r}", f"a {type(part).__name__}", rule, remedy)
            for period, part in parts.items()
            if not isinstance(part, Summary | Scores)
        ),
    ]


def _unlike(parts: Mapping[Any, Summary | Scores], model: ScoringModel | None) -> list[Problem]:
    """Return which parts are not scored, or not of the same things, as the first."""
    (name, first), *others = parts.items()
    wanted = model_of(first) if model is None else model
    problems = [
        Problem(
            f"part {str(period)!r}", f"scored by {name_of(part.model)}", f"all parts are scored by {name_of(wanted)}"
        )
        for period, part in parts.items()
        if isinstance(part, Scores) and wanted is not None and part.model != wanted
    ]
    for period, part in others:
        for what in ("dimension_keys", "scale"):
            own, of_first = getattr(part.instrument, what), getattr(first.instrument, what)
            if own != of_first:
                rule = f"those of part {str(name)!r} are {of_first}"
                problems.append(Problem(f"part {str(period)!r}", f"{what.replace('_', ' ')} {own}", rule))
    return problems


def _unknown(wanted: Sequence[str], known: Sequence[str]) -> list[Problem]:
    rule = "scores are those of dimensions, and the overall one"
    return [Problem("scores", repr(key), rule, did_you_mean(key, known)) for key in wanted if key not in known]


def _too_many(scores: Sequence[str], by: Sequence[str]) -> list[Problem]:
    problems = []
    if by and len(scores) > 1:
        problems.append(Problem("scores", ", ".join(scores), "by groups, one score is shown", 'scores="overall"'))
    if "period" in by:
        problems.append(Problem("by", "'period'", "periods are the parts themselves", "rename the column"))
    return problems
