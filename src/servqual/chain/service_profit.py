"""Two chains of the literature, ready to be fitted: the service-profit chain and a model of a service brand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from servqual.labels import Label

SERVICE_PROFIT = """
internal_service_quality -> employee_satisfaction
employee_satisfaction -> employee_loyalty
employee_satisfaction -> employee_productivity
employee_loyalty -> customer_value
employee_productivity -> customer_value
customer_value -> customer_satisfaction -> customer_loyalty
customer_loyalty -> profit
customer_loyalty -> growth
"""

BRAND = """
service_idea -> satisfaction
platform -> satisfaction
reach -> satisfaction
satisfaction -> profit
satisfaction -> growth
"""

_MONEY = {"profit": Label("profit", "利润"), "growth": Label("growth", "增长")}

SERVICE_PROFIT_LABELS: Mapping[str, Label] = MappingProxyType(
    {
        "internal_service_quality": Label("internal service quality", "内部服务质量"),
        "employee_satisfaction": Label("employee satisfaction", "员工满意"),
        "employee_loyalty": Label("employee loyalty", "员工忠诚"),
        "employee_productivity": Label("employee productivity", "员工生产率"),
        "customer_value": Label("customer value", "客户价值"),
        "customer_satisfaction": Label("customer satisfaction", "客户满意"),
        "customer_loyalty": Label("customer loyalty", "客户忠诚"),
        **_MONEY,
    }
)

DRIVER_LABELS: Mapping[str, Label] = MappingProxyType(
    {
        "job": Label("the job itself", "工作本身"),
        "training": Label("training", "培训"),
        "pay": Label("pay", "薪酬"),
        "promotion": Label("fair promotion", "公平晋升"),
        "respect": Label("respect and dignity", "尊重"),
        "teamwork": Label("teamwork", "团队合作"),
        "welfare": Label("the company's care for well-being", "公司对员工福利的关心"),
    }
)

DRIVERS = "; ".join(f"{driver} -> employee_satisfaction" for driver in DRIVER_LABELS)

BRAND_LABELS: Mapping[str, Label] = MappingProxyType(
    {
        "service_idea": Label("service idea", "服务理念"),
        "platform": Label("service platform", "服务平台"),
        "reach": Label("reach", "覆盖面"),
        "satisfaction": Label("satisfaction", "满意"),
        **_MONEY,
    }
)
