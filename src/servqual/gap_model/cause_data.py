"""The causes that the instruments of the catalogue measure, with the remedies that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from servqual.catalogue.antecedents import employee_antecedents, manager_antecedents
from servqual.gap_model.cause_words import Cause
from servqual.gap_model.gap_words import GapName
from servqual.gap_model.influence_words import Direction
from servqual.labels import Label

_GAPS: Mapping[GapName, tuple[str, ...]] = {
    GapName.KNOWLEDGE: ("market_research", "upward_communication", "management_levels", "customer_relations"),
    GapName.STANDARDS: (
        "management_commitment",
        "goal_setting",
        "task_standardization",
        "feasibility",
        "customer_indicators",
    ),
    GapName.DELIVERY: (
        "teamwork",
        "employee_job_fit",
        "technology_job_fit",
        "perceived_control",
        "supervisory_control",
        "role_conflict",
        "role_ambiguity",
        "service_skill",
    ),
    GapName.COMMUNICATION: ("horizontal_communication", "overpromising", "shown_effort", "customer_education"),
}
_LOWERING = {"management_levels", "role_conflict", "role_ambiguity", "overpromising"}

_REMEDIES: Mapping[str, tuple[Label, ...]] = {
    "market_research": (
        Label("ask customers what they expect, at fixed times, and act on it", "定期调查客户期望，并据此行动"),
        Label("bring managers to the counter some days a year", "安排管理者每年到一线服务几天"),
    ),
    "upward_communication": (
        Label("collect every week what contact employees hear", "每周收集一线员工听到的情况"),
        Label("answer every suggestion, and thank for bad news", "每条建议都答复，对报忧者致谢"),
    ),
    "management_levels": (
        Label("take out levels between the top and the counter", "减少高层与一线之间的层级"),
        Label("let the top talk with contact employees directly", "让高层直接与一线员工对话"),
    ),
    "customer_relations": (
        Label("know and look after existing customers, not new ones alone", "了解并维护老客户，而不只是拉新客户"),
        Label("review the accounts of customers who left", "复盘流失客户的情况"),
    ),
    "management_commitment": (
        Label("set aside money and people for service quality", "为服务质量专门安排资金和人手"),
        Label("tie the pay of managers to quality", "把管理者的报酬与质量挂钩"),
    ),
    "goal_setting": (
        Label("derive goals from what customers expect, and write them down", "从客户期望出发设定目标，并写成文字"),
        Label("measure whether goals are reached, and tell", "衡量目标是否达到，并反馈结果"),
    ),
    "task_standardization": (
        Label("agree on one way for each frequent task", "为每项常做的工作确定统一做法"),
        Label("let technology do the routine steps", "例行步骤交给技术完成"),
    ),
    "feasibility": (
        Label(
            "try the higher standard in one branch and show that it works", "先在一个网点试行高标准，用事实说明做得到"
        ),
        Label("redesign the service so that it can be met", "重新设计服务，使期望能够满足"),
    ),
    "customer_indicators": (
        Label("replace figures that customers do not feel", "换掉客户感受不到的指标"),
        Label("define indicators alike in all branches", "统一各网点的指标口径"),
    ),
    "teamwork": (
        Label("give teams common goals and a common reward", "为团队设定共同目标和共同奖励"),
        Label("let back office and counter change places for a day", "后台与一线换岗体验一天"),
    ),
    "employee_job_fit": (
        Label("hire for service, and test it before", "按服务要求招人，上岗前先考察"),
        Label("offer other work to whom the counter does not suit", "不适合一线的人，安排其他工作"),
    ),
    "technology_job_fit": (
        Label("ask those who use it before equipment is bought", "采购设备前先征求使用者的意见"),
        Label("mend the system that fails most often", "先修好最常出故障的系统"),
    ),
    "perceived_control": (
        Label("give power to act on the spot, within a stated amount", "在规定额度内授权员工当场处理"),
        Label("cut the approvals that customers wait for", "减少让客户等待的审批"),
    ),
    "supervisory_control": (
        Label("observe and reward how customers are treated", "观察并奖励善待客户的行为"),
        Label("weigh service beside sales in appraisals", "考核时服务与业绩并重"),
    ),
    "role_conflict": (
        Label("have standards made together by those who sell and those who serve", "由销售与服务人员共同制定标准"),
        Label("take away tasks that keep from serving", "去掉妨碍服务的任务"),
    ),
    "role_ambiguity": (
        Label("write down who does what, and train it", "写明职责分工，并加以培训"),
        Label("tell everybody how good the work was", "及时反馈每个人的工作表现"),
    ),
    "service_skill": (
        Label("train how to deal with customers, and repeat it", "开展并定期重复服务技能培训"),
        Label("pair beginners with the best", "让新人跟着优秀员工学"),
    ),
    "horizontal_communication": (
        Label("let operations agree before a campaign starts", "宣传推出之前先征得运营部门同意"),
        Label("hold one procedure in all departments and branches", "各部门、各网点执行同一流程"),
    ),
    "overpromising": (
        Label("promise what the standards keep, no more", "只承诺标准做得到的"),
        Label("test each promise against what was delivered", "用实际服务数据检验每项承诺"),
    ),
    "shown_effort": (
        Label("tell customers what is done for them unseen", "把看不见的付出告诉客户"),
        Label("confirm after the service what was kept", "服务之后确认已兑现的内容"),
    ),
    "customer_education": (
        Label("prepare customers for the process", "事先让客户了解服务流程"),
        Label("steer customers away from peaks", "引导客户避开高峰"),
    ),
}


def known_causes() -> tuple[Cause, ...]:
    """Return the 21 causes of Gaps 1 to 4 that the catalogue's two instruments measure, gap by gap.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48.

    Examples
    --------
    >>> [cause.key for cause in known_causes() if cause.gap == "gap_4"]
    ['horizontal_communication', 'overpromising', 'shown_effort', 'customer_education']
    """
    return tuple(_causes())


def _causes() -> Iterator[Cause]:
    sheets = (manager_antecedents(), employee_antecedents())
    labels = {each.key: each.label for sheet in sheets for each in sheet.dimensions}
    for gap, keys in _GAPS.items():
        for key in keys:
            direction = Direction.LOWERS if key in _LOWERING else Direction.RAISES
            yield Cause(key, gap, direction, labels[key], _REMEDIES[key])
