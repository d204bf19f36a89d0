"""An audit of how a company manages what it promises: sixteen tactics in four families."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_TACTICS = {
    "promises": (
        Label("Our advertising shows what the service does for the customer", "我们的广告讲清了服务能给顾客带来什么"),
        Label("All our messages to the outside say the same", "我们对外的各种宣传口径一致"),
        Label("We promise only what operations can keep", "我们只承诺运营部门做得到的事"),
        Label("We guarantee the service and pay when we fail", "我们对服务作出保证,做不到就赔偿"),
    ),
    "expectations": (
        Label("Customers may choose between forms of the service", "顾客可以在不同的服务方式之间选择"),
        Label("We offer levels of service at different prices", "我们按价格提供不同等级的服务"),
        Label("We tell customers by which criteria and levels to judge us", "我们告诉顾客该用什么标准和水平来评价服务"),
        Label("We talk wishes that cannot be met down to what can", "遇到不切实际的期望,我们会与顾客商量"),
    ),
    "education": (
        Label("Customers are prepared for what will happen", "事先让顾客了解服务的过程"),
        Label("We show customers that the standard was kept", "我们让顾客看到服务达到了标准"),
        Label("After the sale we make clear what can be expected", "成交之后,我们会再说明可以期待什么"),
        Label("We lead customers away from busy hours", "我们引导顾客避开高峰时段"),
    ),
    "internal": (
        Label("Management and the front line talk with each other", "管理层与一线员工沟通顺畅"),
        Label("Marketing and operations agree before we promise", "作出承诺之前,营销与运营先商定"),
        Label("Those in the back office know our customers", "后台人员了解我们的顾客"),
        Label("Teams from several departments serve the customer", "由跨部门的团队为顾客服务"),
    ),
}

_FAMILIES = {
    "promises": Label("manage promises", "管理承诺"),
    "expectations": Label("manage expectations", "管理期望"),
    "education": Label("educate customers", "教育顾客"),
    "internal": Label("manage internal communication", "管理内部沟通"),
}


def promise_audit() -> Instrument:
    """Audit of promise management (integrated service communication): sixteen tactics in four families, five points.

    Manage promises (effective advertising, coordinated outside communication, realistic promises, guarantees), manage
    expectations (choices, tiers of service, criteria and levels told, unrealistic wishes negotiated), educate customers
    (prepared for the process, performance confirmed, expectations clarified after the sale, led away from peaks),
    manage internal communication (vertical, horizontal, back office, teams across departments). Managers and contact
    employees answer; `servqual.operations.audit_promises` reads it.

    Notes
    -----
    The families and the sixteen tactics are recalled; the statements are our own: see ``status``.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48 (communication as a source of the gap between
    what is delivered and what is promised).

    Examples
    --------
    >>> promise_audit()
    <Instrument 'promise-audit': 16 items, 4 dimensions, 1..5; perception>
    """
    return Instrument.define(
        "promise-audit",
        _TACTICS,
        scale=Scale.likert(5),
        levels=(Level.PERCEPTION,),
        label=Label("Audit of promise management", "承诺管理检查"),
        labels=_FAMILIES,
        citation="Communication and promises as in Zeithaml, Berry & Parasuraman 1988, Journal of Marketing "
        "52(2):35-48",
        status="Nothing is verified in a source. Recalled: the four families and their sixteen tactics (sure). The "
        "statements are our own; there are no norms.",
    )
