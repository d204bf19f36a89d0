"""`Diagnostics`: every check of a fitted chain, worst first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.chain.check_kinds import CheckFamily, CheckKind, CheckVerdict
from servqual.chain.check_words import WORDS, reason_label
from servqual.errors import FitError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable, TestResult
from servqual.tables import Table
from servqual.telling import Told


@frozen
class RuleOfThumb:
    """A number beside the limit that a rule of thumb sets it; no test, and no p-value.

    Attributes
    ----------
    value, limit
        The number, and the limit; NaN where the rule is no matter of numbers.
    broken
        Whether the rule is broken.
    """

    value: float
    limit: float
    broken: bool

    def __str__(self) -> str:
        beside = "" if math.isnan(self.value) else f": {self.value:.3g} against {self.limit:.3g}"
        return f"{'broken' if self.broken else 'kept'}{beside}"


Result = TestResult | RuleOfThumb | Inapplicable
# The target of a check that is of all equations alike
ALL = "all"


@frozen(eq=False, repr=False, kw_only=True)
class Check:
    """One check of one equation, or of one link.

    Attributes
    ----------
    kind
        What was looked for.
    target
        The construct whose equation it is; "all" where it is of all equations alike, as their clusters are.
    about
        The predictor, link, row or unit that it is of, where it is of one: of several the worst.
    result
        A `TestResult` of shape (); a `RuleOfThumb`; or an `Inapplicable` that says why there is none.
    p_adjusted
        p of the test, adjusted by Holm for all tests of the same family; NaN where there is no test.
    verdict
        What it says.
    units
        The units, or rows, that it points to, the worst first.
    numbers
        What else there is to know: (name, number).
    """

    kind: CheckKind
    target: str
    about: str | None
    result: Result
    p_adjusted: float
    verdict: CheckVerdict
    units: tuple[str, ...] = ()
    numbers: tuple[tuple[str, float], ...] = ()

    @property
    def null(self) -> Label:
        """What it takes to hold, in English and Chinese."""
        return WORDS[self.kind].null

    @property
    def remedy(self) -> Label:
        """What mends it, in English and Chinese."""
        return WORDS[self.kind].remedy

    @property
    def reference(self) -> str:
        """The literature."""
        return WORDS[self.kind].reference

    @property
    def statistic(self) -> float:
        """The statistic of the test, or the number that the rule is of; NaN where there is none."""
        found = self.result
        return float(found.statistic) if isinstance(found, TestResult) else float(found.value)

    @property
    def p(self) -> float:
        """The p of the test, not adjusted; NaN where there is no test."""
        return float(self.result.p) if isinstance(self.result, TestResult) else float("nan")

    def __repr__(self) -> str:
        about = "" if self.about is None else f", {self.about}"
        said = f"<Check {self.kind} of {self.target}{about}: {self.verdict.label}"
        if isinstance(self.result, Inapplicable):
            return f"{said}; {self.result.reason}>"
        if isinstance(self.result, RuleOfThumb):
            return f"{said}; rule {self.result}; {self.null}>"
        return f"{said}; p {self.p_adjusted:.3g} adjusted; null: {self.null}>"


@frozen(eq=False, repr=False, kw_only=True)
class Diagnostics:
    """Every check of a fitted chain: problems first, then what calls for care, what is allowed for, and the rest.

    Attributes
    ----------
    checks
        One `Check` each, worst first; iteration goes over them.
    told
        The same as columns, with title and notes in English and Chinese.
    level
        A test whose adjusted p lies below it has found something.
    """

    checks: tuple[Check, ...]
    told: Told
    level: float

    def __len__(self) -> int:
        return len(self.checks)

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)

    def of(
        self, kind: CheckKind | str | None = None, *, target: str | None = None, family: CheckFamily | str | None = None
    ) -> tuple[Check, ...]:
        """Return the checks of a kind, of an equation or of a family, worst first.

        Checks that are of all equations alike are among those of each.

        Raises
        ------
        FitError
            If there is no such kind, equation or family.
        """
        asked = (("kind", kind, list(CheckKind)), ("family", family, list(CheckFamily)))
        targets = list(dict.fromkeys(each.target for each in self.checks))
        problems = [
            Problem(place, repr(given), "no check bears it", did_you_mean(str(given), map(str, known)))
            for place, given, known in (*asked, ("target", target, targets))
            if given is not None and given not in known
        ]
        if problems:
            raise FitError(*problems)
        wanted = (each for each in self.checks if kind is None or each.kind == kind)
        wanted = (each for each in wanted if target is None or each.target in {target, ALL})
        return tuple(each for each in wanted if family is None or each.kind.family == family)

    def count(self, verdict: CheckVerdict | str) -> int:
        """Return how many checks came to a verdict."""
        return sum(each.verdict == verdict for each in self.checks)

    def __repr__(self) -> str:
        counts = {each: self.count(each) for each in CheckVerdict}
        said = ", ".join(f"{number} {_counted(each, number)}" for each, number in counts.items() if number)
        first = self.checks[0]
        worst = f"; first {first.kind} of {first.target}" if first.verdict.rank < CheckVerdict.ALLOWED.rank else ""
        return f"<Diagnostics: {said}{worst}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None, *, every: bool = False) -> Table:
        """Return what was found, worst first, with the null in words; notes say what mends it.

        Parameters
        ----------
        language
            Of verdicts, checks, nulls, reasons and notes; adds the names of constructs.
        every
            Also the checks that found nothing and those that do not apply, which a note counts otherwise.
        """
        tongue = Language.ENGLISH if language is None else Language(language)
        names = ("verdict", "check", "target", "about", "statistic", "limit", "p", "p_adjusted", "null", "reason")
        table = self.told.view(names, None, language, named="target")
        shown = [row for row, each in enumerate(self.checks) if every or each.verdict.rank <= CheckVerdict.ALLOWED.rank]
        reasons = [str(each.result.reason) if isinstance(each.result, Inapplicable) else "" for each in self.checks]
        words: dict[str, list[Any]] = {
            "verdict": [each.verdict.label.text(tongue) for each in self.checks],
            "check": [WORDS[each.kind].name.text(tongue) for each in self.checks],
            "null": [each.null.text(tongue) for each in self.checks],
            "reason": [reason_label(why).text(tongue) if why else None for why in reasons],
        }
        whole = evolve(table, columns={**table.columns, **words})
        if every:
            return whole
        clear, untold = self.count(CheckVerdict.CLEAR), self.count(CheckVerdict.UNTOLD)
        note = Label(
            f"{clear} further checks found nothing, {untold} do not apply: to_table(every=True) shows them.",
            f"另有 {clear} 项检查未发现问题，{untold} 项不适用：to_table(every=True) 可全部列出。",
        )
        return evolve(whole.rows(shown), notes=[note.text(tongue), *whole.notes])

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each check."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        further = [{"check": str(each.kind), "target": each.target, **dict(each.numbers)} for each in self.checks]
        kept = [each for each in further if len(each) > 2]
        return {"reading": "diagnostics", "level": self.level, **self.told.whole().to_dict(), "further": kept}


def _counted(verdict: CheckVerdict, number: int) -> str:
    words = {
        CheckVerdict.PROBLEM: "problems" if number > 1 else "problem",
        CheckVerdict.CAUTION: "cautions" if number > 1 else "caution",
        CheckVerdict.ALLOWED: "allowed for",
        CheckVerdict.CLEAR: "with nothing found",
        CheckVerdict.UNTOLD: "not applicable",
    }
    return words[verdict]
