"""Structural models of the large satisfaction indices, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from servqual import catalogue
from servqual.errors import Problem, StructuralError, did_you_mean
from servqual.labels import Label
from servqual.satisfaction.indices.structural import StructuralModel

Renamed = Mapping[str, Sequence[str]]

_ECSI_PATHS = """
image -> expectation -> quality -> value -> satisfaction -> complaints -> loyalty
image -> satisfaction; image -> loyalty
expectation -> value; expectation -> satisfaction
quality -> satisfaction
satisfaction -> loyalty
"""
_ACSI_PATHS = """
expectation -> quality -> value -> satisfaction -> complaints -> loyalty
expectation -> value; expectation -> satisfaction
quality -> satisfaction
satisfaction -> loyalty
"""

_ACSI_BLOCKS = {
    "expectation": Label("customer expectations", "客户期望"),
    "quality": Label("perceived quality", "感知质量"),
    "value": Label("perceived value", "感知价值"),
    "satisfaction": Label("customer satisfaction", "客户满意"),
    "complaints": Label("complaints", "客户抱怨"),
    "loyalty": Label("customer loyalty", "客户忠诚"),
}
_ACSI_ITEMS = {
    "expectation": (
        Label("How good I thought it would be, all in all", "购买前对整体质量的期望"),
        Label("How well I thought it would suit my needs", "购买前对满足个人需要的期望"),
        Label("How seldom I thought something would go wrong", "购买前对可靠程度的期望"),
    ),
    "quality": (
        Label("How good it is, all in all", "使用后对整体质量的评价"),
        Label("How well it suits my needs", "使用后对满足个人需要的评价"),
        Label("How seldom something goes wrong", "使用后对可靠程度的评价"),
    ),
    "value": (
        Label("How good the quality is, for this price", "就价格而言,对质量的评价"),
        Label("How fair the price is, for this quality", "就质量而言,对价格的评价"),
    ),
    "satisfaction": (
        Label("How content I am, all in all", "总体满意程度"),
        Label("How far it is what I had expected", "与期望相比的满意程度"),
        Label("How near it comes to the ideal", "与理想产品的接近程度"),
    ),
    "complaints": (Label("Whether I complained", "是否投诉过"),),
    "loyalty": (
        Label("How probably I would buy it again", "再次购买的可能性"),
        Label("How large a change of price I would bear", "对价格变动的容忍程度"),
    ),
}


def ecsi(indicators: Renamed | None = None) -> StructuralModel:
    """ECSI, the European customer satisfaction index, as a structural model: seven constructs, 24 indicators, 12 paths.

    Image, expectation, quality, value, satisfaction, complaints, loyalty; all of mode A. Its indicators are the items
    of ``catalogue.ecsi()``, so that it fits a survey with that instrument.

    Parameters
    ----------
    indicators
        Construct → names of its indicators, where columns are named otherwise or other items were asked; constructs
        that are not named keep theirs.

    Raises
    ------
    StructuralError
        A construct that the model does not have; or as `StructuralModel`.

    References
    ----------
    Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis 48(1):159-205.

    Examples
    --------
    >>> ecsi().names
    ('image', 'expectation', 'quality', 'value', 'satisfaction', 'complaints', 'loyalty')
    >>> ecsi({"value": ["PERV1", "PERV2"]}).constructs[3].indicators
    ('PERV1', 'PERV2')
    """
    return _renamed(StructuralModel.of_instrument(catalogue.ecsi(), _ECSI_PATHS), indicators)


def acsi(indicators: Renamed | None = None) -> StructuralModel:
    """ACSI, the American customer satisfaction index, as a structural model: six constructs, 14 indicators, nine paths.

    Expectation, quality and value lead to satisfaction, satisfaction to complaints and loyalty. Most indicators are
    asked on 1 to 10, but whether somebody complained is yes or no: tell `fit_index` the scale of each. Complaints lead
    to less loyalty where 1 is yes, which a path below zero says.

    Parameters
    ----------
    indicators
        As for `ecsi`.

    Raises
    ------
    StructuralError
        As `ecsi`.

    Notes
    -----
    Recalled, not verified in a source: the counts of indicators and what each is about. The wording is our own.

    References
    ----------
    Fornell, Johnson, Anderson, Cha & Bryant 1996, Journal of Marketing 60(4):7-18.

    Examples
    --------
    >>> len(acsi().paths), acsi().indicators[-2:]
    (9, ('loyalty_1', 'loyalty_2'))
    """
    blocks = {name: [f"{name}_{number}" for number in range(1, len(each) + 1)] for name, each in _ACSI_ITEMS.items()}
    items = {key: each for name, keys in blocks.items() for key, each in zip(keys, _ACSI_ITEMS[name], strict=True)}
    return _renamed(StructuralModel.define(blocks, _ACSI_PATHS, labels=_ACSI_BLOCKS | items), indicators)


def _renamed(model: StructuralModel, indicators: Renamed | None) -> StructuralModel:
    """Return the model with other indicators; those of the same number keep their labels."""
    strays = [name for name in indicators or {} if name not in model.names]
    if strays:
        rule = "the model has no such construct"
        raise StructuralError(*(Problem("indicators", repr(x), rule, did_you_mean(x, model.names)) for x in strays))
    labels = {name: label for name, label in model.labels if name in model.names}
    own, constructs = dict(model.labels), []
    for each in model.constructs:
        wanted = tuple((indicators or {}).get(each.name, each.indicators))
        constructs.append(evolve(each, indicators=wanted))
        if len(wanted) == len(each.indicators):
            labels |= {new: own[old] for new, old in zip(wanted, each.indicators, strict=True)}
    return StructuralModel(constructs, model.paths, labels)
