"""`Capability`: how far the spread of a process stays within the limits of a standard."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from servqual._frames import GroupLabel
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.operations.standards.standard import Standard
from servqual.statistics import Inapplicable
from servqual.telling import Number, Reading


@frozen(kw_only=True, repr=False)
class ProcessCapability:
    """Capability of one unit, or of all cases.

    Attributes
    ----------
    unit
        Which; "all" for all cases together.
    n, missing
        Cases with a value, and without.
    mean, sd, sd_within
        Of the values, and their standard deviation within subgroups, pooled.
    pp, pp_low, pp_high
        ``(high − low) / 6 sd`` with its interval; needs both limits.
    ppk, ppk_low, ppk_high
        Distance of the mean from the nearer limit, in three sd, with its interval; below zero the mean is outside.
    cp, cpk
        The same with `sd_within`: what the process could do if it stayed where it is from subgroup to subgroup.
    skewness, kurtosis
        Of the values, both 0 for a normal distribution; waiting times have a skewness far above 0.
    expected
        The share of a normal distribution with this mean and sd that lies within the limits.
    observed, observed_low, observed_high
        The share of the cases, with Wilson's interval.
    """

    unit: GroupLabel
    n: int
    missing: int
    mean: Number
    sd: Number
    sd_within: Number
    pp: Number
    pp_low: Number
    pp_high: Number
    ppk: Number
    ppk_low: Number
    ppk_high: Number
    cp: Number
    cpk: Number
    skewness: Number
    kurtosis: Number
    expected: Number
    observed: Number
    observed_low: Number
    observed_high: Number

    def __repr__(self) -> str:
        if isinstance(self.ppk, Inapplicable):
            return f"<ProcessCapability of {self.unit}: {self.ppk}>"
        ends = f"{float(self.ppk_low):.3f} to {float(self.ppk_high):.3f}"
        return f"<ProcessCapability of {self.unit}: Ppk {self.ppk:.3f} ({ends}), n {self.n}>"


@frozen(eq=False, repr=False)
class Capability(Reading[ProcessCapability]):
    """Capability indices of a standard: all cases, then each unit.

    Attributes
    ----------
    rows
        One `ProcessCapability` each; ``found["north"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    standard
        Whose limits they are.
    """

    reading: ClassVar[str] = "capability"
    named: ClassVar[str] = "unit"
    standard: Standard = field(kw_only=True)

    @property
    def overall(self) -> ProcessCapability:
        """That of all cases."""
        return self.rows[0]

    def __getitem__(self, unit: GroupLabel) -> ProcessCapability:
        found = next((row for row in self.rows if row.unit == unit), None)
        if found is None:
            known = [str(row.unit) for row in self.rows]
            raise ArgumentError(Problem("unit", f"no {unit!r}", "it is all or a unit", did_you_mean(str(unit), known)))
        return found
