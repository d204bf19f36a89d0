"""What is raised where a law is broken, or named that does not exist."""

from servqual.errors import ServqualError


class LawBroken(ServqualError, AssertionError):  # noqa: N818 - what is said of a model, and an AssertionError to pytest
    """A law that a scoring model does not keep, with what shows it."""


class UnknownLawError(ServqualError, LookupError):
    """A name that no law has, or an expected failure without its reason."""
