"""The words of the gap model: what each gap is the difference of, alone and merged."""

import itertools

import pytest

from servqual.errors import ArgumentError, GapModelError
from servqual.gap_model.gap_words import CHAIN, LINKS, GapName, Station, StationGap


def test_the_links_lead_from_expected_to_perceived() -> None:
    ends = [(name.gap.standard, name.gap.level) for name in LINKS]
    assert ends == list(itertools.pairwise(CHAIN))
    service = GapName.SERVICE.gap
    assert (service.standard, service.level) == (CHAIN[0], CHAIN[-1])
    assert service.parts == LINKS
    promise = GapName.PROMISE.gap
    assert (promise.level, promise.standard, promise.parts) == ("delivered", "promised", (GapName.PROMISE,))


@pytest.mark.parametrize(("first", "last"), [*itertools.combinations(range(5), 2)])
def test_every_stretch_of_the_chain_is_a_gap_of_its_parts(first: int, last: int) -> None:
    gap = StationGap(CHAIN[last], CHAIN[first])
    assert gap.parts == LINKS[first:last]
    numbers = "_".join(str(number) for number in range(first + 1, last + 1))
    assert gap.key == ("gap_5" if (first, last) == (0, 4) else f"gap_{numbers}") == str(gap)
    assert (gap.name is None) == (last - first in {2, 3})
    assert gap.formula.en == f"{CHAIN[last]} − {CHAIN[first]}"


def test_everything_has_a_name_in_both_languages() -> None:
    for each in (*Station, *GapName):
        assert each.label.zh
        assert each.label.zh != each.label.en
    merged = StationGap(Station.DELIVERED, Station.UNDERSTOOD)
    assert (merged.label.en, merged.label.zh) == ("gaps 2 + 3", "差距2＋3")
    assert merged.formula.zh == "实际提供的服务 − 管理者对期望的认识"


def test_what_is_no_gap_is_refused() -> None:
    with pytest.raises(
        GapModelError, match="gap: expected − perceived; a gap is a level minus one that lies before it"
    ):
        StationGap(Station.EXPECTED, Station.PERCEIVED)
    with pytest.raises(GapModelError, match="gap: perceived − promised"):
        StationGap(Station.PERCEIVED, Station.PROMISED)
    assert GapName.of("gap_3") is GapName.DELIVERY
    with pytest.raises(ArgumentError, match=r"gap: 'gap_33'; a gap is one of gap_1, .* Hint: did you mean gap_3"):
        GapName.of("gap_33")
