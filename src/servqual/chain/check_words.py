"""What each check is called, what it takes to hold, what mends it, and where to read more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from servqual.chain.check_kinds import CheckKind
from servqual.labels import Label


@frozen
class CheckWords:
    """The words of one kind of check: its name, its null or rule, the remedy, and the literature."""

    name: Label
    null: Label
    remedy: Label
    reference: str


_COLLINEAR = Label(
    "join the predictors into one, leave one out, or read them together: their separate coefficients are hardly told "
    "apart",
    "合并或删去相关的自变量，或把它们一起解读：数据难以区分各自的系数",
)
_SPREAD = Label('take covariance="HC3", or "cluster"', '改用 covariance="HC3" 或 "cluster"')
_FORM = Label(
    'let the link bend (form="log" or "asymmetric") and compare the forms', "为该路径选用 log 或 asymmetric 形式并比较"
)
_SHAPE = Label(
    "with few units take intervals from the bootstrap, or the robust estimator", "单位较少时用自助法区间或稳健估计"
)

WORDS: Mapping[CheckKind, CheckWords] = {
    CheckKind.VIF: CheckWords(
        Label("variance inflation", "方差膨胀因子"),
        Label("no predictor follows from the others to nine tenths", "没有自变量的九成以上可由其他自变量解释"),
        _COLLINEAR,
        "O'Brien 2007, Quality & Quantity 41(5):673-690",
    ),
    CheckKind.CONDITION_NUMBER: CheckWords(
        Label("condition number", "条件数"),
        Label("no combination of the predictors is almost constant", "自变量没有近乎不变的组合"),
        _COLLINEAR,
        "Belsley, Kuh & Welsch 1980, Regression Diagnostics, Wiley, chapter 3",
    ),
    CheckKind.BREUSCH_PAGAN: CheckWords(
        Label("Breusch-Pagan", "Breusch-Pagan 检验"),
        Label("the errors vary alike at all values of the predictors", "误差方差不随自变量变化"),
        _SPREAD,
        "Koenker 1981, Journal of Econometrics 17(1):107-112",
    ),
    CheckKind.WHITE: CheckWords(
        Label("White", "White 检验"),
        Label("the errors vary alike at all values of the predictors", "误差方差不随自变量变化"),
        _SPREAD,
        "White 1980, Econometrica 48(4):817-838",
    ),
    CheckKind.RESET: CheckWords(
        Label("RESET", "RESET 检验"),
        Label("the form of the regression is right", "回归的函数形式正确"),
        _FORM,
        "Ramsey 1969, Journal of the Royal Statistical Society B 31(2):350-371",
    ),
    CheckKind.ADDED_SQUARE: CheckWords(
        Label("added square", "附加平方项"),
        Label("the predictor acts in a straight line", "自变量的作用是直线的"),
        _FORM,
        "Cohen, Cohen, West & Aiken 2003, Applied Multiple Regression, 3rd ed., Erlbaum, chapter 6",
    ),
    CheckKind.JARQUE_BERA: CheckWords(
        Label("Jarque-Bera", "Jarque-Bera 检验"),
        Label("the errors are normal", "误差服从正态分布"),
        _SHAPE,
        "Jarque & Bera 1980, Economics Letters 6(3):255-259",
    ),
    CheckKind.OMNIBUS: CheckWords(
        Label("omnibus", "综合正态性检验"),
        Label("the errors are normal", "误差服从正态分布"),
        _SHAPE,
        "D'Agostino & Pearson 1973, Biometrika 60(3):613-622",
    ),
    CheckKind.OUTLYING_ROW: CheckWords(
        Label("outlying row", "离群行"),
        Label(
            "every row lies on the line of the others but for a normal error",
            "每一行除正态误差外都在其余各行的回归线上",
        ),
        Label(
            "look at the row: mend a mistake, else report with and without it, or take the robust estimator",
            "核查该行：有误则更正，否则报告含与不含该行的结果，或用稳健估计",
        ),
        "Cook & Weisberg 1982, Residuals and Influence in Regression, Chapman & Hall, section 2.2.2",
    ),
    CheckKind.INFLUENTIAL_UNIT: CheckWords(
        Label("influential unit", "强影响单位"),
        Label(
            "no unit alone moves the coefficients to the edge of their 50 % region",
            "没有哪个单位能独自把系数推到其 50% 置信域边缘",
        ),
        Label("report the fit without the unit beside the other", "同时报告去掉该单位后的结果"),
        "Cook 1977, Technometrics 19(1):15-18",
    ),
    CheckKind.SERIAL_CORRELATION: CheckWords(
        Label("serial correlation", "序列相关"),
        Label("the errors of a unit in following periods are independent", "同一单位相邻各期的误差相互独立"),
        Label(
            'take covariance="cluster" by unit or "HAC"; where a construct follows its own past, add lags',
            '按单位聚类或用 "HAC"；若构念依赖自身过去，则增加滞后项',
        ),
        "Wooldridge 2002, Econometric Analysis of Cross Section and Panel Data, MIT Press, sections 7.8.5 and 10.6.3",
    ),
    CheckKind.FEW_UNITS: CheckWords(
        Label("units a coefficient", "每个系数的单位数"),
        Label("there are ten units or more for each coefficient", "每个系数至少有十个单位"),
        Label("add units, or draw fewer links to the construct", "增加单位，或减少指向该构念的路径"),
        "Harrell 2015, Regression Modeling Strategies, 2nd ed., Springer, section 4.4",
    ),
    CheckKind.FEW_CLUSTERS: CheckWords(
        Label("clusters", "聚类数"),
        Label("there are forty clusters or more", "至少有四十个聚类"),
        Label(
            "standard errors are too small where clusters are few: take the bootstrap of clusters, or read p-values "
            "near the level as no finding",
            "聚类较少时标准误偏小：用按聚类的自助法，或不采信接近显著性水平的 p 值",
        ),
        "Cameron & Miller 2015, Journal of Human Resources 50(2):317-372",
    ),
    CheckKind.SAME_PEOPLE: CheckWords(
        Label("same people", "同一受访者"),
        Label("the ends of the link were measured on different people", "路径两端由不同的人测得"),
        Label(
            "part of the link may be the mood or the manner of those who answered both: measure one end on others, at "
            "another time, or on split samples",
            "部分关联可能只是同一批人的情绪或答题习惯：由他人、在另一时间或用分半样本测量一端",
        ),
        "Podsakoff, MacKenzie, Lee & Podsakoff 2003, Journal of Applied Psychology 88(5):879-903",
    ),
    CheckKind.REVERSE_DIRECTION: CheckWords(
        Label("reverse direction", "反向关系"),
        Label(
            "the source does not follow the target's past, its own past being equal",
            "在自身过去相同时，来源不随目标的过去变化",
        ),
        Label(
            "do not read the link as one way: add the link back with a lag; where units or periods differ for good, "
            'give them intercepts of their own (effects="unit", "period")',
            '不要只作单向解读：加入反向滞后路径；若单位或时期有持久差异，给予各自的截距（effects="unit"、"period"）',
        ),
        "Rogosa 1980, Psychological Bulletin 88(2):245-258; Hamaker, Kuiper & Grasman 2015, Psychological Methods "
        "20(1):102-116",
    ),
}

ONE_ROW = "units have one row each"
GAPS = "periods are missing between the rows of the only unit"
NO_CLUSTERS = "standard errors take no clusters"
NO_PERIODS = "the units have no periods"
TWO_WAYS = "the chain has a link back already"
IN_PIECES = "the link is in pieces, and bends already"
UNKNOWN_PEOPLE = "it is not known on whom both ends were measured"
ALL_ALONE = "no unit can be left out"

# Patterns of reasons in English, and the reasons in Chinese
_REASONS = (
    (ONE_ROW, "每个单位只有一行"),
    (GAPS, "唯一单位的各行之间缺少时期"),
    (NO_CLUSTERS, "标准误不按聚类计算"),
    (NO_PERIODS, "数据没有时期"),
    (TWO_WAYS, "链中已有反向路径"),
    (IN_PIECES, "该路径分段，已可弯曲"),
    (UNKNOWN_PEOPLE, "不知道两端由谁测得"),
    (ALL_ALONE, "没有可去掉的单位"),
    ("the row alone decides a coefficient", "该行独自决定一个系数"),
    ("nothing is left of y, or no degrees of freedom without the row", "没有残差，或去掉该行后没有自由度"),
    ("y follows from the columns exactly, and nothing is left to look at", "因变量完全由各列决定，没有残差可检查"),
    ("there are not more rows than coefficients once those of the test are added", "加入检验项后行数不多于系数"),
    ("what the test adds follows from the columns that are there", "检验加入的项可由已有各列得出"),
    ("a coefficient does not exist without one of the groups", "去掉某一组后有系数无法估计"),
    (r"(\d+) groups cannot tell (\d+) coefficients apart", r"\1 个组无法区分 \2 个系数"),
    (r"fewer than (\d+) rows", r"不足 \1 行"),
    (r"fewer than (\d+) groups", r"不足 \1 组"),
    ("it takes the errors of rows as independent", "该检验要求各行误差独立"),
    (r"fewer than two units have pairs of following periods: (\d+)", r"有相邻时期的单位不足两个：\1"),
    (r"too few rows: (\d+) for (\d+) coefficients", r"行数太少：\1 行，\2 个系数"),
)


def reason_label(why: str) -> Label:
    """Return a reason in both languages."""
    for pattern, chinese in _REASONS:
        found = re.fullmatch(pattern, why)
        if found:
            return Label(why, found.expand(chinese))
    return Label(why)
