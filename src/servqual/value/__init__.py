"""What service is worth: value to the customer, value of the customer, and the return on mending."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.value.margins import FirstMargin as FirstMargin, margin_multiple as margin_multiple
    from servqual.value.lifetime_results import LifetimeValue as LifetimeValue, RetentionGain as RetentionGain
    from servqual.value.lifetimes import lifetime_value as lifetime_value, retention_gain as retention_gain
    from servqual.value.cohorts import (
        Cohorts as Cohorts, cohort_retention as cohort_retention, shifted_beta_geometric as shifted_beta_geometric,
    )
    from servqual.value.cohort_results import CohortRetention as CohortRetention
    from servqual.value.histories import PurchaseHistories as PurchaseHistories
    from servqual.value.likelihood_fits import LikelihoodFit as LikelihoodFit
    from servqual.value.buying import bg_nbd as bg_nbd, gamma_gamma as gamma_gamma, future_values as future_values
    from servqual.value.profit_years import YearlyProfit as YearlyProfit
    from servqual.value.satisfaction_worth import (
        SatisfactionWorth as SatisfactionWorth, worth_of_satisfaction as worth_of_satisfaction,
    )
    from servqual.value.worth_results import ValueRow as ValueRow, ValueToCustomer as ValueToCustomer
    from servqual.value.worth_to_customers import BenefitUnit as BenefitUnit, value_to_customer as value_to_customer
    from servqual.value.word_of_mouth import WordOfMouth as WordOfMouth, WordOfMouthCourse as WordOfMouthCourse
    from servqual.value.projects import Project as Project, breakeven_retention as breakeven_retention
    from servqual.value.estimates import Estimate as Estimate
    from servqual.value.investments import QualityInvestment as QualityInvestment
    from servqual.value.return_results import Lever as Lever, ServiceReturn as ServiceReturn
    from servqual.value.returning import return_on_service as return_on_service
    from servqual.value.enough import (
        Improvement as Improvement, Aspiration as Aspiration, enough_is_enough as enough_is_enough,
    )
    from servqual.value.enough_results import AspirationRow as AspirationRow, Enough as Enough
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "margins": ("FirstMargin", "margin_multiple"),
            "lifetime_results": ("LifetimeValue", "RetentionGain"),
            "lifetimes": ("lifetime_value", "retention_gain"),
            "cohorts": ("Cohorts", "cohort_retention", "shifted_beta_geometric"),
            "cohort_results": ("CohortRetention",),
            "histories": ("PurchaseHistories",),
            "likelihood_fits": ("LikelihoodFit",),
            "buying": ("bg_nbd", "gamma_gamma", "future_values"),
            "profit_years": ("YearlyProfit",),
            "satisfaction_worth": ("SatisfactionWorth", "worth_of_satisfaction"),
            "worth_results": ("ValueRow", "ValueToCustomer"),
            "worth_to_customers": ("BenefitUnit", "value_to_customer"),
            "word_of_mouth": ("WordOfMouth", "WordOfMouthCourse"),
            "projects": ("Project", "breakeven_retention"),
            "estimates": ("Estimate",),
            "investments": ("QualityInvestment",),
            "return_results": ("Lever", "ServiceReturn"),
            "returning": ("return_on_service",),
            "enough": ("Improvement", "Aspiration", "enough_is_enough"),
            "enough_results": ("AspirationRow", "Enough"),
        },
    )
