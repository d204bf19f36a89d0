"""Student's sleep data, ten patients under two drugs, and what R says of the differences, second minus first.

Data: R's `sleep` (Student 1908, Biometrika 6:20). Results: computed with R 4.2.2, t.test(paired = TRUE) and
wilcox.test(paired = TRUE) with exact = FALSE, correct = TRUE and FALSE; effect sizes from R's mean, sd and cor.
"""

from typing import Final

import numpy as np

FIRST: Final = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND: Final = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
DIFFERENCES: Final = SECOND - FIRST

R: Final = {
    "mean_diff": 1.58,
    "t": 4.06212768338,
    "df": 9.0,
    "p": 0.00283289019738,
    "ci95_lower": 0.700114236723,
    "ci95_upper": 2.45988576328,
    "dz": 1.28455756259,
    "dav_mean_of_sds": 0.833496341313,
    "dav_root_mean_var": 0.83218108135,
    "drm": 0.822176638386,
    "wilcoxon_V": 45.0,
    "wilcoxon_p_normal_cc": 0.00909069801593,
    "wilcoxon_p_normal_nocc": 0.00763244164821,
}
