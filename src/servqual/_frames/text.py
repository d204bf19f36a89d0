"""Tables in text files: what separates their columns, in which encoding they are."""

from __future__ import annotations

import codecs
import csv
import io
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

from servqual._frames.door import shared_names
from servqual.errors import FileFormatError, Problem, SurveyError

ENCODINGS = ("utf-8-sig", "utf-16", "gbk", "gb18030", "cp1252", "latin-1")
# What programs write for an empty cell. "None" is not among them: people answer that.
NO_ANSWER = ("", "NA", "NaN", "nan", "N/A", "n/a", "#N/A", "NULL", "null")


def read_text(path: Path, encoding: str) -> Any:
    """Return the table in a text file as a pandas frame."""
    import pandas as pd

    # Spreadsheets begin UTF-8 files with a mark, which would become part of the first name.
    codec = "utf-8-sig" if is_utf8(encoding) else encoding
    try:
        return pd.read_csv(
            path,
            sep=_separator(path, codec),
            encoding=codec,
            na_values=list(NO_ANSWER),
            keep_default_na=False,
            index_col=False,
            low_memory=False,
        )
    except UnicodeError:
        raise FileFormatError(_undecodable(path, encoding)) from None
    except pd.errors.ParserError as error:
        raise FileFormatError(damaged(path, error)) from error
    except pd.errors.EmptyDataError as error:
        raise FileFormatError(empty(path)) from error


def _separator(path: Path, codec: str) -> str:
    """Return what separates the columns; the head of the file is checked on the way."""
    with path.open("rb") as file:
        head = codecs.getincrementaldecoder(codec)().decode(file.read(1 << 16))
    candidates = "\t" if path.suffix.lower() == ".tsv" else ",;\t"
    separator = max(candidates, key=lambda each: len(_first_rows(head, each)[0]))
    names, row = _first_rows(head, separator)
    shared = shared_names([name for name in names if name])
    if shared:
        raise SurveyError(*shared)
    if len(row) > len(names):
        rule = f"the header names {len(names)} columns"
        remedy = "name every column, and quote what contains the separator"
        raise FileFormatError(Problem(f"{path}, first row", f"{len(row)} fields", rule, remedy))
    return separator


def _first_rows(head: str, separator: str) -> tuple[list[str], list[str]]:
    rows = (row for row in csv.reader(io.StringIO(head, newline=None), delimiter=separator) if row)
    names, row = islice([*islice(rows, 2), [], []], 2)
    return names, row


def _undecodable(path: Path, encoding: str) -> Problem:
    data, position, found = path.read_bytes(), 0, f"not {encoding} text"
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        position = error.start
        found = f"byte {data[position]:#04x} at position {position} is not {encoding}"
    # Wide encodings admit nearly anything, so the words around the place are shown: people see which are words.
    excerpts: defaultdict[str, list[str]] = defaultdict(list)
    for each in ENCODINGS:
        excerpts[_excerpt(data, each, position)].append(repr(each))
    readings = "; ".join(f"encoding={' or '.join(names)} reads {text!r}" for text, names in excerpts.items() if text)
    remedy = f"pass the one that reads words: {readings}" if readings else ""
    return Problem(str(path), found, "text is in the encoding named", remedy)


def _excerpt(data: bytes, codec: str, position: int) -> str:
    """Return the words around a place in one encoding, nothing where the text is not in this encoding."""
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    try:
        text = data.decode(codec)
    except UnicodeError:
        return ""
    place = len(data[:position].decode(codec, "ignore"))
    return " ".join(text[max(place - 20, 0) : place + 20].split())


def is_encoding(encoding: str) -> bool:
    """Return whether there is an encoding of this name."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def is_utf8(encoding: str) -> bool:
    """Return whether an encoding is UTF-8, marked or not."""
    return codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}


def damaged(path: Path, error: Exception, remedy: str = "") -> Problem:
    """Return what a reader says about a file that it cannot read."""
    if not path.stat().st_size:
        return empty(path)
    text = str(error).rpartition("C error: ")[2].strip()
    return Problem(str(path), text, f"a {path.suffix.lower()} file that can be read", remedy)


def doubtful(path: Path, error: Exception) -> Problem:
    """Return the same of a file that may be of another type than its name says."""
    remedy = f"is it really {path.suffix.lower()}? Open it where it comes from, and save it as .xlsx or .csv"
    return damaged(path, error, remedy)


def empty(path: Path) -> Problem:
    """Return what is wrong with a file in which nothing is."""
    return Problem(str(path), "the file is empty", "it has a line of column names, and one for each respondent")
