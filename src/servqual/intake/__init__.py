"""Ways in: frames in wide and long form, and matrices, to the parts of a survey."""

from servqual.intake.coded import Grouping
from servqual.intake.long import LongColumns, read_long
from servqual.intake.matrices import Beside, read_matrices
from servqual.intake.sides import SurveyParts
from servqual.intake.wide import Options, read_wide

__all__ = ["Beside", "Grouping", "LongColumns", "Options", "SurveyParts", "read_long", "read_matrices", "read_wide"]
