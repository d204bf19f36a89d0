"""What a simulation of power says besides its numbers, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servqual.chain.graph import Chain
from servqual.chain.ordering import cycles
from servqual.chain.power_asking import Design
from servqual.chain.power_tests import Sought
from servqual.labels import Label

TITLE = Label("Power by number of units", "各单位数下的检验功效")

_TESTS = {
    "t": Label("single links by Student's t", "单一环节用 t 检验"),
    "joint significance": Label(
        "indirect paths by joint significance: every link of the path is significant",
        "间接路径用联合显著性检验：路径的每一环节均显著",
    ),
    "delta": Label("products and sums by the delta method, normal", "乘积与合计用 delta 法（正态）"),
}


def assumptions(design: Design, confidence: float) -> tuple[str, ...]:
    """Return what was assumed, one clause each."""
    said = ["normal errors", f"level {1 - confidence:.2g}, two-sided"]
    if design.periods > 1:
        said.append(f"{design.periods} periods, of which units keep {design.stability:g} of their own variance")
    if design.clusters is not None:
        said.append(f"{design.clusters} clusters, which share {design.icc:g} of it")
    return tuple(said)


def power_notes(
    chain: Chain, design: Design, simulations: int, confidence: float, sought: Sequence[Sought]
) -> Iterator[Label]:
    """Yield how power was found, and on what assumptions."""
    yield Label(
        f"share of {simulations} simulated samples in which the test is significant at {1 - confidence:.2g}; se: its "
        "Monte Carlo standard error",
        f"{simulations} 个模拟样本中在 {1 - confidence:.2g} 水平上显著的比例；se 为其蒙特卡罗标准误",
    )
    for test in dict.fromkeys(each.test for each in sought):
        yield _TESTS[test]
    yield Label("sizes and effects in standard deviations; normal errors", "效应以标准差为单位；误差服从正态分布")
    yield from _design(design)
    if design.lasting and next(cycles(chain.links), None) is not None:
        yield Label(
            "what feeds back goes along with what lasts: slopes are biased as in a fit without unit effects",
            "反馈与持久部分相关：此处斜率有偏，与未含单位效应的拟合相同",
        )


def _design(design: Design) -> Iterator[Label]:
    if design.periods > 1:
        yield Label(
            f"{design.periods} periods; units keep {design.stability:g} of the variance that is a construct's own",
            f"{design.periods} 期；构念自身方差中有 {design.stability:g} 为单位所保持",
        )
    if design.clusters is not None:
        yield Label(
            f"{design.clusters} clusters of units, which share {design.icc:g} of the variance that is a construct's "
            "own; errors clustered by them",
            f"{design.clusters} 个单位聚类，共享构念自身方差的 {design.icc:g}；误差按聚类稳健估计",
        )
    elif design.periods > 1:
        yield Label("errors clustered by unit", "误差按单位聚类稳健估计")
