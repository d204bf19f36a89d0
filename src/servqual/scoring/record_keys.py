"""Which keys a saved record has: all of them, and no others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from servqual.errors import Problem, RecordError, did_you_mean


def check_keys(place: str, record: object, known: Collection[str]) -> None:
    """Raise where a record is no dictionary, lacks a key or has one that is not known.

    Raises
    ------
    RecordError
        Every key that is missing or unknown.
    """
    if not isinstance(record, Mapping):
        raise RecordError(Problem(place, type(record).__name__, "a record is a dictionary (JSON object)"))
    absent = [Problem(place, f"no {key}", "the record has this key") for key in known if key not in record]
    foreign = [key for key in record if key not in known]
    strange = [Problem(place, f"{key!r}", "unknown keys are refused", did_you_mean(str(key), known)) for key in foreign]
    if absent or strange:
        raise RecordError(*absent, *strange)
