"""The chains that are ready to be fitted."""

import pytest

from servqual.catalogue import employee_satisfaction
from servqual.chain.graph import Chain
from servqual.plots.fonts import is_chinese


def test_the_chain_leads_from_inside_to_profit_and_growth() -> None:
    chain = Chain.service_profit()
    assert chain.constructs == (
        "internal_service_quality",
        "employee_satisfaction",
        "employee_loyalty",
        "employee_productivity",
        "customer_value",
        "customer_satisfaction",
        "customer_loyalty",
        "profit",
        "growth",
    )
    assert chain.exogenous == ("internal_service_quality",)
    for end in ("profit", "growth"):
        through = [{link.target for link in path} for path in chain.paths("internal_service_quality", end)]
        assert [names & {"employee_loyalty", "employee_productivity"} for names in through] == [
            {"employee_loyalty"},
            {"employee_productivity"},
        ]
        assert all({"customer_value", "customer_satisfaction", "customer_loyalty"} <= names for names in through)


def test_seven_factors_drive_employee_satisfaction_by_the_names_of_the_catalogue() -> None:
    chain, instrument = Chain.service_profit(drivers=True), employee_satisfaction()
    assert chain.exogenous == (*instrument.dimension_keys, "internal_service_quality")
    assert {link.source for link in chain.parents("employee_satisfaction")} == set(chain.exogenous)
    assert [chain.label(each.key) for each in instrument.dimensions] == [each.label for each in instrument.dimensions]
    assert chain.subset(Chain.service_profit().constructs) == Chain.service_profit()


def test_a_brand_is_a_chain_too() -> None:
    chain = Chain.brand()
    assert chain.exogenous == ("service_idea", "platform", "reach")
    assert {len(chain.paths(source, end)) for source in chain.exogenous for end in ("profit", "growth")} == {1}


@pytest.mark.parametrize("chain", [Chain.service_profit(drivers=True), Chain.brand()])
def test_every_construct_has_a_name_in_two_languages(chain: Chain) -> None:
    assert [name for name, _ in chain.labels] == list(dict.fromkeys(name for name, _ in chain.labels))
    assert {name for name, _ in chain.labels} == set(chain.constructs)
    assert all(is_chinese(chain.label(name).zh) and not is_chinese(chain.label(name).en) for name in chain.constructs)
    assert Chain.parse(str(chain), labels=chain.labels) == chain


def test_the_chinese_names_are_those_of_the_model() -> None:
    names = [Chain.service_profit().label(name).zh for name in Chain.service_profit().constructs]
    assert names == [
        "内部服务质量",
        "员工满意",
        "员工忠诚",
        "员工生产率",
        "客户价值",
        "客户满意",
        "客户忠诚",
        "利润",
        "增长",
    ]
