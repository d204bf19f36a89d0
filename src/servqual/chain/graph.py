"""`Chain`: which construct drives which."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from servqual._records import parse_json
from servqual.chain.chain_faults import label_faults, link_faults, strangers
from servqual.chain.chain_records import chain_parts, chain_record
from servqual.chain.link import Link
from servqual.chain.ordering import among, causal_order, constructs_of
from servqual.chain.parsing import links_from
from servqual.chain.service_profit import (
    BRAND,
    BRAND_LABELS,
    DRIVER_LABELS,
    DRIVERS,
    SERVICE_PROFIT,
    SERVICE_PROFIT_LABELS,
)
from servqual.chain.walking import Path, ways
from servqual.errors import ChainError, LabelError, Problem, RecordError, did_you_mean
from servqual.labels import Label, as_label

Labels = Mapping[str, Label | str] | Iterable[tuple[str, Label | str]]


def _links_of(links: Iterable[Link] | Link) -> tuple[Link, ...]:
    return (links,) if isinstance(links, Link | str) or not isinstance(links, Iterable) else tuple(links)


def _label_of(label: Label | str) -> Label | str:
    try:
        return as_label(label)
    except LabelError:
        return label


def _labels_of(labels: Labels) -> tuple[tuple[str, Label | str], ...]:
    try:
        pairs = [(name, label) for name, label in (labels.items() if isinstance(labels, Mapping) else labels)]
    except (TypeError, ValueError) as error:
        rule, remedy = "labels are a mapping, or pairs, of constructs and names", "write {'satisfaction': 'how happy'}"
        raise ChainError(Problem("labels", repr(labels), rule, remedy)) from error
    return tuple((name, _label_of(label)) for name, label in pairs)


@frozen(repr=False)
class Chain:
    """Which construct drives which: links that make no circle within a period.

    Feedback is welcome where it takes time: ``satisfaction -> profit; profit -> satisfaction [lag 1]``.

    Parameters
    ----------
    links
        The arrows; the order in which they are given is the order in which parents are listed and fits reported.
    labels
        Construct → its name in words, a `Label` or a plain English text; where there is none, the key is read as words.

    Raises
    ------
    ChainError
        All problems at once: no links, a link drawn twice, a circle within a period, labels of unknown constructs.

    Examples
    --------
    >>> chain = Chain.parse("service -> satisfaction -> loyalty; service -> loyalty")
    >>> chain.exogenous, chain.endogenous
    (('service',), ('satisfaction', 'loyalty'))
    >>> for path in chain.paths("service", "loyalty"):
    ...     print("; ".join(map(str, path)))
    service -> loyalty
    service -> satisfaction; satisfaction -> loyalty
    """

    links: tuple[Link, ...] = field(converter=_links_of)
    labels: tuple[tuple[str, Label], ...] = field(default=(), converter=_labels_of)

    def __attrs_post_init__(self) -> None:
        problems = list(strangers(self.links, self.labels))
        problems = problems or [*link_faults(self.links), *label_faults(self.links, self.labels)]
        if problems:
            raise ChainError(*problems)

    @classmethod
    def parse(cls, *texts: str, labels: Labels = ()) -> Chain:
        """Return the chain that texts describe.

        ``a -> b -> c; a -> c`` has three links; a semicolon or a new line ends a row of arrows. What stands in brackets
        after a construct belongs to the one arrow into it: a lag, a form or both, as in ``x -> y [lag 1, log]``,
        ``x -> y [asymmetric]``, ``x -> y [piecewise 3.2 4.1]``. ``str(chain)`` writes what this reads.

        Raises
        ------
        ChainError
            All problems at once: those of the text with line and column, those of the chain with the cycle.
        """
        links, problems = links_from(texts)
        if problems:
            raise ChainError(*problems, *link_faults(links))
        return cls(links, labels)

    @classmethod
    def service_profit(cls, *, drivers: bool = False) -> Chain:
        """Return the service-profit chain, from internal service quality to profit and growth, named in two languages.

        Internal service quality → employee satisfaction → employee loyalty and employee productivity → customer value →
        customer satisfaction → customer loyalty → profit and growth. With `drivers`, seven factors of the job drive
        employee satisfaction too: job, training, pay, promotion, respect, teamwork, welfare.

        References
        ----------
        Heskett, Jones, Loveman, Sasser & Schlesinger 1994, Harvard Business Review 72(2):164-174.

        Examples
        --------
        >>> Chain.service_profit().label("customer_value").zh
        '客户价值'
        """
        if drivers:
            return cls.parse(DRIVERS, SERVICE_PROFIT, labels={**DRIVER_LABELS, **SERVICE_PROFIT_LABELS})
        return cls.parse(SERVICE_PROFIT, labels=SERVICE_PROFIT_LABELS)

    @classmethod
    def brand(cls) -> Chain:
        """Return a model of a service brand: idea, platform and reach → satisfaction → profit and growth.

        An example of a chain drawn for one company.
        """
        return cls.parse(BRAND, labels=BRAND_LABELS)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Chain:
        """Return the chain that a dictionary describes; see `to_dict`.

        Raises
        ------
        ChainError
            Unknown keys, missing keys, wrong types and contradictions, each with its place.
        """
        try:
            return cls(*chain_parts(record))
        except RecordError as error:
            raise ChainError(*error.problems) from error

    @classmethod
    def from_json(cls, text: str) -> Chain:
        """Return the chain that a JSON text describes; see `from_dict`."""
        try:
            return cls.from_dict(parse_json(text))
        except RecordError as error:
            raise ChainError(*error.problems) from error

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes an equal chain."""
        return chain_record(self.links, self.labels)

    def to_json(self) -> str:
        """Return the chain as JSON text, readable by people."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @property
    def constructs(self) -> tuple[str, ...]:
        """All constructs in causal order: each after its causes within the period."""
        return causal_order(self.links)

    @property
    def endogenous(self) -> tuple[str, ...]:
        """The constructs that something drives, in causal order: each has an equation."""
        targets = {link.target for link in self.links}
        return tuple(name for name in self.constructs if name in targets)

    @property
    def exogenous(self) -> tuple[str, ...]:
        """The constructs that nothing drives, in causal order."""
        targets = {link.target for link in self.links}
        return tuple(name for name in self.constructs if name not in targets)

    @property
    def max_lag(self) -> int:
        """The longest lag of any link, in periods."""
        return max(link.lag for link in self.links)

    def parents(self, target: str) -> tuple[Link, ...]:
        """Return the links into a construct, in the order given."""
        self._check("target", target)
        return tuple(link for link in self.links if link.target == target)

    def children(self, source: str) -> tuple[Link, ...]:
        """Return the links out of a construct, in the order given."""
        self._check("source", source)
        return tuple(link for link in self.links if link.source == source)

    def label(self, construct: str) -> Label:
        """Return the name of a construct in words."""
        self._check("construct", construct)
        return dict(self.labels).get(construct) or Label(construct.replace("_", " ").strip() or construct)

    def paths(self, source: str, target: str, horizon: int | None = None) -> tuple[Path, ...]:
        """Return every path from one construct to another: rows of links, the shortest first.

        Where later periods feed back, a path may pass a construct once a period; `horizon` says how many periods a
        path may take in all, that is the greatest sum of its lags.

        Raises
        ------
        ChainError
            An unknown construct; a horizon that is negative or not whole, or none where paths have no end.
        """
        self._check("source", source, "target", target)
        return ways(self.links, source, target, horizon)

    def subset(self, constructs: Iterable[str]) -> Chain:
        """Return the chain of the links among some constructs, in the order given: for those that were measured.

        A path through a construct that is left out is cut, not drawn past it.

        Raises
        ------
        ChainError
            An unknown construct; one that no link joins to the others; no links at all.
        """
        wanted = dict.fromkeys([constructs] if isinstance(constructs, str) else constructs)
        self._check(*(word for name in wanted for word in ("subset", name)))
        links = among(self.links, wanted)
        alone = [name for name in wanted if name not in constructs_of(links)]
        if links and alone:
            rule, remedy = "a construct of a chain has a link", "leave it out, or draw a link of its own"
            raise ChainError(
                *(Problem("subset", f"{name!r} without a link to the others", rule, remedy) for name in alone)
            )
        return evolve(self, links=links, labels=[each for each in self.labels if each[0] in wanted])

    def _check(self, *asked: str) -> None:
        """Refuse what the chain does not have: roles and constructs by turns."""
        known = constructs_of(self.links)
        pairs = zip(asked[::2], asked[1::2], strict=True)
        problems = [
            Problem(role, repr(name), "no construct of this chain", did_you_mean(name, known))
            for role, name in pairs
            if name not in known
        ]
        if problems:
            raise ChainError(*problems)

    def __str__(self) -> str:
        rows: list[str] = []
        end = None
        for link in self.links:
            if link.source == end:
                rows[-1] += f" -> {link.target}{link.options}"
            else:
                rows.append(str(link))
            end = link.target
        return "; ".join(rows)

    def __repr__(self) -> str:
        lags = f", lags up to {self.max_lag}" if self.max_lag else ""
        links = f"{len(self.links)} link" + "s" * (len(self.links) > 1)
        return f"<Chain: {len(constructs_of(self.links))} constructs, {links}{lags}>"
