"""Keys as numbers, and bootstrap sums whose draws belong to the respondent."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics._arguments import ArgumentError
from servqual.statistics.key_numbers import respondent_keys
from servqual.statistics.replicates import Replicates, poisson_counts


def fnv(text: str) -> int:
    """FNV-1a over characters, then SplitMix64, one by one in Python's own integers."""
    value = 0xCBF29CE484222325
    for character in text:
        value = (value ^ ord(character)) * 0x100000001B3 % 2**64
    return split_mix(value)


def split_mix(value: int) -> int:
    value = (value + 0x9E3779B97F4A7C15) % 2**64
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB % 2**64
    return value ^ (value >> 31)


def test_the_first_numbers_of_split_mix_are_the_published_ones() -> None:
    # the generator of Vigna's splitmix64.c with state 0 hands these out first; its n-th number is that of (n − 1) steps
    step = 0x9E3779B97F4A7C15
    found = [split_mix(step * place % 2**64) for place in range(2)]
    assert found == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]


class TestKeys:
    @given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
    def test_texts_are_hashed_one_by_one(self, texts: list[str]) -> None:
        assert respondent_keys(np.array(texts, dtype=object)).tolist() == [fnv(text) for text in texts]

    @given(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1))
    def test_whole_numbers_go_by_value_whatever_their_type(self, numbers: list[int]) -> None:
        expected = [split_mix(number % 2**64) for number in numbers]
        for kind in (np.int32, np.int64, np.float64, object):
            assert respondent_keys(np.array(numbers, dtype=kind)).tolist() == expected

    def test_a_text_does_not_depend_on_its_neighbours(self) -> None:
        assert respondent_keys(["a", "a long neighbour"])[0] == respondent_keys(["a"])[0]

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ([1.0, np.nan, 3.0], "1 missing, first in row 1; every respondent has a key"),
            (np.array(["a", None], dtype=object), "1 missing, first in row 1"),
            ([1.5, 2.0], "1.5 in row 0; keys are whole numbers"),
            ([[1], [2]], "there is one key for each row"),
            (np.array([1, "a"], dtype=object), "values of int, str; keys are whole numbers or texts, the same for all"),
            ([1j], "keys are whole numbers or texts"),
        ],
    )
    def test_refused(self, values: object, message: str) -> None:
        with pytest.raises(ArgumentError, match=message):
            respondent_keys(values)  # type: ignore[arg-type]


class TestCounts:
    def test_they_are_poisson_with_mean_one(self) -> None:
        counts = poisson_counts(respondent_keys(np.arange(20_000)), 20, seed=3)
        seen = np.bincount(counts.ravel(), minlength=6)
        expected = stats.poisson(1).pmf(np.arange(6)) * counts.size
        expected[5] = stats.poisson(1).sf(4) * counts.size
        assert stats.chisquare([*seen[:5], seen[5:].sum()], expected).pvalue > 1e-4

    def test_replicates_and_respondents_are_independent(self) -> None:
        counts = poisson_counts(respondent_keys(np.arange(20_000)), 20, seed=3).astype(float)
        across = np.corrcoef(counts.T)[np.triu_indices(20, 1)]
        assert np.abs(across).max() < 5 / np.sqrt(20_000)
        assert abs(np.corrcoef(counts[:-1, 0], counts[1:, 0])[0, 1]) < 5 / np.sqrt(20_000)

    def test_another_seed_draws_others(self) -> None:
        keys = respondent_keys(np.arange(100))
        assert (poisson_counts(keys, 4, 0) != poisson_counts(keys, 4, 1)).any()

    def test_more_replicates_begin_with_the_fewer(self) -> None:
        keys = respondent_keys(np.arange(50))
        np.testing.assert_array_equal(poisson_counts(keys, 7, 5), poisson_counts(keys, 20, 5)[:, :7])


class TestReplicates:
    @given(st.data())
    def test_parts_in_any_order_are_the_whole(self, data: st.DataObject) -> None:
        rows = data.draw(st.integers(1, 40))
        order = np.array(data.draw(st.permutations(range(rows))), dtype=np.intp)
        cut = data.draw(st.integers(0, rows))
        rng = np.random.default_rng(rows)
        values, weights = rng.normal(4, 1, (rows, 3)), rng.uniform(0.5, 2, rows)
        values[rng.random((rows, 3)) < 0.2] = np.nan
        keys = respondent_keys(rng.integers(0, 30, rows))
        whole = Replicates.of(values, keys, 10, weights, 4.0)
        parts = [
            Replicates.of(values[part], keys[part], 10, weights[part], 4.0, block=7)
            for part in (order[cut:], order[:cut])
        ]
        merged = sum(parts[1:], parts[0])
        np.testing.assert_allclose(merged.weight, whole.weight, rtol=1e-12)
        np.testing.assert_allclose(merged.sum1, whole.sum1, rtol=1e-9, atol=1e-12)
        assert merged.rows == rows

    def test_sums_are_those_of_a_loop(self) -> None:
        rng = np.random.default_rng(1)
        values, keys = rng.normal(size=(30, 2)), respondent_keys(np.arange(30))
        counts = poisson_counts(keys, 5, 0)
        expected = [[np.average(values[:, column], weights=counts[:, draw]) for column in (0, 1)] for draw in range(5)]
        np.testing.assert_allclose(Replicates.of(values, keys, 5).means, expected)

    def test_the_interval_holds_the_standard_error(self) -> None:
        values = np.random.default_rng(2).normal(size=(5000, 1))
        found = Replicates.of(values, respondent_keys(np.arange(5000)), 1000)
        assert found.means.std() * np.sqrt(5000) == pytest.approx(values.std(), rel=0.1)
        low, high = found.interval()
        assert (high - low)[0] * np.sqrt(5000) == pytest.approx(2 * 1.96, rel=0.12)

    def test_nobody_answered(self) -> None:
        found = Replicates.of(np.full((3, 1), np.nan), respondent_keys([1, 2, 3]), 4)
        assert np.isnan(found.means).all()
        assert np.isnan(found.interval().low).all()

    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        with pytest.raises(ArgumentError) as caught:
            Replicates.of(np.ones((3, 1)), np.arange(2), 1, seed=-1)  # type: ignore[arg-type]
        assert [problem.place for problem in caught.value.problems if not isinstance(problem, str)] == [
            "keys", "replicates", "seed",
        ]  # fmt: skip

    def test_the_record_is_read_back(self) -> None:
        found = Replicates.of(np.array([[1.0], [2.0]]), respondent_keys([1, 2]), 3, seed=9)
        again = Replicates.from_dict(found.to_dict())
        np.testing.assert_array_equal(again.sum1, found.sum1)
        assert (again.seed, again.rows) == (9, 2)
