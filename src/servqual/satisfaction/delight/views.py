"""The views of a Kano reading: which columns each shows, and which notes belong to it."""

from __future__ import annotations

from servqual.satisfaction.delight.words import CATEGORIES

COUNTS = tuple(str(each) for each in CATEGORIES)
# View → which told table it is of, and its columns; frames have everything.
VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "categories": (
        "features",
        (
            "segment", "feature", "n", *COUNTS, "mode", "majority", "leading", "category_strength", "total_strength",
            "matters", "clear", "stability",
        ),
    ),
    "coefficients": (
        "features",
        (
            "segment", "feature", "mode", "better", "better_low", "better_high", "better_boot_low", "better_boot_high",
            "worse", "worse_low", "worse_high", "worse_boot_low", "worse_boot_high",
        ),
    ),
    "tests": (
        "features",
        ("segment", "feature", "n", "mode", "fong_difference", "fong_bound", "fong_p", "clear", "leading", "stability"),
    ),
    "positions": (
        "features",
        (
            "segment", "feature", "n", "functional", "functional_low", "functional_high", "dysfunctional",
            "dysfunctional_low", "dysfunctional_high", "position", "mode",
        ),
    ),
    "importance": (
        "features",
        (
            "segment", "feature", "mode", "better", "worse", "importance_n", "importance", "importance_low",
            "importance_high",
        ),
    ),
    "shares": ("shares", ("segment", "feature", "category", "count", "share", "low", "high")),
    "differences": (
        "differences",
        (
            "feature", "segments", "chi_squared", "df", "p", "p_simulated", "p_adjusted", "cramers_v", "least_expected",
            "small_cells", "rough", "differs",
        ),
    ),
}  # fmt: skip
_SIDES = ("weights", "missing")
TOPICS: dict[str, tuple[str, ...]] = {
    "categories": ("table", "tied", "leading", "matters", "fong", "resamples", *_SIDES),
    "coefficients": ("table", "coefficients", "resamples", *_SIDES),
    "tests": ("table", "fong", "leading", "resamples", *_SIDES),
    "positions": ("means", "table", *_SIDES),
    "importance": ("table", "means", *_SIDES),
    "shares": ("table", "shares", *_SIDES),
    "differences": (),
}
