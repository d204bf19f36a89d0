"""`Fit`: an estimated chain as numbers only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual._records import parse_json
from servqual.chain.equations import Equation
from servqual.chain.fit_records import fit_fields, fit_record
from servqual.chain.fit_tables import labelled, sentence, shown_columns, shown_rows, told_coefficients, told_equations
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.recipes import Recipe
from servqual.chain.row_accounts import RowAccount
from servqual.errors import FitError, LabelError, Problem, did_you_mean
from servqual.labels import Language
from servqual.tables import Table

Direction = Literal["gain", "loss"]


def _language(given: object) -> Language | None:
    """Return the language that a table was asked in."""
    if given is None or given in list(Language):
        return None if given is None else Language(str(given))
    rule = "to_table takes a language, 'en' or 'zh', or None for names as they are"
    remedy = "other tables are coefficients() and explained()"
    raise LabelError(Problem("language", repr(given), rule, remedy))


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class Fit(Holder):
    """An estimated chain: coefficients, covariances and moments, and no row of data.

    Coefficients of different equations are taken as uncorrelated, for the errors of a recursive chain are independent
    of each other.

    Attributes
    ----------
    chain
        With the places of all forms as numbers.
    recipe
        What was asked.
    equations
        One for each construct that has a link to it, in causal order.
    constructs
        In causal order.
    means, sds
        Of the constructs over the rows used, shape (constructs,); divisor ``n − 1``.
    n_units, n_periods
        Units and periods that took part.
    rows
        Rows given, used and dropped.
    scales
        Construct and the ends of its scale, where they are known.
    respondents
        Construct and the people it was measured on, where that is known.
    """

    chain: Chain
    recipe: Recipe
    equations: tuple[Equation, ...]
    constructs: tuple[str, ...]
    means: Floats = field(converter=floats)
    sds: Floats = field(converter=floats)
    n_units: int
    n_periods: int
    rows: RowAccount
    scales: tuple[tuple[str, tuple[float, float]], ...] = ()
    respondents: tuple[tuple[str, str], ...] = ()

    def equation(self, target: str) -> Equation:
        """Return the equation of one construct."""
        return self.equations[self._position(target)]

    def gradient(self, link: Link, *, direction: Direction = "gain", at: float | None = None) -> tuple[int, Floats]:
        """Return the position of a link's equation and the vector (k,) that makes its slope of the coefficients.

        ``slope = vector @ coefficients``; `at` is where the source stands, by default at its mean.
        """
        position = self._position(link.target)
        equation = self.equations[position]
        places = equation.places(link)
        if not places.size:
            known = [str(each) for each in self.chain.parents(link.target)]
            raise FitError(Problem("link", str(link), "the chain has no such link", did_you_mean(str(link), known)))
        vector = np.zeros(len(equation.terms))
        vector[places] = link.form.derivative(self.mean_of(link.source) if at is None else at, direction=direction)
        return position, freeze(vector)

    def slopes(self, direction: Direction = "gain") -> Floats:
        """Return the slope of every link at the mean of its source, in the order of ``chain.links``."""
        pairs = (self.gradient(link, direction=direction) for link in self.chain.links)
        return freeze(np.array([vector @ self.equations[place].regression.coefficients for place, vector in pairs]))

    def standardised_slopes(self, direction: Direction = "gain") -> Floats:
        """Return the slopes in standard deviations of the constructs, ``slope · sd(source) / sd(target)``."""
        ratios = [self.sd_of(link.source) / self.sd_of(link.target) for link in self.chain.links]
        return freeze(self.slopes(direction) * ratios)

    def mean_of(self, construct: str) -> float:
        """Return the mean of a construct over the rows used."""
        return float(self.means[self._place(construct)])

    def sd_of(self, construct: str) -> float:
        """Return the standard deviation of a construct over the rows used."""
        return float(self.sds[self._place(construct)])

    def _place(self, construct: str) -> int:
        if construct not in self.constructs:
            remedy = did_you_mean(construct, self.constructs)
            raise FitError(Problem("construct", f"no {construct!r}", "the chain has no such construct", remedy))
        return self.constructs.index(construct)

    def _position(self, target: str) -> int:
        self._place(target)
        known = [equation.target for equation in self.equations]
        if target not in known:
            rule = "nothing leads to it, so it has no equation"
            raise FitError(Problem("construct", target, rule, did_you_mean(target, known)))
        return known.index(target)

    def coefficients(self, confidence: float = 0.95) -> Table:
        """Return every coefficient, one row each: intercepts, links, controls, periods.

        Parameters
        ----------
        confidence
            Of the intervals.

        Returns
        -------
        Table
            target, source, lag, part (the name of the column), role, coefficient, se, low, high, t, df (none where
            tests are normal), p (two-sided; the null is that the coefficient is 0) and standardised,
            ``b · sd(x) / sd(y)``.
        """
        return told_coefficients(self, confidence).whole()

    def to_table(self, language: Language | str | None = None, *, confidence: float = 0.95) -> Table:
        """Return the coefficients of links and controls with intervals, and notes on what was asked and on the rows.

        Parameters
        ----------
        language
            "en" or "zh": shows constructs by their labels instead of their names, and says title and notes in it.
        confidence
            Of the intervals.

        Raises
        ------
        LabelError
            What is no language.
        """
        tongue = _language(language)
        told, rows = told_coefficients(self, confidence), shown_rows(self)
        table = told.view(shown_columns(told.table, rows), rows, tongue, named="")
        return table if tongue is None else labelled(self, table, tongue)

    def explained(self, language: Language | str | None = None) -> Table:
        """Return one row for each equation: rows, degrees of freedom, R² and the standard deviation that is left."""
        told = told_equations(self)
        return told.view(list(told.table.columns), None, language, named="target")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return every coefficient as a data frame."""
        return self.coefficients().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes the same fit."""
        return fit_record(self)

    def to_json(self) -> str:
        """Return the fit as JSON text, from which `from_json` makes the same fit."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Return the fit that a dictionary from `to_dict` describes.

        Raises
        ------
        RecordError
            Unknown keys, missing keys, wrong types, another schema, each with its place.
        """
        return cls(**fit_fields(record))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the fit that a JSON text describes; see `from_dict`."""
        return cls.from_dict(parse_json(text))

    def __repr__(self) -> str:
        return f"<Fit of {'; '.join(sentence(self))}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()
