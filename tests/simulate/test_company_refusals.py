"""Companies that cannot exist: everything that is wrong is said at once."""

from typing import Any

import pytest

from servqual.chain.graph import Chain
from servqual.errors import BackendError, SimulationError
from servqual.simulate.companies import company


def messages(*given: Any, **options: Any) -> list[str]:
    with pytest.raises(SimulationError) as caught:
        company(*given, **options)
    return [str(problem) for problem in caught.value.problems]


def test_everything_is_said_at_once() -> None:
    size = "it is a whole number of 1 or more, or a pair of them, the least first"
    hint = "for 20 to 30 in each branch and quarter pass (20, 30)"
    assert messages(
        1,
        0,
        0,
        (30, 20),
        coefficients={"customer_value -> customer_satisfacton": 0.3, "customer_loyalty -> profit": "high"},
        sources={"profits": "finance", "profit": "bank"},
        icc={"customer": 0.1, "employees": 0, "growth": 0.5},
        items=2.5,
        alpha=0,
        persistence=1.5,
        common_method=-0.1,
        likert="yes",
        missing=1,
        rng="seed",
    ) == [
        "rng: 'seed'; it is a seed, a whole number of 0 or more, or a numpy Generator.",
        "branches: 1; it is a whole number of 2 or more.",
        "quarters: 0; it is a whole number of 1 or more.",
        "items: 2.5; it is a whole number of 1 or more.",
        "alpha: 0; it lies above 0 and is at most 1.",
        "persistence: 1.5; it lies in 0..1.",
        "common_method: -0.1; it lies in 0..1.",
        "missing: 1; it is 0 or more and below 1.",
        "likert: 'yes'; it is True or False.",
        f"employees: 0; {size}. Hint: {hint}",
        f"customers: (30, 20); {size}. Hint: {hint}",
        (
            "coefficients: 'customer_value -> customer_satisfacton'; the chain has no such link. "
            "Hint: did you mean customer_value -> customer_satisfaction?"
        ),
        "coefficients customer_loyalty -> profit: 'high'; a standardised coefficient is a finite number.",
        "sources: 'profits'; the chain has no such construct. Hint: did you mean profit?",
        (
            "icc: 'customer'; there is no such construct or source. "
            "Hint: did you mean customers or customer_value or customer_loyalty?"
        ),
        "icc employees: 0; it lies above 0 and is at most 1.",
        (
            "construct profit: 'bank'; each construct is told by one of employees, customers, finance. "
            "Hint: sources={'profit': 'customers'}"
        ),
        "icc growth: 0.5; figures of finance are measured without error.",
    ]


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a chain in words": (
        {"chain": "a -> b"},
        "chain: 'a -> b'; it is a Chain. Hint: for example Chain.service_profit()",
    ),
    "an unknown source": (
        {"chain": Chain.parse("trust -> profit")},
        (
            "construct trust: unknown source; each construct is told by one of employees, customers, finance. "
            "Hint: sources={'trust': 'customers'}"
        ),
    ),
    "a bent link": (
        {"chain": Chain.parse("customer_value -> profit [log]")},
        "link customer_value -> profit [log]: form log; simulated links are straight.",
    ),
    "a feedback": (
        {"chain": Chain.parse("customer_value -> profit; profit -> customer_value [lag 1]")},
        (
            "link profit -> customer_value [lag 1]: a feedback; no construct acts back on its causes, not even later. "
            "Hint: leave the link out"
        ),
    ),
    "a lag longer than the panel": (
        {"chain": Chain.parse("customer_value -> profit [lag 8]")},
        (
            "link customer_value -> profit [lag 8]: lag 8; the company has 8 quarters. "
            "Hint: ask for more quarters than the longest lag"
        ),
    ),
    "more than all explained": (
        {"coefficients": {"customer_value -> customer_satisfaction": 1.1}},
        (
            "construct customer_satisfaction: 1.21 of its variance explained; what drives a construct explains less "
            "than all of its variance. Hint: make the coefficients of its links smaller"
        ),
    ),
    "a coefficient twice": (
        {
            "chain": Chain.parse("customer_value -> profit [lag 1]"),
            "coefficients": {"customer_value -> profit": 0.1, "customer_value -> profit [lag 1]": 0.2},
        },
        "coefficients customer_value -> profit: the same link twice; each link has one coefficient.",
    ),
    "sources in a list": ({"sources": ["finance"]}, "sources: ['finance']; sources are a mapping construct → source."),
    "one icc too many": ({"icc": 1.2}, "icc: 1.2; it lies above 0 and is at most 1."),
    "one coefficient in words": (
        {"coefficients": "strong"},
        "coefficients: 'strong'; a standardised coefficient is a finite number.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_simulated_is_refused(case: str) -> None:
    options, message = CASES[case]
    assert messages(**options) == [message]


def test_unknown_libraries_and_constructs_are_refused() -> None:
    with pytest.raises(BackendError):
        company(3, 1, 2, 2, backend="excel", rng=1)
    truth = company(3, 1, 2, 2, rng=1).truth
    with pytest.raises(
        SimulationError, match=r"construct: no 'profits'; the company has no such construct\. Hint: did"
    ):
        truth["profits"]
