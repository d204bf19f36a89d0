"""48 raters in six unequal groups, four items on five points, and what R's multilevel 2.7 says of them.

Made for this purpose and read in R by ``rwg(q1, g)``, ``rwg.j(q, g)``, ``rwg.j.lindell(q, g)``,
``awg(q1, g, c(1, 5))``, ``awg(q, g, c(1, 5))``, ``ad.m(q, g)`` and ``ad.m(q, g, type = "median")``; the numbers have
twelve decimals.
"""

import numpy as np

# One group a line; of each rater the answers to four items.
GROUPS = (
    "4224 3444 4254 2333 4454 4343 5342 4455",
    "2434 4134 5225 3342 2222 1243 2242 3233",
    "5454 5554 4335 5254 5144 4542 3534 3554",
    "2231 2121 2343 2433 3235 3234 2535 2241",
    "4433 4435 4553 3354 3535 4443",
    "2221 2144 1322 3141 4312 1322 2333 2223 2423 1333",
)
ANSWERS = np.array([[int(each) for each in rater] for group in GROUPS for rater in group.split()], np.float64)
CODES = np.repeat(np.arange(6), [len(group.split()) for group in GROUPS])

EXPECTED = {
    "rwg_q1": (0.607142857143, 0.178571428571, 0.607142857143, 0.892857142857, 0.866666666667, 0.555555555556),
    "rwgj": (0.839669421488, 0.76660341556, 0.730575176589, 0.670366259711, 0.883263009845, 0.822151224707),
    "rwgj_lindell": (0.566964285714, 0.450892857143, 0.404017857143, 0.337053571429, 0.654166666667, 0.536111111111),
    "awg_q1": (0.6, 0.269841269841, 0.435897435897, 0.890909090909, 0.875, 0.466666666667),
    "awg_j": (0.555131143366, 0.501774042951, 0.305564001216, 0.407870560812, 0.635578836798, 0.524615384615),
    "ad_mean": (0.6875, 0.796875, 0.8203125, 0.8125, 0.666666666667, 0.75),
    "ad_median": (0.625, 0.75, 0.78125, 0.71875, 0.625, 0.7),
}
