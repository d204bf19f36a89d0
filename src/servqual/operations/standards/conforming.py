"""`conformance`: is a standard kept, from events, answers or counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.errors import Problem, StandardsError, SurveyError, did_you_mean
from servqual.operations.given_columns import Coded, GivenColumns, rows_of
from servqual.operations.standards.case_counting import Cases, Given
from servqual.operations.standards.conformance_results import Conformance
from servqual.operations.standards.conformity_shares import told_conformance
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardKind
from servqual.operations.wanted import wanted
from servqual.statistics import ArgumentError
from servqual.statistics._arguments import check_confidence

METHODS = ("wilson", "exact")


def conformance(
    standard: Standard,
    source: Any,
    values: str | None = None,
    *,
    unit: Any = None,
    period: Any = None,
    observed: Any = None,
    cluster: Any = None,
    interval: str = "wilson",
    confidence: float = 0.95,
) -> Conformance:
    """Share of cases that keeps a standard, with its interval, by unit and period, and whether the target is met.

    ``p = kept / n``. Where some waits are still open (`observed` is false), the share within the limit is ``1 − S``
    with Kaplan and Meier's ``S``, and its interval that of ``n* = p (1 − p) / Var p`` cases, by Greenwood's variance;
    a wait that is open beyond the limit is known to miss it.

    Parameters
    ----------
    standard
        What is to be kept.
    source
        Cases: a frame of pandas, polars or pyarrow, a mapping name → values, a `Survey`, or the values themselves.
    values
        The column of values; by default the one that is called like the standard.
    unit, period
        A column of units (branches, employees) and one of periods, or a label for each case.
    observed
        For waits: a column, or an array, false where the case still waits and the value is how long by now.
    cluster
        A column, or a label for each case, of what cases have in common (a customer, a shift): cases of one cluster
        tell less than so many. Not with `observed`.
    interval
        "wilson", or "exact" by Clopper and Pearson.
    confidence
        Of intervals.

    Returns
    -------
    Conformance
        All cases first, then units, periods and units in periods. Below the target, `margin` is negative.

    Raises
    ------
    StandardsError
        All at once: columns that are not there, values that are no numbers, times below zero, answers off the scale,
        open waits for what is no time with an upper limit alone.
    ArgumentError
        An unknown interval, or a confidence that does not lie between 0 and 1.

    Notes
    -----
    Without `cluster`, cases are taken as independent of each other. With it, the interval is that of ``n* = p (1 − p)
    n / (n − 1) / Var p · (z / t)²`` cases, with the variance between clusters and ``t`` on their number less one.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212; Clopper & Pearson 1934, Biometrika
    26(4):404-413; Kaplan & Meier 1958, Journal of the American Statistical Association 53(282):457-481; Rothman 1978,
    Journal of Chronic Diseases 31(8):557-560, and Dorey & Korn 1987, Statistics in Medicine 6(6):679-687 (n*);
    Korn & Graubard 1998, Survey Methodology 24(2):193-201 (n* of clusters).

    Examples
    --------
    >>> phone = Standard(key="phone", kind="count", high=3, target=0.9, unit="rings")
    >>> conformance(phone, [1, 2, 2, 3, 5, 1, 2, 3, 3, 2]).overall
    <ConformityShare of all: 0.900 (0.596 to 0.982) of 10; open>
    """
    _check_asked(standard, interval, confidence)
    given = opened_cases(source, standard.key)
    column = standard.key if values is None else values
    numbers = given.numbers(f"values {column}", column)
    if numbers is not None:
        given.problems.extend(standard.check_values(f"values {column}", numbers))
    seen = None if observed is None else given.truths("observed", observed)
    if observed is not None:
        _check_waits(standard, given)
    clusters = None if cluster is None else _clusters(given, cluster, waits=observed is not None)
    labels = _labels(given, unit, period)
    if given.problems or numbers is None:
        raise StandardsError(*given.problems)
    cases = Cases.of(standard, Given(numbers, seen, clusters, confidence), *labels)
    return told_conformance(standard, cases, interval, confidence, given.backend, clustered=cluster is not None)


def conformance_from_counts(
    standard: Standard,
    kept: Any,
    n: Any,
    *,
    unit: Any = None,
    period: Any = None,
    interval: str = "wilson",
    confidence: float = 0.95,
) -> Conformance:
    """Share of cases that keeps a standard from counts, the same as from the cases.

    Parameters
    ----------
    standard
        What was to be kept.
    kept, n
        How many cases kept it and how many there were: numbers, or one for each unit, period, or unit in a period.
    unit, period
        Labels of these, an array each.
    interval, confidence
        As of `conformance`.

    Raises
    ------
    StandardsError
        Counts that are not whole, below zero, or more kept than there were.
    ArgumentError
        As of `conformance`.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212; Clopper & Pearson 1934, Biometrika
    26(4):404-413.

    Examples
    --------
    >>> phone = Standard(key="phone", kind="count", high=3, target=0.9, unit="rings")
    >>> conformance_from_counts(phone, [88, 97], [100, 100], period=["Q1", "Q2"])["Q2"]
    <ConformityShare of Q2: 0.970 (0.915 to 0.990) of 100; met>
    """
    _check_asked(standard, interval, confidence)
    given = opened_cases({"kept": np.atleast_1d(np.asarray(kept)), "n": np.atleast_1d(np.asarray(n))}, "kept")
    counts = [given.numbers(name, name) for name in ("kept", "n")]
    labels = _labels(given, unit, period)
    if counts[0] is not None and counts[1] is not None:
        _check_counts(counts[0], counts[1], given)
    if given.problems or counts[0] is None or counts[1] is None:
        raise StandardsError(*given.problems)
    cases = Cases.counted(counts[0], counts[1], *labels)
    return told_conformance(standard, cases, interval, confidence, given.backend)


def _labels(given: GivenColumns, unit: Any, period: Any) -> tuple[Coded | None, Coded | None]:
    return (
        None if unit is None else given.parts("unit", unit),
        None if period is None else given.parts("period", period),
    )


def check_standard(standard: object) -> None:
    """Raise a `StandardsError` where something is no `Standard`."""
    for problem in wanted("standard", standard, Standard, "Standard(key=…, kind=…, high=…)"):
        raise StandardsError(problem)


def _check_asked(standard: object, interval: str, confidence: float) -> None:
    check_standard(standard)
    check_confidence(confidence)
    if interval not in METHODS:
        rule = "intervals of shares are by Wilson, or exact"
        raise ArgumentError(Problem("interval", repr(interval), rule, did_you_mean(str(interval), METHODS)))


def opened_cases(source: Any, only: str) -> GivenColumns:
    """Return the columns of a source; see `GivenColumns.of`.

    Raises
    ------
    StandardsError
        What is no source.
    """
    try:
        return GivenColumns.of(source, only)
    except SurveyError as error:
        raise StandardsError(*error.problems) from None


def _check_waits(standard: Standard, given: GivenColumns) -> None:
    if standard.kind is not StandardKind.TIME or standard.low is not None:
        found = f"a standard of {standard.kind}, {standard.limits.en}"
        rule = "waits that are still open are judged by a time with an upper limit alone"
        given.problems.append(Problem("observed", found, rule, "leave observed= out"))


def _clusters(given: GivenColumns, cluster: Any, *, waits: bool) -> Ints | None:
    """Return positions of clusters; None, and a problem, where some case has none, or waits are open."""
    if waits:
        rule = "intervals of waits that are still open take cases as independent"
        given.problems.append(Problem("cluster", "given beside observed=", rule, "leave one of them out"))
    coded = given.labels("cluster", cluster)
    if coded is None:
        return None
    if coded.labels[-1:] == (None,):
        absent = np.asarray(coded.codes == len(coded.labels) - 1)
        rule = "every case belongs to a cluster"
        given.problems.append(Problem("cluster", f"{int(absent.sum())} cases without one: {rows_of(absent)}", rule))
    return coded.codes.astype(np.int64)


def _check_counts(kept: Floats, n: Floats, given: GivenColumns) -> None:
    for place, counts in (("kept", kept), ("n", n)):
        if not ((counts >= 0) & (np.rint(counts) == counts)).all():
            given.problems.append(Problem(place, "some not whole, below zero or missing", "counts are 0, 1, 2, …"))
    if (kept > n).any():
        given.problems.append(Problem("kept", f"{int((kept > n).sum())} above n", "no more are kept than there are"))
