"""`Flags`: what speaks against the answers of a respondent; `without`: the survey that is left without some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual import _frames
from servqual._arrays import Bools, Holder, Ints, freeze
from servqual.errors import JointAnswersError, Problem, SurveyError, did_you_mean
from servqual.labels import Label, Language
from servqual.scoring import Summary
from servqual.selection import positions
from servqual.survey import Survey
from servqual.tables import Table

_TITLE = Label("Flagged respondents", "被标记的受访者")
_NOTE = Label(
    "a flag is a reason to look, not a verdict; nothing was left out", "标记只提示需要查看，并非定论；没有删除任何数据"
)


@frozen(eq=False, repr=False, getstate_setstate=False)
class Flags(Holder):
    """What speaks against the answers of each respondent: one truth value for every flag.

    Attributes
    ----------
    names
        The flags.
    marks
        Shape (flags, respondents).
    rules
        For each flag, when it is raised.
    """

    names: tuple[str, ...]
    marks: Bools = field(converter=freeze)
    rules: tuple[Label, ...]
    backend: str = "pandas"

    def __len__(self) -> int:
        return int(self.marks.shape[1])

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in self.counts.items())
        return f"<Flags of {len(self)} respondents: {counts}>"

    def __getitem__(self, name: str) -> Bools:
        if name not in self.names:
            rule = "a flag is one of those that were looked for"
            raise SurveyError(Problem("flags", f"no {name!r}", rule, did_you_mean(name, self.names)))
        return self.marks[self.names.index(name)]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many respondents bear each flag."""
        return {name: int(np.count_nonzero(mark)) for name, mark in zip(self.names, self.marks, strict=True)}

    def any(self, *names: str) -> Bools:
        """Return who bears any of some flags; of all, where none is named."""
        marks = [self[name] for name in names] if names else self.marks
        return np.logical_or.reduce(marks, axis=0)

    def to_table(self, language: Language | str = Language.ENGLISH) -> Table:
        """Return for each flag how many respondents bear it, their share, and its rule."""
        columns: dict[str, Sequence[Any]] = {
            "flag": self.names,
            "respondents": list(self.counts.values()),
            "share": [count / len(self) for count in self.counts.values()],
            "rule": [rule.text(language) for rule in self.rules],
        }
        return Table(columns, _TITLE.text(language), [_NOTE.text(language)], backend=self.backend)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row per respondent, in the survey's order, and one column of truth values for each flag."""
        return _frames.build(dict(zip(self.names, self.marks, strict=True)), backend or self.backend)

    def to_dict(self) -> dict[str, Any]:
        """Return counts and rules as a JSON-safe dictionary; it names no respondent."""
        rules = {name: rule.en for name, rule in zip(self.names, self.rules, strict=True)}
        return {"respondents": len(self), "counts": dict(self.counts), "rules": rules}


@frozen(eq=False, repr=False, getstate_setstate=False)
class Measures(Holder):
    """The whole numbers behind the flags, for each respondent.

    Attributes
    ----------
    names
        As in `row_patterns`.
    counts
        Shape (names, respondents).
    """

    names: tuple[str, ...]
    counts: Ints = field(converter=freeze)
    backend: str = "pandas"

    def __len__(self) -> int:
        return int(self.counts.shape[1])

    def __repr__(self) -> str:
        return f"<Measures of {len(self)} respondents: {', '.join(self.names)}>"

    def __getitem__(self, name: str) -> Ints:
        if name not in self.names:
            raise SurveyError(
                Problem("measures", f"no {name!r}", "a measure has a name", did_you_mean(name, self.names))
            )
        return self.counts[self.names.index(name)]

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row per respondent, in the survey's order, and one column for each measure."""
        return _frames.build(dict(zip(self.names, self.counts, strict=True)), backend or self.backend)


@frozen(eq=False, repr=False)
class Cleaned:
    """A survey without some respondents, and who went: `survey` holds those who stayed.

    Attributes
    ----------
    survey
        Those who stayed, in their old order.
    dropped
        Reason → how many respondents it took; one may have gone for several reasons.
    before
        How many there were.
    """

    survey: Survey
    dropped: Mapping[str, int]
    before: int

    @property
    def gone(self) -> int:
        """How many respondents went, each counted once."""
        return self.before - len(self.survey)

    def __repr__(self) -> str:
        reasons = ", ".join(f"{name} {count}" for name, count in self.dropped.items())
        return f"<Cleaned: {len(self.survey)} of {self.before} respondents stayed; {self.gone} went: {reasons}>"

    def to_table(self, language: Language | str = Language.ENGLISH) -> Table:
        """Return for each reason how many respondents it took."""
        title = Label(f"{self.gone} of {self.before} respondents went", f"{self.before}名受访者中去掉了{self.gone}名")
        note = Label("one respondent may have gone for several reasons", "同一受访者可能因多个原因被去掉")
        columns: dict[str, list[Any]] = {"reason": list(self.dropped), "respondents": list(self.dropped.values())}
        return Table(columns, title.text(language), [note.text(language)], backend=self.survey.backend)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return `to_table` as a data frame."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as a JSON-safe dictionary."""
        return {"before": self.before, "gone": self.gone, "dropped": dict(self.dropped)}


def without(survey: Survey, flags: Flags | npt.ArrayLike, *names: str) -> Cleaned:
    """The survey without flagged respondents, with the number that went and why.

    Parameters
    ----------
    survey
        The survey that was looked at.
    flags
        `data_quality(survey).flags`; or a mask, true where a respondent is to go, or the positions of those.
    *names
        Which flags take a respondent out; all, where none is named.

    Raises
    ------
    SurveyError
        Flags of another survey, a flag that there is not, names beside a mask, or nobody left.
    JointAnswersError
        A summary, which holds nobody's answers.

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait", "service", "queue"]}, scale=Scale.likert(7))
    >>> survey = Survey.from_arrays(desk, perception=[[4, 5, 6], [7, 7, 7], [3, 2, 3]])
    >>> without(survey, [False, True, False])
    <Cleaned: 2 of 3 respondents stayed; 1 went: mask 1>
    """
    if isinstance(survey, Summary):
        rule = "nobody can be taken out of sums, which do not hold single respondents"
        raise JointAnswersError(Problem("survey", "a Summary", rule, "summarize(without(survey, flags).survey, …)"))
    marks = _marks(survey, flags, names)
    gone = np.logical_or.reduce(list(marks.values()), axis=0) if marks else np.zeros(len(survey), np.bool_)
    if gone.all():
        rule, remedy = "somebody is left", "name fewer flags, or look at their rules"
        raise SurveyError(Problem("without", f"all {len(survey)} respondents would go", rule, remedy))
    counts = {name: int(np.count_nonzero(mark)) for name, mark in marks.items()}
    return Cleaned(survey.select(~gone), counts, len(survey))


def _marks(survey: Survey, flags: Flags | npt.ArrayLike, names: tuple[str, ...]) -> dict[str, Bools]:
    if not isinstance(flags, Flags):
        if names:
            rule = "names choose among flags, and a mask has none"
            raise SurveyError(
                Problem("without", f"a mask and {', '.join(names)}", rule, "pass data_quality(survey).flags")
            )
        mask = np.zeros(len(survey), np.bool_)
        mask[positions(flags, len(survey))] = True
        return {"mask": mask}
    if len(flags) != len(survey):
        found = f"flags of {len(flags)} respondents, a survey of {len(survey)}"
        raise SurveyError(Problem("without", found, "flags are of the survey they were made from"))
    return {name: flags[name] for name in (names or flags.names)}
