"""The first thing that this room imports: it says what to install where Hypothesis is not there."""

from servqual.errors import MissingExtraError, Problem

try:
    import hypothesis  # noqa: F401 - only whether it is there
except ImportError as error:
    remedy = "pip install 'servqual[testing]'"
    raise MissingExtraError(Problem("hypothesis", "not installed", "servqual.testing needs it", remedy)) from error
