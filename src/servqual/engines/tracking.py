"""`Tracker`: a running service's scores by period, kept up to date batch by batch."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any, Self

from attrs import evolve

from servqual.engines.files_aside import written_aside
from servqual.engines.recipes import By, Recipe
from servqual.engines.tracked_periods import LetGo, Period, Tracked, check_period
from servqual.engines.tracker_records import Saved, read_saved
from servqual.errors import Problem, TrackerError
from servqual.instruments import Instrument
from servqual.quality import GroupComparison, compare_groups
from servqual.scoring import ScoringModel, Summary
from servqual.scoring.protocol import name_of
from servqual.tables import Table

PERIOD = "period"


class Tracker:
    """Scores of a running service by period (day, week, wave): updated batch by batch, read at any moment.

    It keeps a `Summary` for each of the last `window` periods, and no answers. While one thread updates, others read a
    whole state, the one before the update or the one after it; several threads may update at once. Memory is that of
    `window` summaries, whatever the number of respondents.

    Parameters
    ----------
    instrument
        What is asked.
    *models
        How respondents are scored; one at least.
    window
        How many periods are held. Older ones are let go, and counted in `gone`.
    by
        Columns that each period is told apart by as well.
    **options
        Those of `summarize` (``min_answered=0.5``, ``replicates=0``), and those of `Survey.from_frame`, by which frames
        are read: ``perception="P{n:02d}"``, ``weights=``, ``cluster=``, ``key=``, ``missing=`` …

    Raises
    ------
    TrackerError
        No model, a window without periods, a grouping column called "period".
    SurveyError, ModelError, ArgumentError
        What is no instrument, no model, or no share of items.

    Examples
    --------
    >>> from servqual import Difference, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> tracker = Tracker(desk, Difference(), window=12)
    >>> tracker.update({"perception": [[5], [4], [6]], "expectation": [[6], [6], [6]]}, "2026-01")
    >>> tracker.update({"perception": [[4], [3], [4]], "expectation": [[6], [7], [6]]}, "2026-02")
    >>> tracker.table().rows([1])["mean"], round(tracker.comparison()["overall"].p, 3)
    ((-2.6666666666666665,), 0.133)
    """

    def __init__(
        self, instrument: Instrument, *models: ScoringModel, window: int = 12, by: By = None, **options: Any
    ) -> None:
        """Begin without answers."""
        self._recipe = Recipe.of(instrument, models, by, options)
        _check(self._recipe, window)
        self._window = window
        self._held = Tracked()
        self._writing = Lock()

    def __repr__(self) -> str:
        held = self._held
        models = ", ".join(map(name_of, self._recipe.models))
        latest = f"; latest {list(held.periods)[-1]!r}" if held.periods else ""
        people = sum(map(len, held.periods.values()))
        size = f"{len(held.periods)} of {self._window} periods, {people} respondents"
        return f"<Tracker of {self._recipe.instrument.name!r} by {models}: {size}{latest}>"

    def __len__(self) -> int:
        return len(self._held.periods)

    @property
    def instrument(self) -> Instrument:
        """What is asked."""
        return self._recipe.instrument

    @property
    def models(self) -> tuple[ScoringModel, ...]:
        """How respondents are scored."""
        return self._recipe.models

    @property
    def window(self) -> int:
        """How many periods are held."""
        return self._window

    @property
    def periods(self) -> dict[Period, Summary]:
        """Period → summary, in order: a copy of what is held now, for `plots.trend` and `control_chart`."""
        return dict(self._held.periods)

    @property
    def gone(self) -> LetGo:
        """How many periods, and respondents in them, have left the window."""
        return self._held.gone

    def update(self, batch: Any, period: Period, *, late_ok: bool = False) -> None:
        """Add a batch of answers to a period; after an error, everything is as it was.

        Answers to a period that is held may come at any time. A new period comes after all others in the order of its
        name (2026-03-01, 2026-Q1, 17), so that nothing is put in a wrong place by its spelling.

        Parameters
        ----------
        batch
            A frame, read with the options of the tracker, where one without rows changes nothing; a `Survey`; matrices
            by level, ``{"perception": p, "expectation": e}``, with what `Survey.from_arrays` takes beside them; or the
            `Summary` of answers that were summed elsewhere.
        period
            Which period, a text or a whole number.
        late_ok
            Consent to a new period that comes before others.

        Raises
        ------
        TrackerError
            A period that cannot be put in order, comes late without consent, or has left the window.
        SurveyError, MergeError
            Answers that do not make a survey of the instrument; sums that were not made as those of the tracker.
        """
        check_period(period)
        summed = self._recipe.summary_in(batch)
        if summed is None:
            return
        with self._writing:
            self._held = self._held.having(period, summed, self._window, late_ok=late_ok)

    def summary(self, period: Period | None = None) -> Summary:
        """Return the summary of one period, of the latest where none is named.

        Raises
        ------
        TrackerError
            A period that is not held.
        """
        held = self._held
        return held.periods[held.at(period)]

    def by_period(self) -> Summary:
        """Return one summary of all periods, told apart by the column "period": every reading of groups takes it.

        Raises
        ------
        TrackerError
            Before the first answers.
        """
        held = self._held
        first = held.periods[held.at(None)]
        groups = {
            (period, *labels): sums
            for period, summary in held.periods.items()
            for labels, sums in summary.groups.items()
        }
        return evolve(first, by=(PERIOD, *first.by), groups=groups)

    def table(self, period: Period | None = None, model: ScoringModel | None = None, **options: Any) -> Table:
        """Return the table of scores with intervals, of the latest period where none is named; see `Summary.table`.

        `options` are ``by=``, ``confidence=``, ``interval=``, ``language=`` and ``min_group=``. A note says what has
        left the window.

        Raises
        ------
        TrackerError
            A period that is not held.
        ModelError, GroupError
            As `Summary.table` does.
        """
        held = self._held
        chosen = held.at(period)
        table = held.periods[chosen].table(model, **options)
        gone = held.gone
        note = f"let go: {gone.periods} periods before, with {gone.respondents} respondents (window {self._window})"
        notes = (*table.notes, note) if gone.periods else table.notes
        return evolve(table, title=f"{table.title}, {chosen}", notes=notes)

    def comparison(
        self,
        period: Period | None = None,
        against: Period | None = None,
        *,
        model: ScoringModel | None = None,
        **options: Any,
    ) -> GroupComparison:
        """Return the t tests of one period against another: the latest against the one before it.

        The two are taken as answered by different people (Welch's t); with clusters, what a cluster has in common in
        both periods cancels. Differences are later minus earlier: above zero, the score went up. See `compare_groups`,
        whose further `options` are ``confidence=``, ``adjust=`` and ``items=``.

        Raises
        ------
        TrackerError
            A period that is not held, or the same one twice; one period only.
        ModelError
            Scores of a model that the tracker does not have.
        """
        held = self._held
        later = held.at(period)
        earlier = held.before(later) if against is None else held.at(against)
        if later == earlier:
            rule = "two periods are compared"
            raise TrackerError(Problem("against", f"{earlier!r} itself", rule, "name another, or leave it out"))
        first = held.periods[later]
        groups = {(each,): held.periods[each].total for each in (earlier, later)}
        both = evolve(first, by=(PERIOD,), groups=groups)
        chosen = self.models[0] if model is None and len(self.models) == 1 else model
        return compare_groups(both, PERIOD, model=chosen, order=[earlier, later], **options)

    def save(self, path: str | Path) -> None:
        """Write everything to a JSON file, which is the old one or the new one at every moment.

        Raises
        ------
        RecordError
            Options that JSON cannot hold, or a model that is not an attrs class.
        OutputError
            No such folder, a full disk; the old file is then as it was.
        """
        text = Saved(self._recipe, self._window, self._held).to_json()
        with written_aside(Path(path), overwrite=True) as aside:
            aside.write_text(text, encoding="utf-8")

    @classmethod
    def restore(cls, path: str | Path, models: Any = ()) -> Self:
        """Return the tracker that a file describes; scoring models of your own are named in `models`.

        Raises
        ------
        SurveyFileError
            No such file.
        RecordError
            A file that `save` did not write, or of another schema, or with a model that is not known.
        """
        saved = read_saved(Path(path), tuple(models))
        recipe = saved.recipe
        made = cls(
            recipe.instrument, *recipe.models, window=saved.window, by=recipe.by, **recipe.sums, **recipe.columns
        )
        made._held = saved.held
        return made


def _check(recipe: Recipe, window: object) -> None:
    problems = []
    if not recipe.models:
        problems.append(Problem("models", "none", "a tracker scores respondents by one model at least", "Difference()"))
    if isinstance(window, bool) or not isinstance(window, int) or window < 1:
        problems.append(Problem("window", repr(window), "it holds a whole number of periods, 1 or more", "window=12"))
    if PERIOD in recipe.by:
        problems.append(
            Problem("by", "'period'", "periods are named in update()", "rename the column, or leave it out")
        )
    if problems:
        raise TrackerError(*problems)
