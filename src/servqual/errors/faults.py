"""What can go wrong: one class a matter, each also the built-in that a caller would catch."""

from __future__ import annotations

from typing import Any

from servqual.errors.problems import ServqualError


class LabelError(ServqualError, ValueError):
    """A label without a name, or a language in which there are no labels."""


class TableError(ServqualError, ValueError):
    """A table that cannot be made, or a column that it does not have."""


class BackendError(ServqualError, LookupError):
    """A data-frame library that this one does not write."""


class ArgumentError(ServqualError, ValueError):
    """An argument that a formula cannot take: a wrong shape, a code off its scale, a share outside 0 to 1."""


class ScaleError(ServqualError, ValueError):
    """A scale that cannot exist, or a number that is not on its scale."""


class ScaleMismatchError(ServqualError, TypeError):
    """Ratings on different scales, or against different standards, that were asked to meet."""


class InstrumentError(ServqualError, ValueError):
    """An instrument whose definition contradicts itself, or a file that does not describe one."""


class RatingError(ServqualError, ValueError):
    """Ratings whose shapes or values do not fit together."""


class CrossedZonesError(ServqualError, ValueError):
    """Zones of tolerance whose adequate level lies above the desired one."""


class SurveyError(ServqualError, ValueError):
    """Answers that do not make a survey of the instrument: every problem of one construction, together."""


class WeightError(ServqualError, ValueError):
    """Weights that are negative, infinite, missing, all zero, or not of the kind they claim to be."""


class FileFormatError(ServqualError, ValueError):
    """A file that cannot be read as its type: unknown, damaged, empty, in another encoding, or with a wrong option."""


class SurveyFileError(ServqualError, FileNotFoundError):
    """A file of answers, of an instrument or of a tracker that is not there."""


class LevelError(ServqualError, LookupError):
    """A level that the survey does not hold, or that the instrument does not ask."""


class UndeclaredLevelError(LevelError, KeyError):
    """A level that a scoring model looks up without declaring that it reads it."""


class ModelError(ServqualError, TypeError):
    """A scoring model that does not keep the contract, or cannot be used on these answers."""


class GroupError(ServqualError, LookupError):
    """A grouping column that the survey or the summary does not hold."""


class MergeError(ServqualError, ValueError):
    """Summaries of different things that were asked to become one."""


class JointAnswersError(ServqualError, ValueError):
    """A statistic that needs the answers of one person side by side, asked of counts that no longer have them."""


class RecordError(ServqualError, ValueError):
    """A dictionary or JSON text that does not describe the value it should."""


class TrackerError(ServqualError, ValueError):
    """A batch or a period that a tracker cannot take, or a period that it does not hold."""


class PlotError(ServqualError, ValueError):
    """What was asked cannot be drawn, or what it would be drawn from is not there."""


class SimulationError(ServqualError, ValueError):
    """A population that cannot exist, or a sample that cannot be drawn from it: every problem, together."""


class ChainError(ServqualError, ValueError):
    """A chain that cannot exist: a cycle within a period, a link written wrongly, a construct it does not have."""


class UnitError(ServqualError, ValueError):
    """Units that do not make a table: named twice, unmatched, or without the columns that are asked for."""


class FitError(ServqualError, ValueError):
    """A chain that cannot be estimated on these units, or a fit that cannot answer what is asked of it."""


class ScenarioError(ServqualError, ValueError):
    """A change that cannot be made in this chain, or a lever that cannot be compared with others."""


class KanoError(ServqualError, ValueError):
    """Pairs of Kano answers that cannot be read: outside the coding, unpaired, or too few in a segment."""


class LoyaltyError(ServqualError, ValueError):
    """Answers or thresholds that do not tell loyalty: off the scale, or of a measure that they are not made for."""


class DriverError(ServqualError, ValueError):
    """Drivers that cannot be weighed: more than respondents, constant, named twice, or the outcome itself."""


class StructuralError(ServqualError, ValueError):
    """A structural model that cannot exist, or that these answers cannot estimate."""


class GapModelError(ServqualError, ValueError):
    """A gap model that cannot stand: sources whose dimensions, scales or units do not match, or that are no numbers."""


class StandardsError(ServqualError, ValueError):
    """A standard, an indicator, a promise or its data against the rules: limits, times, shares, tracing."""


class ProcessError(ServqualError, ValueError):
    """A service process, its hand-overs or its failures against the rules: cycles, steps that nobody rates."""


class BarrierError(ServqualError, ValueError):
    """Levels of performance or their barriers, service profiles or ladders of needs against the rules."""


class EncounterError(ServqualError, ValueError):
    """Encounters, journeys or audit sheets against the rules: no customer, times out of order, unknown types."""


class ComplaintError(ServqualError, ValueError):
    """A complaint funnel, its rates or its case records against the rules: shares that do not sum, no such case."""


class WorthError(ServqualError, ValueError):
    """Customer value or lifetime value against the rules: retention, discount, price, purchase histories."""


class ProjectError(ServqualError, ValueError):
    """An investment in service against the rules: cash flows, discount, aspirations that cannot be met."""


class BatchError(ServqualError, ValueError):
    """A batch of answers that cannot be read, or does not make a survey; it names file, row group, column and rule.

    Attributes
    ----------
    summary
        What was summarised before; None where nothing was.
    done
        How many rows that was.
    """

    summary: Any = None
    done: int = 0


class OutputError(ServqualError, OSError):
    """A file that cannot be written: it is there already, its folder is not, or the disk is full."""


class LawBroken(ServqualError, AssertionError):  # noqa: N818 - what is said of a model, and an AssertionError to pytest
    """A law that a scoring model does not keep, with what shows it."""


class UnknownLawError(ServqualError, LookupError):
    """A name that no law has, or an expected failure without its reason."""


class MissingExtraError(ServqualError, ImportError):
    """An optional package that is needed for this and not installed."""
