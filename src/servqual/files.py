"""From a file to a survey in one step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from servqual._frames import coded, kept, opened, read_table, with_labels, without_user_missing
from servqual.errors import SurveyError
from servqual.instruments import Instrument
from servqual.survey import Survey


def read_survey(
    path: str | Path,
    instrument: Instrument,
    *,
    encoding: str = "utf-8",
    sheet: str | int = 0,
    where: Mapping[str, object] | None = None,
    **options: Any,
) -> Survey:
    r"""Return the survey of an instrument that a file holds: CSV, Excel, Parquet or SPSS, told apart by its suffix.

    What an SPSS file marks as "no answer" is missing without being asked for, and the words of its codes name the
    groups; answers keep their codes. In text and Excel files an empty cell is missing, as are NA, N/A, NaN and NULL.

    Parameters
    ----------
    path
        A .csv, .tsv or .txt file (separated by comma, semicolon or tab), .xlsx, .xls, .parquet, .sav, .zsav or .por.
    instrument
        What was asked.
    encoding
        How the text is encoded, such as "gbk" or "gb18030" for many Chinese files. An SPSS file says so itself; another
        encoding than UTF-8 overrules what it says.
    sheet
        Name of the sheet of a workbook, or its position, counted from 0.
    where
        Column → value: only rows with all these values are kept. A text is compared with numbers as a number, and the
        words of an SPSS code stand for the code.
    **options
        What `Survey.from_frame` takes besides: column patterns of the levels, `groups`, `weights`, `missing` and so on.

    Raises
    ------
    SurveyFileError
        There is no such file.
    FileFormatError
        A type that is not read, text in another encoding, a damaged or empty file.
    SurveyError
        Columns or values that are not there, and answers that do not make a survey. Rows are counted from 0 among
        those that `where` kept.
    MissingExtraError
        The package that reads this type is not installed.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> from tempfile import TemporaryDirectory
    >>> short = Instrument.define("short", {"speed": ["wait"]}, scale=Scale.likert(7), levels=["perception"])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "answers.csv")
    ...     _ = path.write_text("branch,P1\nnorth,6\nsouth,7\n", encoding="utf-8")
    ...     survey = read_survey(path, short, perception="P{n}", where={"branch": "north"})
    >>> len(survey)
    1
    """
    table, notes = read_table(Path(path), encoding=encoding, sheet=sheet)
    rows = kept(opened(without_user_missing(table, notes)), coded(where or {}, notes))
    groups = options.get("groups", ())
    frame = with_labels(rows.to_native(), notes, (groups,) if isinstance(groups, str) else groups)
    try:
        return Survey.from_frame(frame, instrument, **options)
    except SurveyError as error:
        if where and _ROWS.search(str(error)):
            error.remark = f"Rows are counted from 0 among the {len(frame)} rows that where= kept."
        raise


_ROWS = re.compile(r"\brows? \d")
