"""The four characteristics that tell services from products, and the parts of an offering, in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from servqual.errors import BarrierError, Problem, did_you_mean
from servqual.labels import Label, as_label
from servqual.operations.wanted import is_number


class Characteristic(StrEnum):
    """What tells services from products; each is a position from 0, as a product, to 1.

    INTANGIBLE
        From tangible to intangible.
    HETEROGENEOUS
        From standardised to different in every encounter.
    SIMULTANEOUS
        From produced apart from the customer to produced and consumed at once.
    PERISHABLE
        From storable to lost when it is not used.

    References
    ----------
    Zeithaml, Parasuraman & Berry 1985, Journal of Marketing 49(2):33-46.
    """

    INTANGIBLE = "intangible"
    HETEROGENEOUS = "heterogeneous"
    SIMULTANEOUS = "simultaneous"
    PERISHABLE = "perishable"

    @property
    def label(self) -> Label:
        """The characteristic in English and Chinese."""
        return _LABELS[self]

    @property
    def ends(self) -> tuple[Label, Label]:
        """What 0 and 1 stand for."""
        return _ENDS[self]


class ServicePart(StrEnum):
    """Which part of the offering an attribute belongs to.

    CORE
        What the customer comes for.
    SUPPORTING
        Without which the core cannot be had.
    AUXILIARY
        What makes it more pleasant or valuable than others.

    References
    ----------
    Grönroos 1990, Service Management and Marketing, Lexington Books (core, facilitating and supporting services).
    """

    CORE = "core"
    SUPPORTING = "supporting"
    AUXILIARY = "auxiliary"

    @classmethod
    def _missing_(cls, value: object) -> ServicePart:
        rule = "an attribute is of the core, supporting or auxiliary service"
        raise BarrierError(Problem("part", repr(value), rule, did_you_mean(str(value), list(cls))))

    @property
    def label(self) -> Label:
        """The part in English and Chinese."""
        return _PARTS[self]


@frozen
class ServiceAttribute:
    """One attribute of an offering, tagged.

    Parameters
    ----------
    key
        A short name.
    part
        Core, supporting or auxiliary service.
    tangible
        How much of it can be touched and seen, 0 to 1.
    together
        How much of it is made while the customer takes part, 0 to 1.
    importance
        Its weight, above zero.
    label
        Its name in words.

    Raises
    ------
    BarrierError
        All problems at once: an empty key, shares outside 0 to 1, a weight not above zero.

    Examples
    --------
    >>> ServiceAttribute("haircut", "core", tangible=0.3, together=1.0).part.label.zh
    '核心服务'
    """

    key: str
    part: ServicePart = field(converter=ServicePart)
    tangible: float = field(kw_only=True)
    together: float = field(kw_only=True)
    importance: float = field(default=1.0, kw_only=True)
    label: Label = field(converter=as_label, kw_only=True)

    @label.default
    def _key_as_label(self) -> Label:
        return Label(str(self.key).replace("_", " ") or "?")

    def __attrs_post_init__(self) -> None:
        problems = []
        if not _is_name(self.key):
            problems.append(Problem("attribute", repr(self.key), "an attribute has a short name"))
        problems += [
            Problem(f"attribute {self.key}", f"{name} {share!r}", "it is a share from 0 to 1")
            for name, share in (("tangible", self.tangible), ("together", self.together))
            if not is_number(share) or not 0 <= share <= 1
        ]
        if not is_number(self.importance) or self.importance <= 0:
            found = f"importance {self.importance!r}"
            problems.append(Problem(f"attribute {self.key}", found, "a weight is above zero"))
        if problems:
            raise BarrierError(*problems)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


_LABELS: Mapping[Characteristic, Label] = {
    Characteristic.INTANGIBLE: Label("intangibility", "无形性"),
    Characteristic.HETEROGENEOUS: Label("heterogeneity", "异质性"),
    Characteristic.SIMULTANEOUS: Label("simultaneity", "同步性"),
    Characteristic.PERISHABLE: Label("perishability", "易逝性"),
}
_ENDS: Mapping[Characteristic, tuple[Label, Label]] = {
    Characteristic.INTANGIBLE: (Label("tangible", "有形"), Label("intangible", "无形")),
    Characteristic.HETEROGENEOUS: (Label("standardised", "标准化"), Label("heterogeneous", "各不相同")),
    Characteristic.SIMULTANEOUS: (
        Label("produced apart", "生产与消费分离"),
        Label("produced together", "生产与消费同步"),
    ),
    Characteristic.PERISHABLE: (Label("storable", "可储存"), Label("perishable", "易逝")),
}
_PARTS: Mapping[ServicePart, Label] = {
    ServicePart.CORE: Label("core service", "核心服务"),
    ServicePart.SUPPORTING: Label("supporting service", "支持服务"),
    ServicePart.AUXILIARY: Label("auxiliary service", "辅助服务"),
}
