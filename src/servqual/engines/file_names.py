"""The files of answers that a path, a folder or a pattern names."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from attrs import frozen

from servqual.errors import FileFormatError, Problem, SurveyFileError, did_you_mean

# Suffix → how it is read.
FORMATS: Mapping[str, str] = {
    ".parquet": "Parquet", ".pq": "Parquet", ".arrow": "Arrow", ".feather": "Arrow", ".ipc": "Arrow", ".csv": "text",
    ".tsv": "text",
}  # fmt: skip
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@frozen
class DataFile:
    """A file of rows, and the folder below which names of folders say something of them; None where none do."""

    path: Path
    above: Path | None = None

    @property
    def format(self) -> str:
        """How it is read: "Parquet", "Arrow" or "text"."""
        return FORMATS[self.path.suffix.lower()]

    @property
    def told(self) -> dict[str, str | int | None]:
        """What the names of its folders say: ``branch=north/year=2026`` is north and 2026."""
        parts = () if self.above is None else self.path.parent.relative_to(self.above).parts
        pairs = (part.partition("=") for part in parts)
        return {unquote(name): _value(unquote(text)) for name, equals, text in pairs if equals}


def _value(text: str) -> str | int | None:
    if text == _NO_VALUE:
        return None
    return int(text) if text.isdecimal() and text == str(int(text)) else text


def files_in(source: str | Path) -> list[DataFile]:
    """Return the files that a path, a folder or a pattern (``answers/*.parquet``) names, in the order of their names.

    In folders, names that begin with a dot or an underscore are passed over, as writers of such folders expect.

    Raises
    ------
    SurveyFileError
        Nothing of this name, or nothing in it.
    FileFormatError
        Files of other types, or of several types together.
    """
    path = Path(source)
    if path.is_file():
        found, above = [path], None
    elif path.is_dir():
        found, above = _below(path), path
    elif is_pattern(path):
        above = next(each for each in path.parents if not is_pattern(each))
        matched = sorted(above.glob(str(path.relative_to(above))))
        found = [file for each in matched for file in (_below(each) if each.is_dir() else [each])]
    else:
        siblings = sorted(each.name for each in path.parent.glob("*"))
        hint = did_you_mean(path.name, siblings) if path.parent.is_dir() else f"there is no folder {path.parent}"
        raise SurveyFileError(Problem(str(source), "no such file", "answers are read from files that exist", hint))
    if not found:
        rule = f"it names files of answers ({', '.join(FORMATS)})"
        raise SurveyFileError(Problem(str(source), "no files", rule))
    _check_types(source, found)
    return [DataFile(each, above) for each in dict.fromkeys(found)]


def names_many(path: str | Path) -> bool:
    """Return whether a path names a folder, or is a pattern, so that its answers are read in batches."""
    given = Path(path)
    return given.is_dir() or (is_pattern(given) and not given.exists())


def is_pattern(path: str | Path) -> bool:
    """Return whether a path has a place that stands for several names."""
    return glob.has_magic(str(path))


def _below(folder: Path) -> list[Path]:
    inside = (each for each in folder.rglob("*") if each.is_file())
    return sorted(each for each in inside if not any(part[0] in "._" for part in each.relative_to(folder).parts))


def _check_types(source: str | Path, found: Sequence[Path]) -> None:
    strange = sorted({each.suffix.lower() or each.name for each in found if each.suffix.lower() not in FORMATS})
    formats = sorted({FORMATS[each.suffix.lower()] for each in found if each.suffix.lower() in FORMATS})
    remedy = "name those that are meant by a pattern, such as 'answers/*.parquet'"
    if strange:
        rule = f"files that are read in batches are {', '.join(FORMATS)}"
        whole = "for others sum the summaries of surveys from read_survey"
        hint = whole if len(strange) == 1 and not formats else f"{remedy}; {whole}"
        raise FileFormatError(Problem(str(source), f"files of type {', '.join(strange[:5])}", rule, hint))
    if len(formats) > 1:
        found_types = f"files of {' and '.join(formats)}"
        raise FileFormatError(Problem(str(source), found_types, "all files are of one type", remedy))
