"""The 22 statements of the two editions, paraphrased; the keys of the dimensions are in the order of the source."""

from __future__ import annotations

from servqual.labels import Label

DIMENSIONS = {
    "tangibles": Label("tangibles", "有形性"),
    "reliability": Label("reliability", "可靠性"),
    "responsiveness": Label("responsiveness", "响应性"),
    "assurance": Label("assurance", "保证性"),
    "empathy": Label("empathy", "移情性"),
}

EDITION_1991 = {
    "tangibles": (
        Label("The technology in use keeps up with the times", "使用的设备和技术跟得上时代"),
        Label("The premises are pleasant to be in", "场所环境让人看着舒服"),
        Label("Staff are well turned out", "员工衣着整洁得体"),
        Label("Leaflets, forms and statements are well made", "单据、宣传册等资料做得清楚美观"),
    ),
    "reliability": (
        Label("What is agreed for a certain day is done by that day", "答应哪天办好,哪天就能办好"),
        Label(
            "A customer's trouble is taken seriously and seen through to the end", "客户遇到问题,会当回事并一直跟到解决"
        ),
        Label("Nothing has to be done over: the first attempt succeeds", "一次就能办妥,不用返工"),
        Label("Appointed times are kept", "约好的时间都能守住"),
        Label("Bills and records contain no mistakes", "账单和记录不出差错"),
    ),
    "responsiveness": (
        Label("Customers learn beforehand when the work will be done", "事先就说清楚什么时候能办好"),
        Label("Staff act without delay", "员工办事不拖拉"),
        Label("Staff are glad to lend a hand", "员工乐意搭把手、帮个忙"),
        Label("However full the day, a request is heard", "再忙也会回应客户的请求"),
    ),
    "assurance": (
        Label("The way staff conduct themselves earns trust", "员工的举止让人信得过"),
        Label("Doing business here gives no cause for worry", "在这里办事心里踏实"),
        Label("Staff are polite every time", "员工每次都有礼貌"),
        Label("Staff know their field well enough to answer what they are asked", "员工懂业务,问什么都答得上来"),
    ),
    "empathy": (
        Label("The company sees a person, not a number", "公司把每位客户当作具体的人来对待"),
        Label("It is open when customers have time to come", "营业时间方便客户"),
        Label("Staff take time for each single customer", "员工愿意在每位客户身上花心思"),
        Label("What is good for the customer decides what is done", "处处先为客户着想"),
        Label("Staff grasp what this customer, in particular, is after", "员工明白这位客户具体需要什么"),
    ),
}

# Responsiveness and empathy are worded against the service in this edition.
EDITION_1988 = {
    "tangibles": (
        *EDITION_1991["tangibles"][:3],
        Label("The look of the place suits what is done there", "场所的布置与所提供的服务相称"),
    ),
    "reliability": (
        EDITION_1991["reliability"][0],
        Label("When things go wrong, staff feel with the customer and calm the worry", "出了问题,会体谅并安抚客户"),
        Label("The company can be counted on", "这家公司靠得住"),
        *EDITION_1991["reliability"][3:],
    ),
    "responsiveness": (
        Label("Customers are left guessing when the work will be done", "什么时候能办好,客户心里没底"),
        Label("It takes long until staff act", "要等很久员工才动手办"),
        Label("Staff lend a hand only reluctantly", "请员工帮忙,员工常常不情愿"),
        Label("On full days requests are left lying", "一忙起来,客户的请求就没人理"),
    ),
    "assurance": (
        *EDITION_1991["assurance"][:3],
        Label("Staff have the company behind them in doing their work", "公司给员工足够的支持,让他们把工作做好"),
    ),
    "empathy": (
        Label("To the company a customer is just a number", "客户在公司眼里只是一个号码"),
        Label("Staff take no time for the single customer", "员工不肯在单个客户身上花心思"),
        Label("Staff miss what the customer is really after", "员工弄不清客户到底要什么"),
        Label("The company thinks of itself before it thinks of its customers", "公司先想自己,后想客户"),
        Label("It is closed just when customers could come", "客户方便来的时候偏偏不营业"),
    ),
}
