"""`data_quality`: what to know of the answers before anything is computed from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import asdict, field, frozen
from attrs.converters import optional

from servqual._arrays import Floats, Holder, Ints, freeze
from servqual.errors import JointAnswersError, Problem, SurveyError
from servqual.labels import Label, Language
from servqual.quality.bilingual import rows_of
from servqual.quality.check_rules import CheckRules, raised
from servqual.quality.cleaning import Flags, Measures
from servqual.quality.door import check_is_source
from servqual.quality.item_shapes import BIMODAL, Shape, shape_of
from servqual.quality.row_patterns import first_copies, row_patterns
from servqual.quality.seconds import seconds_of
from servqual.scoring import Summary
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells, chosen

_SHAPE = (
    "n",
    "missing",
    "missing_share",
    "floor",
    "ceiling",
    "mean",
    "sd",
    "skewness",
    "excess_kurtosis",
    "bimodality",
)
_COUNTS = ("n", "missing")
_SHOWN_ROWS = 8


@frozen(eq=False, repr=False, getstate_setstate=False)
class DataQuality(Holder):
    """What to know of the answers: the shape of every item's, and flags of respondents; nothing was left out.

    Attributes
    ----------
    told
        Per level and item: missing, floor and ceiling shares, moments, bimodality.
    respondents
        How many there are.
    rules
        When flags are raised.
    """

    told: Told
    respondents: int
    rules: CheckRules
    _flags: Flags | None = None
    _measures: Measures | None = None
    _first: Ints | None = field(default=None, converter=optional(freeze))

    def __repr__(self) -> str:
        if self._flags is None:
            return f"<DataQuality of {self.told.title.en!r}: {self.respondents} respondents, from a summary: no flags>"
        counts = ", ".join(f"{name} {count}" for name, count in self._flags.counts.items())
        return f"<DataQuality of {self.told.title.en!r}: {self.respondents} respondents; flagged: {counts}>"

    @property
    def flags(self) -> Flags:
        """What speaks against the answers of each respondent.

        Raises
        ------
        JointAnswersError
            When it was made from a summary.
        """
        return _held(self._flags, "flags")

    @property
    def measures(self) -> Measures:
        """The numbers behind the flags, for each respondent.

        Raises
        ------
        JointAnswersError
            When it was made from a summary.
        """
        return _held(self._measures, "measures of respondents")

    @property
    def first_copies(self) -> Ints:
        """For each respondent the position of the first one with the same answers: its own, where there is no earlier.

        Raises
        ------
        JointAnswersError
            When it was made from a summary.
        """
        return _held(self._first, "copies")

    def to_table(self, what: str = "items", language: Language | str | None = None) -> Table:
        """Return a view: "items" (default), "flags" (how many bear each) or "copies" (groups of equal answers)."""
        chosen("what", what, ("items", "flags", "copies"))
        if what == "flags":
            return self.flags.to_table(Language.ENGLISH if language is None else language)
        if what == "copies":
            return self._copies(Language.ENGLISH if language is None else Language(language))
        return rows_of(self.told, ("level", "key", *_SHAPE, "bimodal"), "items", language)

    def _copies(self, language: Language) -> Table:
        first, size = np.unique(self.first_copies, return_counts=True)
        order = np.argsort(-size[size > 1], kind="stable")
        heads, sizes = first[size > 1][order], size[size > 1][order]
        listed = [np.flatnonzero(self.first_copies == head) for head in heads[:_SHOWN_ROWS]]
        rows = [", ".join(map(str, each[:_SHOWN_ROWS])) + (", …" if len(each) > _SHOWN_ROWS else "") for each in listed]
        title = Label(f"groups of equal answers: {len(heads)}", f"回答完全相同的受访者：{len(heads)}组")
        note = Label(f"the {_SHOWN_ROWS} largest groups; rows count from 0", f"最大的{_SHOWN_ROWS}组；行号从0起")
        columns = {"first_row": heads[:_SHOWN_ROWS].tolist(), "respondents": sizes[:_SHOWN_ROWS].tolist(), "rows": rows}
        return Table(columns, title.text(language), [note.text(language)], backend=self.told.table.backend)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row per level and item; `flags` and `measures` have frames of respondents."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return items and the counts of flags as a JSON-safe dictionary; it names no respondent."""
        flags = None if self._flags is None else self._flags.to_dict()
        asked = {"respondents": self.respondents, "rules": asdict(self.rules), "flags": flags}
        return {"reading": "data_quality", **asked, **self.told.whole().to_dict()}


