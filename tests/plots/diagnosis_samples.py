"""Diagnoses to be drawn: with a planted cause, and without antecedents."""

import numpy as np

from servqual.gap_model.diagnosing import diagnose
from tests.gap_model.companies import chain
from tests.gap_model.units import drawn

LEVELS = np.array([[6.2, 6.2], [6.0, 6.1], [5.9, 6.0], [4.6, 5.2], [4.9, 5.5]])
MODEL = chain(LEVELS, np.full((5, 2), 0.05), 50)
GAPS, CAUSES = drawn(5, 40, {("gap_3", "role_conflict"): -1.0, ("gap_3", "teamwork"): -0.8})

FULL = diagnose(MODEL, CAUSES, units=GAPS)
PLAIN = diagnose(MODEL)
