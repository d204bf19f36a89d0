"""Instruments of why the gaps inside a company arise, as managers and as contact employees see it."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_OF_MANAGERS = {
    "market_research": (
        Label("We ask customers regularly what they expect", "我们定期了解客户期望什么"),
        Label("What customers told us is used when we decide", "做决定时,我们会用到客户调查的结果"),
        Label("I meet customers myself", "我自己会去接触客户"),
    ),
    "upward_communication": (
        Label("Those who serve customers tell us what they hear", "一线员工会把听到的情况告诉我们"),
        Label("I ask contact employees how service could be better", "我会向一线员工征求改进服务的意见"),
        Label("Bad news from the counter reaches the top", "一线的坏消息能传到高层"),
    ),
    "management_levels": (
        Label("Many levels lie between the top and those who serve customers", "高层与一线之间隔着很多层级"),
        Label("What is said at the counter changes on its way up", "一线的话传到上面就变了样"),
    ),
    "customer_relations": (
        Label("We look after existing customers as much as after new ones", "我们对老客户和对新客户一样用心"),
        Label("We know who our most important customers are", "我们清楚最重要的客户是谁"),
        Label("We keep in touch with customers after the sale", "成交之后,我们仍与客户保持联系"),
    ),
    "management_commitment": (
        Label("Money and people are set aside for service quality", "公司为服务质量投入资金和人手"),
        Label("Here one rises by good service as much as by sales", "在这里,服务做得好和业绩好一样能得到提拔"),
        Label("The top speaks of quality when times are hard as well", "日子难过时,高层照样重视质量"),
    ),
    "goal_setting": (
        Label("There are written goals for service quality", "服务质量有书面目标"),
        Label("The goals follow from what customers expect", "目标来自客户的期望"),
        Label("Whether goals are reached is measured and told", "目标是否达到,有衡量也有反馈"),
    ),
    "task_standardization": (
        Label("For frequent tasks there is one agreed way", "常做的工作有统一的做法"),
        Label("Technology relieves people of routine steps", "例行的步骤由技术来完成"),
        Label("New employees learn the same procedure everywhere", "新员工在各处学到的是同一套做法"),
    ),
    "feasibility": (
        Label("What customers expect can be done here", "客户期望的,我们做得到"),
        Label("We have the means to keep high standards", "我们有能力达到高标准"),
        Label("Higher standards would not ruin us", "把标准提高,公司承受得起"),
    ),
    "customer_indicators": (
        Label("Our figures tell what customers notice", "我们的指标反映客户在意的事"),
        Label("The figures of branches can be compared", "各网点的指标可以相互比较"),
        Label("Indicators are reviewed when expectations change", "期望变了,指标也会跟着调整"),
    ),
}

_MANAGERS = {
    "market_research": Label("market research", "市场研究"),
    "upward_communication": Label("communication upward", "自下而上的沟通"),
    "management_levels": Label("many levels of management", "管理层级多"),
    "customer_relations": Label("care for customer relations", "重视客户关系"),
    "management_commitment": Label("commitment of management", "管理层的承诺"),
    "goal_setting": Label("setting of goals", "目标设定"),
    "task_standardization": Label("standardised behaviour", "行为标准化"),
    "feasibility": Label("belief that it is feasible", "相信做得到"),
    "customer_indicators": Label("customer-oriented, comparable indicators", "以客户为导向且可比的指标"),
}

_OF_EMPLOYEES = {
    "teamwork": (
        Label("We serve customers as one team", "我们像一个团队那样服务客户"),
        Label("Colleagues in other jobs help me to serve", "其他岗位的同事会帮我把服务做好"),
        Label("I feel responsible for the work of the whole branch", "我觉得整个网点的工作都与我有关"),
    ),
    "employee_job_fit": (
        Label("I am able to do what my job asks", "我能胜任自己的岗位"),
        Label("Here the right people are hired for contact with customers", "公司会挑合适的人来接触客户"),
        Label("The work suits what I can do", "这份工作适合我的能力"),
    ),
    "technology_job_fit": (
        Label("I have the tools that I need", "我有需要的工具"),
        Label("The systems seldom let me down in front of customers", "面对客户时,系统很少掉链子"),
        Label("Our equipment is made for what we do with it", "设备适合我们的工作"),
    ),
    "perceived_control": (
        Label("I may decide on the spot what a customer needs", "客户的需要,我可以当场做主"),
        Label("I can solve most problems without asking anybody", "大多数问题我不用请示就能解决"),
        Label("Whether a customer is served well depends on me", "客户得到怎样的服务,取决于我"),
    ),
    "supervisory_control": (
        Label("My superior sees how I treat customers", "上级看得到我怎样对待客户"),
        Label("Good treatment of customers is rewarded", "对客户好会得到奖励"),
        Label("I am judged by how I serve, not by sales alone", "考核看我的服务,不只看业绩"),
    ),
    "role_conflict": (
        Label("What customers want and what I am told to do differ", "客户要的和上面要求我做的不一致"),
        Label("Paperwork keeps me from serving customers", "文书工作让我顾不上客户"),
        Label("I have to sell where I should help", "该帮忙的时候,我却得推销"),
    ),
    "role_ambiguity": (
        Label("I am often unsure what is expected of me", "我常常不清楚要求是什么"),
        Label("I learn too late of changes that concern my work", "与工作有关的变化,我知道得太晚"),
        Label("Nobody tells me whether my work is good", "没有人告诉我做得好不好"),
    ),
    "service_skill": (
        Label("I have learnt how to deal with customers", "怎样与客户打交道,我学过"),
        Label("I know what our services do for customers", "我了解我们的服务能给客户带来什么"),
        Label("Serving well is a matter of pride here", "在这里,大家以服务好为荣"),
    ),
    "horizontal_communication": (
        Label("Sales and service talk to each other before something is promised", "承诺之前,销售与服务部门会先沟通"),
        Label("I know what our advertising says before customers do", "广告说了什么,我比客户先知道"),
        Label("Departments and branches work by the same rules", "各部门、各网点按同样的规则办事"),
    ),
    "overpromising": (
        Label("We are pressed to promise more than we can keep", "公司逼着我们许下做不到的承诺"),
        Label("Competitors' promises drive ours up", "竞争对手的承诺把我们的承诺越抬越高"),
        Label("Our advertising shows service better than it is", "广告里的服务比实际的好"),
    ),
    "shown_effort": (
        Label("We tell customers what is done for them unseen", "为客户做的那些看不见的事,我们会告诉他们"),
        Label("Customers learn why something takes time", "事情为什么要花时间,客户能知道"),
        Label("After the service we confirm what was kept", "服务之后,我们会确认哪些已经做到"),
    ),
    "customer_education": (
        Label("Customers know what to bring and what to do", "客户知道要带什么、该做什么"),
        Label("We explain beforehand how the service proceeds", "我们会事先说明服务的流程"),
        Label("We tell customers when it is less crowded", "我们会告诉客户什么时候人少"),
    ),
}

_EMPLOYEES = {
    "teamwork": Label("teamwork", "团队合作"),
    "employee_job_fit": Label("fit of employees and jobs", "人岗匹配"),
    "technology_job_fit": Label("fit of technology and jobs", "技术与岗位匹配"),
    "perceived_control": Label("power to act on the spot", "当场处置的权力"),
    "supervisory_control": Label("supervision by how customers are treated", "以待客表现为准的监督考核"),
    "role_conflict": Label("role conflict", "角色冲突"),
    "role_ambiguity": Label("unclear duties", "职责不清"),
    "service_skill": Label("service awareness and skill", "服务意识与技能"),
    "horizontal_communication": Label("coordination of departments", "部门之间的协调"),
    "overpromising": Label("overpromising", "过度承诺"),
    "shown_effort": Label("effort shown to customers", "让客户看到付出"),
    "customer_education": Label("education of customers", "客户教育"),
}

_SOURCE = "Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48"


def manager_antecedents() -> Instrument:
    """Antecedents of Gap 1 and Gap 2 as managers see them: nine causes, 26 statements, agreement on seven points.

    Gap 1: market research, communication upward, levels of management, care for customer relations. Gap 2: commitment
    of management, setting of goals, standardised behaviour, belief that it is feasible, customer-oriented indicators.
    Agreement says that there is much of it, which for levels of management is bad for service and for all others good:
    `servqual.gap_model` knows which.

    Notes
    -----
    The seven antecedents of 1988 and their gaps are recalled; care for customer relations and the indicators are added
    from lists that followed. The statements are our own: see ``status``.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48.

    Examples
    --------
    >>> manager_antecedents()
    <Instrument 'manager-antecedents': 26 items, 9 dimensions, 1..7; perception>
    """
    return Instrument.define(
        "manager-antecedents",
        _OF_MANAGERS,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Causes of Gaps 1 and 2, as managers see them", "差距1与差距2的成因(管理者)"),
        labels=_MANAGERS,
        citation=f"Antecedents as in {_SOURCE}",
        status="Nothing is verified in a source. Recalled: the antecedents of Gaps 1 and 2 (sure), save care for "
        "customer relations and customer-oriented indicators, which are from later lists. Items, their number and "
        "their words are our own; there are no norms.",
    )


def employee_antecedents() -> Instrument:
    """Antecedents of Gap 3 and Gap 4 as contact employees see them: twelve causes, three statements each, seven points.

    Gap 3: teamwork, fit of employees and of technology to jobs, power to act on the spot, supervision, role conflict,
    unclear duties, service awareness and skill. Gap 4: coordination of departments, overpromising, effort shown to
    customers, education of customers. Agreement says that there is much of it, which for role conflict, unclear duties
    and overpromising is bad for service and for all others good: `servqual.gap_model` knows which.

    Notes
    -----
    The nine antecedents of 1988 and their gaps are recalled; service skill, shown effort and education of customers are
    added from lists that followed. The statements are our own: see ``status``.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48.

    Examples
    --------
    >>> employee_antecedents()
    <Instrument 'employee-antecedents': 36 items, 12 dimensions, 1..7; perception>
    """
    return Instrument.define(
        "employee-antecedents",
        _OF_EMPLOYEES,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Causes of Gaps 3 and 4, as contact employees see them", "差距3与差距4的成因(一线员工)"),
        labels=_EMPLOYEES,
        citation=f"Antecedents as in {_SOURCE}",
        status="Nothing is verified in a source. Recalled: the antecedents of Gaps 3 and 4 (sure), save service "
        "awareness and skill, effort shown to customers and education of customers, which are from later lists. "
        "Items, their number and their words are our own; there are no norms.",
    )
