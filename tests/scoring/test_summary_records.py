"""A summary goes into JSON and comes back the same; what does not belong in it is refused."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import pytest
from attrs import frozen

from servqual import (
    Difference,
    EvaluatedPerformance,
    Level,
    PerformanceOnly,
    Scale,
    Summary,
    Survey,
    Weighted,
    summarize,
)
from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import RecordError
from tests.scoring.hall import HALL, study

STUDY = study(50, seed=21)
SUMMARY = summarize(STUDY.survey("branch", "wave", "weights", "visit"), Difference(), by=["branch", "wave"])


@frozen
class Ratio:
    """Perception relative to expectation; 1 means "as expected"."""

    reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION, Level.EXPECTATION})
    power: float = 1.0
    shape: tuple[int, ...] = (1, 2)

    def item_scores(self, answers: Answers, /) -> Floats:
        return (answers[Level.PERCEPTION] / answers[Level.EXPECTATION]) ** self.power

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return (scale.low / scale.high) ** self.power, (scale.high / scale.low) ** self.power


MADE = {
    "plain": summarize(STUDY.survey(), Difference()),
    "grouped": SUMMARY,
    "frequencies": summarize(STUDY.survey("frequencies"), PerformanceOnly(), min_answered=0.75),
    "without a model": summarize(STUDY.survey("branch"), by="branch"),
    "models": summarize(
        STUDY.survey(), Difference(against=Level.EXPECTATION), EvaluatedPerformance(ideal=6),
        EvaluatedPerformance(ideal=7), Weighted(EvaluatedPerformance(ideal=5), points=(1, 2, 3)),
    ),
    "unpaired": summarize(
        Survey.unpaired(perception=STUDY.survey("branch"), expectation=STUDY.survey("branch")), Difference(),
        by="branch",
    ),
    "counts": Summary.from_counts(HALL, perception=np.ones((8, 7)), missing={"perception": np.arange(8)}),
}  # fmt: skip


@pytest.mark.parametrize("summary", MADE.values(), ids=MADE)
def test_json_brings_back_the_same_summary(summary: Summary) -> None:
    again = Summary.from_json(summary.to_json())
    assert again.to_dict() == summary.to_dict()
    assert repr(again) == repr(summary)
    assert (again.levels, again.models, again.rules) == (summary.levels, summary.models, summary.rules)
    assert (again.by, again.weight_kind, again.instrument) == (summary.by, summary.weight_kind, summary.instrument)
    assert str(again.answers_table()) == str(summary.answers_table())
    for model in summary.models:
        one, other = again.table(model, summary.by), summary.table(model, summary.by)
        assert [one[name] for name in ("score", "n", "missing", *summary.by)] == [
            other[name] for name in ("score", "n", "missing", *summary.by)
        ]
        for name in ("mean", "sd", "se", "low", "high"):
            np.testing.assert_allclose(np.array(one[name], float), np.array(other[name], float), rtol=1e-13)
    assert len(again + summary) == 2 * len(summary)


def test_the_text_is_strict_json() -> None:
    def never(name: str) -> None:
        pytest.fail(name)

    assert json.loads(SUMMARY.to_json(), parse_constant=never) == SUMMARY.to_dict()


def test_models_of_ones_own_are_named_when_they_are_read() -> None:
    for model in (Ratio(power=2), Weighted(Ratio(power=0.5, shape=(3,)), points=(1, 1, 1))):
        summary = summarize(STUDY.survey(), model)
        again = Summary.from_json(summary.to_json(), models=[Ratio])
        assert again.models == (model,)
        assert again.table().columns == summary.table().columns
        with pytest.raises(
            ValueError, match=r"model: 'Ratio'; .* Hint: pass models=\(Ratio,\) if it is yours"
        ) as caught:
            Summary.from_json(summary.to_json())
        assert isinstance(caught.value, RecordError)


def test_a_model_without_fields_to_list_is_not_saved() -> None:
    class Plain:
        reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION})

        def item_scores(self, answers: Answers, /) -> Floats:
            return answers[Level.PERCEPTION]

        def bounds(self, scale: Scale, /) -> tuple[float, float]:
            return scale.low, scale.high

    summary = summarize(STUDY.survey(), Plain())
    with pytest.raises(RecordError, match=r"model Plain: not an attrs class; .* Hint: decorate it with @frozen"):
        summary.to_json()


def changed(*path: Any, value: Any = ..., gone: bool = False) -> dict[str, Any]:
    """The record with one thing in it changed, added or gone."""
    record = json.loads(SUMMARY.to_json())
    place = record
    for step in path[:-1]:
        place = place[step]
    if gone:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return record


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (changed("rowz", value=1), r"\$: 'rowz'; unknown keys are refused"),
        (changed("modles", value=1), r"'modles'; unknown keys are refused. Hint: did you mean models\?"),
        (changed("groups", 0, "rowz", value=1), r"groups: 'rowz'; unknown keys are refused. Hint: did you mean rows\?"),
        (changed("groups", 0, "parts", 0, 0, "moment", value=1), r"'moment'; .* did you mean moments\?"),
        (changed("groups", 0, "parts", 0, 0, "moments", "sum3", value=[]), r"sum3: unknown; .* did you mean sum"),
        (changed("groups", 0, "tallies", "perception", "x", value=1), "x: unknown"),
        (changed("models", 0, "kind", value=1), "models: 'kind'; unknown keys are refused"),
        (changed("models", 0, "fields", "agains", value=1), "model Difference: .*agains"),
        (changed("instrument", "nam", value="x"), r"unknown key 'nam'.*did you mean name\?"),
    ],
)
def test_unknown_keys_are_refused(record: dict[str, Any], found: str) -> None:
    with pytest.raises(ValueError, match=found) as caught:
        Summary.from_dict(record)
    assert isinstance(caught.value, RecordError)


@pytest.mark.parametrize("key", [*SUMMARY.to_dict()])
def test_missing_keys_are_refused(key: str) -> None:
    with pytest.raises(RecordError, match=rf"\$: no {key}; the record has this key"):
        Summary.from_dict(changed(key, gone=True))


@pytest.mark.parametrize(
    "path",
    [
        ("groups", 0, "rows"),
        ("groups", 0, "labels"),
        ("groups", 0, "parts", 0, 0, "clusters"),
        ("groups", 0, "tallies", "perception", "counts"),
        ("models", 0, "fields"),
        ("instrument", "name"),
    ],
)
def test_keys_that_are_missing_deeper_are_refused(path: tuple[Any, ...]) -> None:
    with pytest.raises(RecordError):
        Summary.from_dict(changed(*path, gone=True))


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (changed("schema", value=1), r"\$.schema: 1; this version reads schema 2"),
        (changed("schema", value="1"), r"\$.schema: '1'"),
        (changed("by", value="branch"), r"\$.by: 'branch'; a list of texts is wanted here"),
        (changed("by", value=["branch"]), r"2 labels and 1 sums; a group has a label for each grouping column \(1\)"),
        (changed("levels", value=["perceived"]), "'perceived'; there is no such level"),
        (changed("min_answered", value=7), "min_answered: 7"),
        (changed("min_answered", value="half"), "min_answered: 'half'"),
        (changed("weight_kind", value="weekly"), "weekly"),
        (changed("models", value=[{"model": "Diference", "fields": {}}]), r"'Diference'; .* did you mean Difference\?"),
        (changed("models", value=["Difference"]), "a record is a dictionary"),
        (changed("models", value=[]), r"sums for each model \(0\)"),
        (changed("groups", value=3), "values are as Summary.to_dict writes them"),
        (changed("groups", 0, "parts", 0, 0, "moments", "n", value="x"), "n: "),
        ([1, 2], "a record is a dictionary"),
        ("summary", "a record is a dictionary"),
        (None, "a record is a dictionary"),
    ],
)
def test_values_are_read_strictly(record: Any, found: str) -> None:
    with pytest.raises(RecordError, match=found):
        Summary.from_dict(record)


@pytest.mark.parametrize("text", ["{", "[1]", '{"schema": 1, "schema": 1}', ""])
def test_texts_that_are_no_record(text: str) -> None:
    with pytest.raises(RecordError):
        Summary.from_json(text)


@pytest.mark.parametrize(
    ("text", "keys"), [('{"a": 1}', "a"), ("{}", "none"), ('{"schema": 1, "levels": []}', "schema, levels")]
)
def test_what_is_no_summary_at_all_is_called_so(text: str, keys: str) -> None:
    with pytest.raises(RecordError) as caught:
        Summary.from_json(text)
    assert str(caught.value) == (
        f"this: not a saved Summary, its keys are {keys}; a saved summary has schema, instrument, levels, models, "
        "min_answered, by, weight_kind, replicates, seed, groups. Hint: read what to_json() wrote"
    )


def test_a_record_is_not_changed_by_reading_it() -> None:
    record = SUMMARY.to_dict()
    before = json.dumps(record)
    make: Callable[[], Summary] = lambda: Summary.from_dict(record)  # noqa: E731
    assert make().to_dict() == make().to_dict()
    assert json.dumps(record) == before
