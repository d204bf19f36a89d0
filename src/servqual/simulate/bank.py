"""`example`: the embedded survey, of a bank that does not exist."""

from __future__ import annotations

from servqual.catalogue import servqual
from servqual.simulate.answering import survey
from servqual.survey import Survey

_RESPONDENTS = 400
_SEED = 1988
_PERCEIVED = {"tangibles": 5.4, "reliability": 4.7, "responsiveness": 4.6, "assurance": 5.5, "empathy": 4.8}
_EXPECTED = {"tangibles": 5.2, "reliability": 6.3, "responsiveness": 6.0, "assurance": 6.0, "empathy": 5.5}
_POINTS = {"tangibles": 11.0, "reliability": 32.0, "responsiveness": 22.0, "assurance": 19.0, "empathy": 16.0}
_BRANCHES = {
    "Harbour": {"tangibles": -0.5, "reliability": 0.4, "responsiveness": 0.5, "assurance": 0.2, "empathy": 0.5},
    "Market": {"tangibles": 0.1, "reliability": 0.1, "responsiveness": -0.1, "assurance": 0.1, "empathy": 0.0},
    "Station": {"tangibles": 0.4, "reliability": -0.4, "responsiveness": -0.7, "assurance": -0.2, "empathy": -0.4},
}


def example() -> Survey:
    """The embedded example: 400 simulated customers of a bank with three branches answer SERVQUAL; 2 % is missing.

    Perceptions and expectations of 22 items on seven points, grouped by ``branch``, with importance in 100 points. The
    answers are simulated, the same on every call. Customers of the branch Harbour get better service in poorer rooms
    than those of Station; mean gaps of the branches differ from those of the bank by what `survey` calls shifts. The
    mean points of importance are those commonly cited for American service firms.

    References
    ----------
    Zeithaml, Parasuraman & Berry 1990, Delivering Quality Service (importance of the dimensions).

    Examples
    --------
    >>> example()
    <Survey of 'servqual': 400 respondents × 22 items; perception, expectation>
    """
    return survey(
        servqual(),
        _RESPONDENTS,
        means={"perception": _PERCEIVED, "expectation": _EXPECTED},
        sd={"perception": 1.3, "expectation": 1.0},
        groups={"branch": _BRANCHES},
        missing=0.02,
        importance=_POINTS,
        rng=_SEED,
    )
