"""Reasons for which a statistic does not exist, in Chinese; each once, whichever statistic gives it.

Statistics know no language but that of their messages, so that reasons are found here by what they say. Braces stand
for what differs from case to case.
"""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    # of tests of means and of ranks
    "it does not exist for these answers": "对这些回答不存在",
    "no variation: all answers compared are equal": "没有变异：所比较的回答全部相同",
    "an estimate is missing": "缺少估计值",
    "no answers": "没有回答",
    "fewer than two pairs": "不足两对回答",
    "fewer than two answers": "不足两个回答",
    "fewer than two answers in a sample": "某一样本不足两个回答",
    "fewer than two clusters": "不足两个聚类",
    "all clusters have the same mean": "所有聚类的均值相同",
    "the differences do not vary": "差值没有变异",
    "one of the two levels does not vary": "两个水平之一没有变异",
    "the same people answered both levels": "两个水平由同一批人回答",
    "different people answered the two levels": "两个水平由不同的人回答",
    "the score is no plain difference of two levels": "得分不是两个水平的简单差值",
    "the summary was made without the two levels, with one model of gap_models() instead of all": (
        "汇总只含 gap_models() 的一个模型，缺少两个水平"
    ),
    "it needs independent respondents, and these are alike within clusters": (
        "它要求受访者相互独立，而同一聚类内的受访者相似"
    ),
    "it has no form for sampling weights": "它不适用于抽样权重",
    "respondents are not in clusters": "受访者不分属聚类",
    "no margin was given": "未给出等效界限",
    "a summary holds no respondent's score; it needs the survey": "汇总不含单个受访者的得分；需要调查数据本身",
    "no difference other than 0": "没有非零的差值",
    "a sample without answers": "某一样本没有回答",
    "all answers are equal": "所有回答都相同",
    "ties, with which there is no exact distribution": "有同秩，精确分布不存在",
    "more than {} answers, too many for the exact distribution": "回答多于{0}个，超出精确分布的范围",
    # of groups; what stands behind their colon are names
    "groups of one answer": "只有一个回答的组",
    "groups without answers": "没有回答的组",
    "groups of one cluster": "只有一个聚类的组",
    "groups without variation": "没有变异的组",
    "fewer than two groups with answers": "有回答的组不足两个",
    "too few clusters for so many groups": "聚类数相对于组数太少",
    "no variation within groups": "组内没有变异",
    "no group of two answers": "没有一组有两个回答",
    "a group of one answer": "某一组只有一个回答",
    "a group that does not vary": "某一组没有变异",
    "a mean or a variance is missing": "缺少均值或方差",
    "at least {} groups are needed, and there {}": "至少需要{0}组，而这里{1}",
    "no group has two members, so that nothing is known of the variance within groups": (
        "没有一组有两名成员，组内方差无从得知"
    ),
    "nothing varies, between groups or within them": "组间与组内均没有变异",
    "all groups have the same mean": "各组均值相同",
    "the summary was made without PerformanceOnly()": "汇总不含 PerformanceOnly()",
    "sums with sampling weights have no analysis of variance": "带抽样权重的汇总不能作方差分析",
    # of reliability, validity and factors
    "at least {} items are needed, and there {}": "至少需要{0}个题项，而这里{1}",
    "these items do not vary, or have too few answers": "这些题项没有变异，或回答太少",
    "too few answered both of some pairs of these items": "这些题项中，有的题项对同时作答者太少",
    "the correlations are not positive definite, as may happen when each pair has its own respondents": (
        "相关矩阵非正定；各题项对的应答者不同时会如此"
    ),
    "the correlations are singular: an item is a sum of others, or respondents are fewer": (
        "相关矩阵奇异：某题项是其他题项之和，或受访者少于题项"
    ),
    "pairs of items, each with its own respondents, contradict each other": "各题项对的应答者不同，结果相互矛盾",
    "the sum of the items does not vary: they cancel each other": "题项之和没有变异：题项相互抵消",
    "a half, or the whole, does not vary: its items cancel each other": "一半或全部没有变异：题项相互抵消",
    "in every split a half, or the whole, does not vary: items cancel each other": (
        "每种折半中都有一半或全部没有变异：题项相互抵消"
    ),
    "alpha needs two items, and without one of two there is one": "alpha至少需要两个题项，删去一个后只剩一个",
    "alpha is missing": "缺少alpha",
    "the interval needs at least {} respondents, and there are {}": "区间至少需要{0}名受访者，而这里有{1}名",
    "sampling weights were summarised without a model, so that their effective number of respondents is not known": (
        "抽样权重汇总时没有模型，有效受访者数未知"
    ),
    "a reliability, the correlation or a standard deviation is missing": "缺少信度、相关或标准差",
    "the difference does not vary": "差值没有变异",
    "a standardised loading exceeds 1": "有标准化载荷大于1",
    "some loadings are missing": "缺少部分载荷",
    "factors correlate by 1 or more": "因子间的相关达到或超过1",
    "one construct has no other to differ from": "只有一个构念，无从区分",
    "at least {} respondents are needed, and there are {}": "至少需要{0}名受访者，而这里有{1}名",
    "{} variances and covariances do not determine {} parameters": "{0}个方差与协方差不足以确定{1}个参数",
    "{} respondents are too few for a test of {} items": "{0}名受访者不足以检验{1}个题项",
    "{} respondents are too few for {} items": "{0}名受访者相对于{1}个题项太少",
    "parallel analysis finds no factor": "平行分析未得出因子",
    "parallel analysis finds {} factors, which is too many ({})": "平行分析得出{0}个因子，过多",
    "some left out items, and then scores of dimensions need each person's answers: correlations(survey)": (
        "部分题项未回答，此时维度得分需要每个人的回答：correlations(survey)"
    ),
    # of a criterion
    "at least {} respondents with a criterion and answers are needed, not {}": (
        "至少需要{0}名既有效标又有回答的受访者，现有{1}名"
    ),
    "there is no variance of: {}": "没有变异：{0}",
    "{} respondents are too few for {} slopes": "{0}名受访者相对于{1}个斜率太少",
    "the two models are the same for these data": "对这些数据，两个模型相同",
    "the outcome follows from the regressors without an error": "结果完全由自变量决定，没有误差",
}

# What stands in the braces where it is no number.
PARTS: Mapping[str, str] = {
    "is one": "只有1个",
    "are none": "一个也没有",
    "criterion": "效标",
    "perception": "感知",
    "standard": "标准",
}
