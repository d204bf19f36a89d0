"""Segments: each read as if it were alone, and tested for differences."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.study import KanoStudy
from servqual.statistics import Inapplicable, adjusted
from tests.satisfaction.kano_data import letters_of, of_letters, refusal, told
from tests.satisfaction.test_kano_intervals import same

NORTH = {"A": 30, "O": 10, "M": 5, "I": 5}
SOUTH = {"A": 10, "O": 10, "M": 25, "I": 5}


def both(**given: object) -> KanoStudy:
    letters = letters_of(NORTH) + letters_of(SOUTH)
    return of_letters(letters, groups={"branch": ["north"] * 50 + ["south"] * 50}, **given)


def test_a_segment_is_read_as_if_it_were_alone() -> None:
    study = both()
    reading = kano(study, by="branch", draws=100, rng=1)
    for name, counts in (("north", NORTH), ("south", SOUTH)):
        alone = kano(of_letters(letters_of(counts)), draws=100, rng=1)["it"]
        same(reading.of(name, "it"), alone)
    same(reading["it"], kano(study, draws=100, rng=1)["it"])
    assert [row.segment for row in reading.segments] == ["north", "south"]
    assert repr(reading.of("south", "it")) == "<KanoFeature it to south: must-be; better 0.40, worse -0.70>"


def test_segments_are_told_apart_by_pearsons_test() -> None:
    found = kano(both(), by="branch").difference("it")
    test = chi2_contingency([list(NORTH.values()), list(SOUTH.values())], correction=False)
    assert [float(found.chi_squared), float(found.df), float(found.p)] == pytest.approx(
        [test.statistic, test.dof, test.pvalue]
    )
    assert found.cramers_v == pytest.approx(np.sqrt(test.statistic / 100))
    assert found.least_expected == pytest.approx(test.expected_freq.min())
    assert found.differs is True
    assert found.rough is False
    assert str(found.p_simulated) == "no tables were drawn, which needs a seed"


def features(study_rng: int = 1) -> KanoStudy:
    """Five features and three segments; two people belong to none."""
    rng = np.random.default_rng(study_rng)
    functional, dysfunctional = rng.integers(1, 6, (2, 62, 5))
    functional[20:40, 0], dysfunctional[20:40, 0] = 1, 3
    labels = [*"a" * 20, *"b" * 20, *"c" * 20, None, None]
    return KanoStudy.from_arrays(functional, dysfunctional, features=list("vwxyz"), groups={"g": labels})


def test_too_few_tables_to_tell_any_difference_are_said() -> None:
    said = kano(features(), by="g", draws=50, rng=1).to_table("differences").notes
    assert "so few tables keep every p_adjusted at 0.098 or above: pass draws=100 or more" in said
    for how in ({"draws": 100}, {"draws": 50, "adjust": "bh"}):
        notes = kano(features(), by="g", rng=1, **how).to_table("differences").notes
        assert not any(note.startswith("so few tables") for note in notes)


def test_p_are_adjusted_over_the_features() -> None:
    for method in ("holm", "bh"):
        reading = kano(features(), by="g", adjust=method)
        p = [float(row.p) for row in reading.differences]
        wanted = adjusted(p, method)  # type: ignore[arg-type]
        assert [float(row.p_adjusted) for row in reading.differences] == pytest.approx(wanted)
        assert [row.differs for row in reading.differences] == [each <= 0.05 for each in wanted]
    notes = " ".join(note.en for note in kano(features(), by="g").told["differences"].notes)
    assert "segments by g: a, b, c; p adjusted over 5 features by Holm, level 0.05" in notes
    assert "respondents without a segment take no part: 2" in notes


def test_small_expected_counts_are_said() -> None:
    reading = kano(features(), by="g")
    table = reading.to_table("differences")
    for row in reading.differences:
        assert row.rough is (float(row.least_expected) < 1 or float(row.small_cells) > 0.2)
    assert any("p is rough where expected counts are small" in note for note in table.notes)
    assert any("rng=" in note for note in table.notes)
    chinese = reading.to_table("differences", language="zh")
    assert any("期望频数偏小" in note for note in chinese.notes)


def test_simulated_p_hold_where_expected_counts_are_small() -> None:
    reading = kano(features(), by="g", draws=4000, rng=2)
    assert any("p_adjusted is of these" in note for note in reading.to_table("differences").notes)
    assert any("go by p_simulated" in note for note in reading.to_table("differences").notes)
    p = [float(row.p_simulated) for row in reading.differences]
    assert [float(row.p_adjusted) for row in reading.differences] == pytest.approx(adjusted(p))
    large = kano(both(), by="branch", draws=4000, rng=2).difference("it")
    assert float(large.p_simulated) == pytest.approx(1 / 4001)
    assert [float(row.p_simulated) for row in kano(features(), by="g", draws=4000, rng=2).differences] == p


def test_sampling_weights_count_by_their_worth() -> None:
    weights = np.tile([0.5, 1.5], 50)
    found = kano(both(weights=weights), by="branch", rng=1, draws=10).difference("it")
    letters = np.array(list(letters_of(NORTH) + letters_of(SOUTH)))
    counts = []
    for rows in (slice(0, 50), slice(50, 100)):
        w, held = weights[rows], letters[rows]
        shares = np.array([w[held == each].sum() for each in "AOMI"]) / w.sum()
        counts.append(shares * w.sum() ** 2 / (w**2).sum())
    assert found.chi_squared == pytest.approx(chi2_contingency(counts, correction=False).statistic)
    assert str(found.p_simulated) == "it has no form for sampling weights"


def test_frequencies_are_repeated_rows_in_segments_too() -> None:
    frame = pd.DataFrame({"kano1_f": [1, 3, 1, 3], "kano1_d": [3, 5, 5, 3], "g": list("aabb"), "times": [6, 2, 3, 5]})
    long = frame.loc[np.repeat(frame.index, frame["times"])]
    one = kano(KanoStudy.from_frame(frame, groups="g", weights="times", weight_kind="frequency"), by="g", rng=4)
    other = kano(KanoStudy.from_frame(long, groups="g"), by="g", rng=4)
    assert one.difference("1") == other.difference("1")
    for name in "ab":
        same(one.of(name, "1"), other.of(name, "1"))


def test_a_feature_that_one_segment_did_not_answer_has_no_test() -> None:
    functional = np.array([[1.0], [1], [np.nan], [np.nan]])
    study = KanoStudy.from_arrays(functional, [[5]] * 4, groups={"g": [1, 1, 2, 2]})
    found = kano(study, by="g", rng=1).difference("1")
    assert found.segments == 1
    assert isinstance(found.p, Inapplicable)
    assert str(found.p) == str(found.p_simulated) == "fewer than two groups with answers"
    assert (found.rough, found.differs) == (None, None)
    alike = kano(of_letters("AAAA", groups={"g": [1, 1, 2, 2]}), by="g").difference("it")
    assert str(alike.p) == "all answers fall into one category"


def test_what_is_not_there_is_said() -> None:
    reading = kano(both(), by="branch")
    told(refusal(lambda: reading.of("nord", "it")), "segment: no 'nord'; segments are those of by=. Hint: did you mean")
    told(refusal(lambda: reading.of("north", "its")), "feature: no 'its'; it is a feature. Hint: did you mean it")
    told(refusal(lambda: reading.difference("its")), "feature: no difference of 'its'")
    plain = kano(of_letters("AO"))
    for ask in (
        lambda: plain.to_table("differences"),
        lambda: plain.to_table(by_segment=True),
        lambda: plain.to_frame("differences"),
        lambda: plain.difference("it"),
        lambda: plain.of("north", "it"),
    ):
        assert "kano(study, by=…)" in str(refusal(ask))