def data_quality(
    source: Survey | Summary,
    *,
    time: npt.ArrayLike | str | None = None,
    missing_share: float = 0.5,
    same_share: float = 1.0,
    longest_run: int | None = None,
    crossed: int = 1,
    speed: float = 0.5,
) -> DataQuality:
    """Data quality before anything is computed: missing, straight-lining, ceilings, humps, copies, crossings, speeding.

    For each level and item: how many answers are missing, the shares at the lowest and the highest point (floor and
    ceiling), skewness, and Sarle's bimodality coefficient, of note above 5/9. For each respondent: flags. Nothing is
    left out; `without` does that, and says how many went. Shares of items honour the survey's weights; flags and their
    counts are of rows.

    Parameters
    ----------
    source
        A survey; of a summary, items only.
    time
        Seconds (or spans of time) that each respondent took: one each, or the name of a column that the survey was read
        with as ``groups=``. Not known is not flagged.
    missing_share
        "missing": more than this share of all answers, over all levels, is missing.
    same_share
        ``straight_…``, for each level: at least this share of one's answers to it are equal, three answers at least; by
        default all of them (simple non-differentiation). Items worded against the service count as they were ticked.
    longest_run
        ``straight_…``, too: at least so many neighbouring answers, in the order of the instrument, are equal; half the
        number of items is a usual choice. None does not look at runs.
    crossed
        "crossed": at least so many items whose adequate (or minimum, acceptable) level lies above the desired (or
        ideal, normative, expected) one; LibQUAL+ leaves out respondents with more than 9 of 22.
    speed
        "speeding": less than this share of the median time; 0.3 to 0.5 are usual.

    Returns
    -------
    DataQuality
        Also with "duplicate": all answers at all levels equal those of an earlier row, and some were given. With few
        items, or with many who tick one column throughout, that happens by chance.

    Raises
    ------
    ArgumentError
        Rules that cannot be; what is neither a survey nor a summary.
    SurveyError
        Times that do not fit the respondents; levels from different people.
    JointAnswersError
        `time` for a summary, or a summary on a real-valued scale.

    References
    ----------
    Curran 2016, Journal of Experimental Social Psychology 66:4-19 (runs, speed); Kim, Dykema, Stevenson, Black & Moberg
    2019, Social Science Computer Review 37(2):214-233 (straight-lining); Greszki, Meyer & Schoen 2015, Public Opinion
    Quarterly 79(2):471-503 (shares of the median time); Pfister, Schwarz, Janczyk, Dale & Freeman 2013, Frontiers in
    Psychology 4:700 (bimodality).

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait", "service", "queue"]}, scale=Scale.likert(7))
    >>> survey = Survey.from_arrays(desk, perception=[[4, 5, 6], [7, 7, 7], [4, 5, 6]])
    >>> data_quality(survey, time=[60, 50, 20]).flags
    <Flags of 3 respondents: missing 0, straight_perception 1, duplicate 1, speeding 1>
    """
    rules = CheckRules(missing_share, same_share, longest_run, crossed, speed)
    check_is_source(source)
    told = _items(source)
    if isinstance(source, Summary):
        if time is not None:
            raise JointAnswersError(_only_sums("flags of speeding"))
        return DataQuality(told, len(source), rules)
    if not source.paired:
        rule, remedy = "a row holds the answers of one person", "look at each survey before they are put together"
        raise SurveyError(Problem("survey", "levels from different people", rule, remedy))
    seconds = None if time is None else seconds_of(source, time)
    found = row_patterns(source)
    measures = Measures(found.names, found.counts, source.backend)
    # those who answered nothing are no copies of one another
    nothing = measures["missing"] == len(source.instrument) * len(source.levels)
    first = np.where(nothing, np.arange(len(source)), first_copies(source, found.fingerprints))
    flags = raised(rules, measures, source.levels, first != np.arange(len(source)), seconds)
    return DataQuality(told, len(source), rules, flags, measures, first)


def _held(value: Any, what: str) -> Any:
    if value is None:
        raise JointAnswersError(_only_sums(what))
    return value


def _only_sums(what: str) -> Problem:
    rule = "they need the answers of single respondents, which a summary does not hold"
    return Problem("summary", f"no {what}", rule, "data_quality(survey)")


def _items(source: Survey | Summary) -> Told:
    items = source.instrument.items
    columns: dict[str, list[Any]] = {"about": [], "level": [], "key": []}
    for level in source.levels:
        shape = shape_of(source, level)
        columns["about"] += ["item"] * len(items)
        columns["level"] += [str(level)] * len(items)
        columns["key"] += source.instrument.item_keys
        for name in _SHAPE:
            columns.setdefault(name, []).extend(cells(getattr(shape, name), whole=name in _COUNTS))
        columns.setdefault("bimodal", []).extend(_bimodal(shape))
    labels = tuple(item.label for _ in source.levels for item in items)
    title = source.instrument.label
    title = Label(f"{title.en}: data quality", f"{title.text('zh')}：数据质量")
    return Told(Table(columns, backend=source.backend), labels, title, tuple(_notes()))


def _bimodal(shape: Shape) -> list[bool | None]:
    values: Floats = shape.bimodality
    return [None if np.isnan(each) else each > BIMODAL for each in values.tolist()]


def _notes() -> Iterator[Label]:
    yield Label(
        "floor and ceiling: shares of the answers at the lowest and at the highest point",
        "地板与天花板：处于最低点与最高点的回答比例",
    )
    yield Label(
        "bimodality: Sarle's coefficient; above 5/9, that of a continuous uniform distribution, look at the counts",
        "双峰系数：Sarle系数；高于5/9（连续均匀分布的值）时请查看频数",
    )
