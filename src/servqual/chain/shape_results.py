"""`FormComparison`: each link of a chain as a straight line and as bent ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.chain.shape_words import AsymmetryVerdict, ShapeVerdict, brief
from servqual.errors import ChainError, Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class FormRow:
    """One form of one link; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    link, form
        Which, as texts; the form with its knots.
    coefficients
        Coefficients in the equation of the target.
    aic, bic
        Of that equation.
    delta_aic, delta_bic
        Less those of the straight line: below zero the form is better.
    rmse
        Root of the mean squared error while units are held out.
    gain, gain_se
        By which share that mean squared error is below the straight line's, and its standard error over units.
    """

    link: str
    form: str
    coefficients: Number
    aic: Number
    bic: Number
    delta_aic: Number
    delta_bic: Number
    rmse: Number
    gain: Number
    gain_se: Number

    def __repr__(self) -> str:
        said = [
            f"{name} {value:.3f}"
            for name, value in (("AIC", self.aic), ("BIC", self.bic), ("rmse", self.rmse))
            if not isinstance(value, Inapplicable)
        ]
        return f"<FormRow {self.link} as {brief(self.form)}: {', '.join(said) or self.coefficients}>"


@frozen(kw_only=True, repr=False)
class LinkShape:
    """What the comparison says of one link.

    Attributes
    ----------
    link
        As text.
    verdict, best
        What the criteria say together, and the bent form that is better by all of them; empty where none is.
    reference
        Where losses end and gains begin.
    below, above
        Slopes below and above it, in units of the target per unit of the source.
    difference, se, low, high
        ``above − below``, with standard error and interval.
    p
        Two-sided, of the null that both are the same.
    asymmetry
        What the test says.
    """

    link: str
    verdict: ShapeVerdict
    best: str
    reference: Number
    below: Number
    above: Number
    difference: Number
    se: Number
    low: Number
    high: Number
    p: Number
    asymmetry: AsymmetryVerdict

    def __repr__(self) -> str:
        best = f", {brief(self.best)}" if self.best else ""
        tested = "" if isinstance(self.p, Inapplicable) else f" (p {self.p:.3g})"
        return f"<LinkShape {self.link}: {self.verdict.label}{best}; {self.asymmetry.label}{tested}>"


@frozen(eq=False, repr=False, kw_only=True)
class FormComparison:
    """Straight against bent, for each link that was asked about.

    Attributes
    ----------
    rows
        One `FormRow` for each link and form, the straight line first.
    shapes
        One `LinkShape` for each link; ``comparison["a -> b"]`` picks one.
    told, told_shapes
        Both as columns, with title and notes in English and Chinese.
    folds, confidence
        As asked.
    """

    rows: tuple[FormRow, ...]
    shapes: tuple[LinkShape, ...]
    told: Told
    told_shapes: Told
    folds: int
    confidence: float

    def __len__(self) -> int:
        return len(self.shapes)

    def __iter__(self) -> Iterator[LinkShape]:
        return iter(self.shapes)

    def __getitem__(self, link: str) -> LinkShape:
        found = [shape for shape in self.shapes if shape.link == str(link)]
        if not found:
            known = [shape.link for shape in self.shapes]
            remedy = did_you_mean(str(link), known)
            raise ChainError(Problem("link", repr(str(link)), "it was not compared", remedy))
        return found[0]

    def __repr__(self) -> str:
        bent = sum(shape.verdict is ShapeVerdict.BENT for shape in self.shapes)
        return f"<FormComparison: {len(self)} link{'s' if len(self) > 1 else ''}, {bent} bent by all criteria>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_() + self.to_table(of="links")._repr_html_()

    def to_table(self, language: Language | str | None = None, *, of: str = "forms") -> Table:
        """Return every form of every link with its criteria, or what they say of each link.

        Parameters
        ----------
        language
            Says verdicts and notes in it.
        of
            "forms" or "links".

        Raises
        ------
        ChainError
            If it is neither.
        """
        tongue = language or Language.ENGLISH
        if of == "forms":
            names = ("link", "form", "aic", "bic", "delta_aic", "delta_bic", "rmse", "gain", "gain_se")
            table = self.told.view(names, None, tongue, named="")
            return evolve(table, columns={**table.columns, "form": [brief(row.form) for row in self.rows]})
        if of != "links":
            raise ChainError(unknown_word("of", of, ("forms", "links"), "it is forms or links"))
        columns = ("link", "below", "above", "difference", "low", "high", "p", "asymmetry", "verdict", "best")
        table = self.told_shapes.view(columns, None, tongue, named="")
        words = {
            "asymmetry": [shape.asymmetry.label.text(tongue) for shape in self.shapes],
            "verdict": [shape.verdict.label.text(tongue) for shape in self.shapes],
            "best": [brief(shape.best) for shape in self.shapes],
        }
        return evolve(table, columns={**table.columns, **words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each link and form."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"folds": self.folds, "confidence": self.confidence}
        forms = [{"link": row.link, "form": row.form, **inapplicable(row)} for row in self.rows]
        links = [{"link": shape.link, **inapplicable(shape)} for shape in self.shapes]
        return {
            "reading": "form_comparison",
            **asked,
            "forms": {**self.told.whole().to_dict(), "inapplicable": [each for each in forms if len(each) > 2]},
            "links": {**self.told_shapes.whole().to_dict(), "inapplicable": [each for each in links if len(each) > 1]},
        }
