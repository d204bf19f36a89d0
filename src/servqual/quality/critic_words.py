"""What the critic says, in English and Chinese, and where to read more."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from servqual.labels import Label


@frozen(eq=False)
class Words:
    """The words of one kind of finding; meaning and remedy are templates that are filled with numbers.

    Attributes
    ----------
    title, meaning, remedy
        In both languages.
    reference
        The literature.
    variants
        Other sentences for special cases: name → (meaning, remedy).
    """

    title: Label
    meaning: Label
    remedy: Label
    reference: str
    variants: Mapping[str, tuple[Label, Label]] = field(factory=dict)

    def spoken(self, variant: str = "") -> tuple[Label, Label]:
        """Return meaning and remedy of a case."""
        return self.variants.get(variant, (self.meaning, self.remedy))


_USE_PERCEPTION = Label(
    "To compare respondents or to explain an outcome, score PerformanceOnly() or Weighted(PerformanceOnly()); keep "
    "mean gaps for describing.",
    "比较个人或解释结果时，请用PerformanceOnly()或Weighted(PerformanceOnly())；差距均值只用于描述。",
)
_BABAKUS = "Babakus & Boller 1992, Journal of Business Research 24(3):253-268"
_BROWN = "Brown, Churchill & Peter 1993, Journal of Retailing 69(1):127-139"
_CHURCHILL = "Churchill 1979, Journal of Marketing Research 16(1):64-73"
_CRONIN = "Cronin & Taylor 1992, Journal of Marketing 56(3):55-68"
_EDWARDS = "Edwards 1994, Organizational Behavior and Human Decision Processes 58(1):51-100"
_JOHNS = "Johns 1981, Organizational Behavior and Human Performance 27(3):443-463"
_LITTLE = "Little 1988, Journal of the American Statistical Association 83(404):1198-1202"
_PETER = "Peter, Churchill & Brown 1993, Journal of Consumer Research 19(4):655-662"

WORDS: Mapping[str, Words] = {
    "unreliable_difference": Words(
        Label("Difference scores are unreliable", "差分得分不可靠"),
        Label(
            "The {aspect} of {worst} has a reliability of {difference:.2f}, against {perception:.2f} of perception "
            "alone: subtracting takes away what the two share and keeps the errors of both. Johns' formula takes these "
            "errors as independent across the levels; where those of one person go together they cancel in part, and "
            "this number is too low: compare the alpha of the gap itself.",
            "{worst}的{aspect}信度为{difference:.2f}，而单独的感知为{perception:.2f}：相减去掉了二者共有的部分，"
            "却保留了双方的误差。Johns公式假定两个层次的误差相互独立；若同一人在两处的误差同向变动，则会部分抵消，"
            "此数便偏低：请对照差距自身的alpha。",
        ),
        _USE_PERCEPTION,
        f"{_JOHNS}; {_PETER}",
    ),
    "perception_explains_more": Words(
        Label("Perception explains the criterion better than the gap", "感知比差距更能解释效标"),
        Label(
            "Mean perception correlates {perception:.2f} with the criterion, the mean gap {gap:.2f} ({n:,.0f} "
            "respondents): subtracting what is {standard} throws away {lost:.0%} of the criterion's variance.",
            "感知均值与效标的相关为{perception:.2f}，差距均值为{gap:.2f}（{n:,.0f}名受访者）：减去“{standard}”"
            "损失了效标方差的{lost:.0%}。",
        ),
        _USE_PERCEPTION,
        f"{_CRONIN}; {_BROWN}",
    ),
    "expectation_adds_nothing": Words(
        Label("Expectation adds nothing to perception", "期望没有增加解释力"),
        Label(
            "Beyond perception, what is {standard} explains {added:.1%} of the criterion's variance ({test}); "
            "perception alone explains {alone:.0%}.",
            "在感知之外，“{standard}”只多解释效标方差的{added:.1%}（{test}）；感知单独解释{alone:.0%}。",
        ),
        Label(
            "Where the outcome matters leave expectations out, and save respondents half of the questions; to set "
            "standards, ask them of fewer people.",
            "若关心结果，可不问期望，为受访者省去一半题目；需要制定标准时，再向较少的人询问期望。",
        ),
        f"{_CRONIN}; {_BABAKUS}",
    ),
    "difference_imposed": Words(
        Label("The data refuse the difference", "数据不支持相减"),
        Label(
            "A difference needs slopes that are equal and opposite; those of perception and of what is {standard} are "
            "{first:.2f} and {second:.2f} ({test}).",
            "相减要求两个斜率大小相等、符号相反；感知与“{standard}”的斜率为{first:.2f}与{second:.2f}（{test}）。",
        ),
        Label(
            "Enter perception and expectation side by side, or as a response surface, in place of their difference.",
            "请将感知与期望并列放入模型，或使用响应面，而不要用二者之差。",
        ),
        f"Edwards & Parry 1993, Academy of Management Journal 36(6):1577-1613; {_EDWARDS}",
        {
            "curved": (
                Label(
                    "A difference needs a plane; the surface of the criterion over perception and what is {standard} "
                    "is curved ({test}).",
                    "相减要求平面；效标对感知与“{standard}”的响应面是弯曲的（{test}）。",
                ),
                Label(
                    "Describe the response surface (P, E, P², PE, E²) in place of a difference.",
                    "请描述响应面（P、E、P²、PE、E²），而不要用差值。",
                ),
            )
        },
    ),
    "expectation_ceiling": Words(
        Label("Expectations are at the ceiling", "期望触及天花板"),
        Label(
            "{share:.0%} of the answers on what is {standard} of {worst} are on the highest point: people have no room "
            "to differ, and the gap comes near to perception less a constant.",
            "{worst}的“{standard}”回答有{share:.0%}在最高点：人与人没有拉开差别的余地，差距近乎感知减去一个常数。",
        ),
        Label(
            "Ask for an adequate level, or for importance, beside expectations or in their place; give the scale more "
            "points; read perceptions.",
            "请在期望之外（或代之以）询问适当水平或重要性；增加量表点数；直接解读感知。",
        ),
        f"{_BROWN} (restricted variance); {_BABAKUS}",
    ),
    "weak_dimension": Words(
        Label("Dimensions of weak reliability", "信度偏低的维度"),
        Label(
            "Alpha of {worst} ({aspect}) is {alpha:.2f}, below {threshold:.2f}: its score says little about single "
            "respondents.",
            "{worst}（{aspect}）的alpha为{alpha:.2f}，低于{threshold:.2f}：该得分难以说明单个受访者。",
        ),
        Label(
            "See which items do not go with the others (reliability(survey).items_table()); add or reword items, or "
            "read them one by one.",
            "请查看与其他题项不一致的题项（reliability(survey).items_table()）；增补或改写题项，或逐题解读。",
        ),
        f"Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill; {_CHURCHILL}",
    ),
    "one_item_dimension": Words(
        Label("Dimensions of one item", "单题项维度"),
        Label(
            "One item is all there is of {names}: nothing is known of the reliability.",
            "{names}只有一个题项：其信度无从得知。",
        ),
        Label(
            "Add items, or ask again after some weeks; one item may do for what is concrete.",
            "请增加题项，或数周后重测；对于具体事物，一个题项或许够用。",
        ),
        f"{_CHURCHILL}; Bergkvist & Rossiter 2007, Journal of Marketing Research 44(2):175-184",
    ),
    "dimensions_not_separate": Words(
        Label("Dimensions do not separate", "维度难以区分"),
        Label(
            "{worst} correlate {htmt:.2f} once freed of error (HTMT): respondents hardly tell them apart.",
            "{worst}在剔除误差后的相关（HTMT）为{htmt:.2f}：受访者几乎不加区分。",
        ),
        Label(
            "Merge them or report one score, unless theory keeps them apart; see explore_factors(survey).",
            "除非理论要求分开，请合并或只报告一个得分；参见explore_factors(survey)。",
        ),
        "Henseler, Ringle & Sarstedt 2015, Journal of the Academy of Marketing Science 43(1):115-135",
    ),
    "careless_answers": Words(
        Label("Careless answers", "敷衍作答"),
        Label(
            "{share:.0%} of the respondents gave one and the same answer to all items ({level}).",
            "{share:.0%}的受访者对全部题项（{level}）给出同一答案。",
        ),
        Label(
            "Look at data_quality(survey).flags, and see whether conclusions stand without these respondents.",
            "请查看data_quality(survey).flags，并检验剔除这些受访者后结论是否成立。",
        ),
        "Curran 2016, Journal of Experimental Social Psychology 66:4-19; Meade & Craig 2012, Psychological Methods "
        "17(3):437-455",
    ),
    "clustered_answers": Words(
        Label("Clusters are ignored", "忽略了聚类"),
        Label(
            "Answers are alike within groups of {column} (ICC {icc:.2f}, {groups:,} groups of {size:.0f} on average): "
            "{n:,.0f} respondents are worth {worth:,.0f} independent ones for a mean.",
            "{column}各组内的回答相似（ICC为{icc:.2f}，{groups:,}组，平均每组{size:.0f}人）：对均值而言，"
            "{n:,.0f}名受访者只相当于{worth:,.0f}名独立受访者。",
        ),
        Label(
            "Read the survey with cluster='{column}': errors of scores are then cluster-robust.",
            "请以cluster='{column}'读入调查：得分的标准误将按聚类稳健计算。",
        ),
        "Kish 1965, Survey Sampling, Wiley, section 5.4; Muthén & Satorra 1995, Sociological Methodology 25:267-316",
        {
            "declared": (
                Label(
                    "Answers are alike within clusters ({column}: ICC {icc:.2f}, {groups:,} clusters of {size:.0f} on "
                    "average); errors of scores allow for it, intervals of alpha and tests on a criterion do not.",
                    "聚类（{column}）内的回答相似（ICC为{icc:.2f}，{groups:,}个聚类，平均{size:.0f}人）；"
                    "得分的标准误已考虑，alpha的区间与效标检验则没有。",
                ),
                Label(
                    "Read intervals of alpha and p-values on the criterion as too optimistic.",
                    "alpha的区间与效标的p值应视为偏乐观。",
                ),
            )
        },
    ),
    "small_groups": Words(
        Label("Means of small groups", "小组均值"),
        Label(
            "{few:,} of {groups:,} groups of {column} have fewer than {threshold} respondents; with {least} the mean "
            "is known {margin}.",
            "{column}的{groups:,}组中有{few:,}组不足{threshold}人；{least}人的均值{margin}。",
        ),
        Label(
            "Show intervals, put small groups together, or ask more people (sample_size_mean).",
            "请给出区间、合并小组，或增加样本（sample_size_mean）。",
        ),
        "Student 1908, Biometrika 6(1):1-25",
        {
            "everybody": (
                Label(
                    "There are only {least} respondents: the mean is known {margin}.",
                    "只有{least}名受访者：均值{margin}。",
                ),
                Label("Ask more people (sample_size_mean).", "请增加样本（sample_size_mean）。"),
            )
        },
    ),
    "missing_not_at_random": Words(
        Label("Answers are missing not at random", "缺失并非随机"),
        Label(
            "Those who left out {item} ({share:.0%}) answer {other} {shift:+.2f} standard deviations away from those "
            "who did not.",
            "未答{item}的人（{share:.0%}）在{other}上的回答与其他人相差{shift:+.2f}个标准差。",
        ),
        Label(
            "Say who did not answer, do not fill in means, and compare scores with and without these respondents.",
            "请说明未答者的情况，不要以均值填补，并比较包含与不含这些受访者的得分。",
        ),
        f"{_LITTLE}; Little & Rubin 2019, Statistical Analysis with Missing Data, 3rd ed., Wiley",
    ),
}
