"""`confirm_effect`: whether a strong confirm makes good a weak act."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual._frames.named import named_columns
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError, Problem, ServqualError
from servqual.labels import Label
from servqual.statistics._arguments import check_confidence
from servqual.statistics.comparison import t_test
from servqual.statistics.models import Covariance, Regression, ols
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_TITLE = Label("A strong confirm on a weak act", "有力的确认能否弥补薄弱的行动")


class Rescue(StrEnum):
    """What a strong confirm does where the act was weak.

    YES
        It makes good all that a weak act costs: with it the outcome is not below that of a strong act alone.
    PARTLY
        It raises the outcome, but not as far.
    NOT_SHOWN
        It is not told apart from no effect.
    """

    YES = "yes"
    PARTLY = "partly"
    NOT_SHOWN = "not_shown"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _RESCUES[self]


_RESCUES = {
    Rescue.YES: Label("a strong confirm makes good a weak act", "有力的确认弥补了薄弱的行动"),
    Rescue.PARTLY: Label("a strong confirm makes good a part of it", "有力的确认只弥补了一部分"),
    Rescue.NOT_SHOWN: Label("not shown", "未见作用"),
}


@frozen(kw_only=True, repr=False)
class ConfirmContrast:
    """One thing that the regression says.

    Attributes
    ----------
    key
        "interaction"; "confirm_on_weak_act" and "confirm_on_strong_act", what a strong confirm does instead of a weak
        one; "left_over", weak act with strong confirm less strong act with weak confirm.
    estimate, low, high
        In points of the outcome, with Student's interval; the interaction for one point of both.
    p
        That it is 0, two-sided.
    """

    key: str
    estimate: float
    low: float
    high: float
    p: float

    def __repr__(self) -> str:
        return f"<ConfirmContrast {self.key}: {self.estimate:.3f} ({self.low:.3f} to {self.high:.3f})>"


@frozen(eq=False, repr=False, kw_only=True)
class ConfirmEffect(RowReading[ConfirmContrast]):
    """What a strong confirm does where the act was weak, and where it was strong.

    Attributes
    ----------
    rows
        Four contrasts; ``found["confirm_on_weak_act"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    verdict
        Whether it rescues.
    weak_act, strong_act, weak_confirm, strong_confirm
        What counts as weak and strong.
    fit
        The regression: names, coefficients, covariance.
    """

    reading: ClassVar[str] = "confirm_effect"

    verdict: Rescue
    weak_act: float
    strong_act: float
    weak_confirm: float
    strong_confirm: float
    fit: Regression

    def __repr__(self) -> str:
        return f"<ConfirmEffect: {self['confirm_on_weak_act'].estimate:+.3f} on a weak act; {self.verdict.label}>"


def confirm_effect(
    source: Any,
    *,
    outcome: str = "outcome",
    act: str = "act",
    confirm: str = "confirm",
    group: str | None = None,
    confidence: float = 0.95,
) -> ConfirmEffect:
    """Effect of a strong confirm on a weak act, by a regression with their interaction.

    ``outcome = a + b act + c confirm + d act · confirm`` by least squares with HC3 errors, or clustered by group. Weak
    and strong are one standard deviation below and above the mean, within what occurred. A strong confirm on a weak act
    does ``(c + d act_weak) (confirm_strong − confirm_weak)``.

    Parameters
    ----------
    source
        A frame or a mapping name → numbers, one row an encounter; such as scores of steps with satisfaction beside.
        ``score(sheets, PerformanceOnly()).to_frame()`` has the steps of filled-in sheets as columns.
    outcome, act, confirm
        Columns; rows that lack one are left out and told.
    group
        Column of those whose encounters are alike, such as employees.
    confidence
        Of the intervals; verdicts are at the level one less it.

    Returns
    -------
    ConfirmEffect
        Contrasts with intervals, and whether the confirm rescues.

    Raises
    ------
    EncounterError
        Columns that are not there, too few complete rows, an act or a confirm that does not vary.

    References
    ----------
    Aiken & West 1991, Multiple Regression: Testing and Interpreting Interactions, Sage, chapter 2; MacKinnon & White
    1985, Journal of Econometrics 29(3):305-325 (HC3).

    Examples
    --------
    >>> rows = {"act": [0, 0, 1, 1, 0, 1, 0, 1], "confirm": [0, 1, 0, 1, 1, 0, 0, 1]}
    >>> confirm_effect(rows | {"outcome": [2, 5, 6, 7, 6, 6.5, 2.5, 7.2]}).verdict.value
    'partly'
    """
    check_confidence(confidence)
    y, x, codes, without, backend = _complete(source, [outcome, act, confirm], group)
    ends = {name: _ends(column) for name, column in zip(("act", "confirm"), x.T, strict=True)}
    table = np.column_stack([x, x[:, 0] * x[:, 1]])
    errors = Covariance.HC3 if codes is None else Covariance.CLUSTER
    try:
        fit = ols(y, table, ["act", "confirm", "interaction"], covariance=errors, groups=codes)
    except ServqualError as error:
        remedy = "the effect needs weak and strong acts with weak and strong confirms"
        raise EncounterError(Problem("source", str(error), "act, confirm and their product differ", remedy)) from error
    rows = _contrasts(fit, ends, confidence)
    labels = [_NAMES[row.key] for row in rows]
    told = Told(
        Table(columns_of(rows, ConfirmContrast), backend=backend), labels, _TITLE,
        _notes(_verdict(rows), y.size, without, confidence),
    )  # fmt: skip
    return ConfirmEffect(
        rows=rows, told=told, verdict=_verdict(rows), weak_act=ends["act"][0], strong_act=ends["act"][1],
        weak_confirm=ends["confirm"][0], strong_confirm=ends["confirm"][1], fit=fit, asked={"confidence": confidence},
    )  # fmt: skip


_NAMES = {
    "interaction": Label("act × confirm", "行动 × 确认"),
    "confirm_on_weak_act": Label("a strong confirm on a weak act", "薄弱行动上的有力确认"),
    "confirm_on_strong_act": Label("a strong confirm on a strong act", "有力行动上的有力确认"),
    "left_over": Label("what a weak act still costs", "薄弱行动仍造成的损失"),
}


def _complete(source: Any, names: list[str], group: str | None) -> tuple[Floats, Floats, Any, int, str]:
    read = named_columns(source, names, [] if group is None else [group], EncounterError)
    whole = ~np.isnan(read.numbers).any(axis=0)
    problems = [
        Problem(f"column {name!r}", "infinite values", "numbers are finite")
        for name, column in zip(names, read.numbers, strict=True)
        if np.isinf(column).any()
    ]
    codes = None
    if group is not None:
        codes, labels = read.labels[group]
        whole &= np.array([label is not None for label in labels])[codes]
        codes = codes[whole]
    if whole.sum() < 6:
        problems.append(Problem("source", f"{int(whole.sum())} complete rows", "there are six at least"))
    if problems:
        raise EncounterError(*problems)
    return read.numbers[0, whole], read.numbers[1:, whole].T, codes, int((~whole).sum()), read.backend


def _ends(values: Floats) -> tuple[float, float]:
    """Return what is weak and what is strong: a standard deviation from the mean, within what occurred."""
    mean, sd = values.mean(), values.std(ddof=1)
    return float(max(mean - sd, values.min())), float(min(mean + sd, values.max()))


def _contrasts(fit: Regression, ends: dict[str, tuple[float, float]], confidence: float) -> tuple[ConfirmContrast, ...]:
    (weak, strong), (none, full) = ends["act"], ends["confirm"]
    step = full - none
    rows = np.array([
        [0, 0, 0, 1],
        [0, 0, step, weak * step],
        [0, 0, step, strong * step],
        [0, weak - strong, step, weak * full - strong * none],
    ])  # fmt: skip
    estimate = rows @ fit.coefficients
    error = np.sqrt(np.einsum("ij,jk,ik->i", rows, fit.covariance, rows))
    test = t_test(estimate, error, fit.df_test)
    low, high = test.interval(confidence)
    columns = zip(_NAMES, estimate.tolist(), low.tolist(), high.tolist(), test.p.tolist(), strict=True)
    return tuple(ConfirmContrast(key=key, estimate=e, low=lo, high=hi, p=p) for key, e, lo, hi, p in columns)


def _verdict(rows: tuple[ConfirmContrast, ...]) -> Rescue:
    raised, left = rows[1], rows[3]
    if raised.low <= 0:
        return Rescue.NOT_SHOWN
    # only what is surely as good as a strong act is a rescue
    return Rescue.YES if left.low >= 0 else Rescue.PARTLY


def _notes(verdict: Rescue, n: int, without: int, confidence: float) -> list[Label]:
    left_en = f"; {without} rows without all columns are left out" if without else ""
    left_zh = f"；略去 {without} 行不完整的记录" if without else ""
    return [
        Label(
            f"{verdict.label.en}; {n} encounters, {confidence:.0%} intervals{left_en}",
            f"{verdict.label.zh}；{n} 次接触，{confidence:.0%} 区间{left_zh}",
        ),
        Label("associations, not yet effects", "仅为关联，未必是因果"),
    ]
