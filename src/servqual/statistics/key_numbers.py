"""Keys of respondents as numbers: the same for the same key, in whichever batch, process or library it is read."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError

Keys = npt.NDArray[np.uint64]

# the constants of FNV-1a with 64 bits, and of SplitMix64
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
# texts hashed at a time: their code points lie side by side in memory
_BLOCK = 65_536


def mixed(numbers: Keys) -> Keys:
    """Return numbers scattered over all 64 bits, one to one.

    References
    ----------
    Steele, Lea & Flood 2014, ACM SIGPLAN Notices 49(10):453-472 (SplitMix64).
    """
    with np.errstate(over="ignore"):
        scattered = numbers + _GOLDEN
        for shift, factor in _MIX:
            scattered = (scattered ^ (scattered >> np.uint64(shift))) * np.uint64(factor)
        return np.asarray(scattered ^ (scattered >> np.uint64(31)))


def respondent_keys(values: npt.ArrayLike) -> Keys:
    """One number of 64 bits for each respondent's key, shape (rows,), that depends on the key alone.

    Whole numbers go by their value, whatever their type; texts by their characters. The number 7 and the text "7" are
    different keys. Two keys share a number by chance with probability ``2**-64``.

    Parameters
    ----------
    values
        Integers, whole real numbers or texts, none missing, shape (rows,).

    Raises
    ------
    ArgumentError
        If keys are missing, fractions, of another kind, or not of one axis.

    References
    ----------
    Fowler, Noll & Vo, FNV-1a (Eastlake et al. 2025, RFC 9923), here over characters instead of bytes.

    Examples
    --------
    >>> keys = respondent_keys(["anna", "bo"])
    >>> bool((respondent_keys(["bo", "anna"]) == keys[::-1]).all()), keys.dtype
    (True, dtype('uint64'))
    """
    given = np.asarray(values)
    if given.dtype.kind in "UST" and not isinstance(values, np.ndarray):
        # numpy makes texts of whatever stands among texts in a list
        given = np.asarray(values, dtype=object)
    if given.ndim != 1:
        raise _refusal(f"an array of shape {given.shape}", "there is one key for each row")
    if given.dtype.kind == "O":
        given = _alike(given)
    if given.dtype.kind == "f":
        given = _whole(given)
    if given.dtype.kind in "biu":
        return freeze(mixed(given.astype(np.int64 if given.dtype.kind != "u" else np.uint64).view(np.uint64)))
    if given.dtype.kind not in "UT":
        raise _refusal(f"an array of {given.dtype}", "keys are whole numbers or texts")
    parts = [_of_texts(given[start : start + _BLOCK]) for start in range(0, given.size, _BLOCK)]
    return freeze(mixed(np.concatenate(parts) if parts else np.zeros(0, np.uint64)))


def _alike(given: AnyArray) -> AnyArray:
    """Return Python values as an array of numbers or of texts."""
    kinds = {type(each) for each in given}
    if all(issubclass(kind, str) for kind in kinds):
        return given.astype(np.str_)
    if all(issubclass(kind, int | np.integer) for kind in kinds):
        return _of_64_bits(given)
    missing = [row for row, each in enumerate(given) if each is None or (isinstance(each, float) and math.isnan(each))]
    if missing:
        raise _missing(len(missing), missing[0])
    names = ", ".join(sorted(kind.__name__ for kind in kinds))
    raise _refusal(f"values of {names}", "keys are whole numbers or texts, the same for all")


def _of_64_bits(given: AnyArray) -> AnyArray:
    try:
        return given.astype(np.int64)
    except OverflowError:
        raise _refusal(
            "numbers beyond 64 bits", "keys are whole numbers of 64 bits, or texts", "make texts of them"
        ) from None


def _whole(given: npt.NDArray[Any]) -> AnyArray:
    gaps = np.isnan(given)
    if gaps.any():
        raise _missing(int(gaps.sum()), int(np.flatnonzero(gaps)[0]))
    broken = (given != np.floor(given)) | (np.abs(given) >= 2**53)
    if broken.any():
        row = int(np.flatnonzero(broken)[0])
        raise _refusal(f"{given[row]:g} in row {row}", "keys are whole numbers that a real number holds exactly")
    return given.astype(np.int64)


def _of_texts(texts: AnyArray) -> Keys:
    """Return FNV-1a over the characters of each text; what pads shorter texts counts for nothing."""
    fixed = np.ascontiguousarray(texts.astype(np.str_))
    hashes = np.full(fixed.size, _BASIS)
    if not fixed.itemsize:
        return hashes
    characters = fixed.view(np.uint32).reshape(fixed.size, -1)
    with np.errstate(over="ignore"):
        for character in characters.T:
            hashes = np.where(character > 0, (hashes ^ character) * _PRIME, hashes)
    return hashes


def _missing(count: int, row: int) -> ArgumentError:
    return _refusal(f"{count} missing, first in row {row}", "every respondent has a key", "leave those rows out")


def _refusal(found: str, rule: str, remedy: str = "") -> ArgumentError:
    return ArgumentError(Problem("key", found, rule, remedy))
