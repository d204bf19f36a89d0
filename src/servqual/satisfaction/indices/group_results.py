"""`IndexGroupComparison`: what differs between the groups of an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from servqual.errors import Problem, StructuralError
from servqual.labels import Label, Language
from servqual.satisfaction.indices.group_rows import GroupDifference, GroupSpread, Invariance
from servqual.satisfaction.indices.quantities import Quantity, QuantityKind, no_such_quantity
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics import Adjustment
from servqual.statistics.pls_words import PathState
from servqual.tables import Table
from servqual.telling import Told, cells


@frozen(eq=False, repr=False, kw_only=True)
class IndexGroupComparison:
    """Differences of an index model between groups, and no answer of any respondent.

    Attributes
    ----------
    model, by
        What was fitted, and by which column groups were made.
    labels, fits
        The groups, and the model fitted to each by itself.
    rows
        Every number in every pair of groups, with its difference and p-values.
    overall
        Among three groups or more, whether each number differs at all.
    invariance
        Whether weights of two groups make the same scores.
    draws, failures
        Permutations, and how many have no estimate in a group, by the cause; they are left out.
    adjust
        How p-values are adjusted, within each kind of number.
    units, drawn
        How many were dealt out, and what they are.
    unlabelled
        Respondents without a label, who were left out.
    """

    model: StructuralModel
    by: str
    labels: tuple[Any, ...]
    fits: tuple[IndexFit, ...]
    rows: tuple[GroupDifference, ...]
    overall: tuple[GroupSpread, ...]
    invariance: tuple[Invariance, ...]
    draws: int
    failures: tuple[tuple[PathState, int], ...]
    adjust: Adjustment
    units: int
    drawn: Label
    unlabelled: int
    backend: str = "pandas"

    def __len__(self) -> int:
        return len(self.rows)

    def of(
        self, kind: QuantityKind | str, source: str, target: str = "", *, pair: tuple[Any, Any] | None = None
    ) -> GroupDifference:
        """Return one difference, as ``of("path", "image", "loyalty")``; among several groups with ``pair=``.

        Raises
        ------
        StructuralError
            A number that the model does not have, or a pair that there is not.
        """
        wanted, both = Quantity(QuantityKind(kind), source, target), pair or self.labels[:2]
        found = [row for row in self.rows if row.quantity == wanted and (row.first, row.second) == tuple(both)]
        if found and (pair or len(self.labels) == 2):
            return found[0]
        alike = [row.quantity for row in self.rows if row.quantity.kind is wanted.kind]
        if wanted in alike:
            pairs = dict.fromkeys(f"({row.first!r}, {row.second!r})" for row in self.rows)
            raise StructuralError(Problem("pair", repr(pair), "it is one of the pairs compared", f"{', '.join(pairs)}"))
        raise no_such_quantity(wanted, alike)

    def to_table(
        self, language: Language | str | None = None, *, kind: QuantityKind | str = QuantityKind.PATH
    ) -> Table:
        """Return the numbers of one kind in each pair of groups, with p-values; see `QuantityKind` for the kinds.

        Parameters
        ----------
        language
            Adds the names, and says title and notes in it.
        kind
            "path", "total_effect", "importance", "weight", "loading", "r2", "index" or "htmt".
        """
        wanted = QuantityKind(kind)
        told = self._told([row for row in self.rows if row.quantity.kind is wanted], wanted.label)
        empty = all(not cell for cell in told.table["target"])
        columns = [name for name in told.table.columns if name != "kind" and not (name == "target" and empty)]
        return told.view(columns, None, language, named="source" if empty else "target")

    def among_all(
        self, language: Language | str | None = None, *, kind: QuantityKind | str = QuantityKind.PATH
    ) -> Table:
        """Return whether the numbers of one kind differ among three groups or more; empty for two."""
        wanted = QuantityKind(kind)
        told = self._told_overall([row for row in self.overall if row.quantity.kind is wanted])
        return told.view([name for name in told.table.columns if name != "kind"], None, language, named="source")

    def _told_overall(self, rows: Sequence[GroupSpread]) -> Told:
        columns: dict[str, list[Any]] = {
            "kind": [str(row.quantity.kind) for row in rows],
            "source": [row.quantity.source for row in rows],
            "target": [row.quantity.target or None for row in rows],
            "p": cells([float(row.p) for row in rows]),
            "permutations": [row.permutations for row in rows],
        }
        labels = [row.quantity.label(self.model) for row in rows]
        title = Label("Whether groups differ at all", "各组之间是否存在差异")
        return Told(Table(columns, backend=self.backend), labels, title, self._notes())

    def invariances(self, language: Language | str | None = None) -> Table:
        """Return whether the groups' weights make the same scores: correlations of 1, and p-values that are not small.

        Where they do not, a construct is not the same in both groups, and its paths cannot be compared.
        """
        rows = self.invariance
        columns: dict[str, list[Any]] = {
            "construct": [row.construct for row in rows],
            "first": [row.first for row in rows],
            "second": [row.second for row in rows],
            "correlation": cells([row.correlation for row in rows]),
            "p": cells([row.p for row in rows]),
        }
        labels = [self.model.label(row.construct) for row in rows]
        title = Label("Compositional invariance", "组合不变性")
        told = Told(Table(columns, backend=self.backend), labels, title, self._notes())
        return told.view(list(columns), None, language, named="construct")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all differences, one row each."""
        return self._told(self.rows, Label("differences")).table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        failures = {state.name.lower(): count for state, count in self.failures}
        asked = {"by": self.by, "draws": self.draws, "adjust": str(self.adjust), "units": self.units}
        told = self._told(self.rows, Label("Differences of the index model between groups"))
        parts = {
            "overall": self._told_overall(self.overall).whole().to_dict(),
            "invariance": self.invariances().to_dict(),
        }
        return {"result": "index_group_comparison", **asked, "failures": failures, **told.whole().to_dict(), **parts}

    def __repr__(self) -> str:
        groups = ", ".join(map(str, self.labels))
        return f"<IndexGroupComparison: {groups}; {self.draws} permutations of {self.units} {self.drawn.en}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def _told(self, rows: Sequence[GroupDifference], title: Label) -> Told:
        columns: dict[str, list[Any]] = {
            "kind": [str(row.quantity.kind) for row in rows],
            "source": [row.quantity.source for row in rows],
            "target": [row.quantity.target or None for row in rows],
            "first": [row.first for row in rows],
            "second": [row.second for row in rows],
        }
        for name in ("estimate", "other", "difference", "p", "p_adjusted"):
            columns[name] = cells([float(getattr(row, name)) for row in rows])
        columns["permutations"] = [row.permutations for row in rows]
        labels = [row.quantity.label(self.model) for row in rows]
        heading = Label(f"{title.en.capitalize()} by {self.by}", f"按 {self.by} 分组比较：{title.text('zh')}")
        return Told(Table(columns, backend=self.backend), labels, heading, self._notes())

    def _notes(self) -> Iterator[Label]:
        sizes = ", ".join(f"{label} {fit.rows.n:g}" for label, fit in zip(self.labels, self.fits, strict=True))
        yield Label(
            f"{self.draws} permutations of {self.units} {self.drawn.en}; respondents: {sizes}; difference is first "
            f"minus second; p adjusted within each kind: {self.adjust}",
            f"对 {self.units} 个{self.drawn.zh}置换 {self.draws} 次；各组人数：{sizes}；差值为前组减后组；"
            f"p 值在同类数量内校正：{self.adjust}",
        )
        lost = sum(count for _, count in self.failures)
        if lost:
            causes = {tongue: [f"{state.label.text(tongue)} {count}" for state, count in self.failures]
                      for tongue in Language}  # fmt: skip
            yield Label(
                f"{lost} permutations without an estimate are left out: {'; '.join(causes[Language.ENGLISH])}",
                f"{lost} 次置换没有估计，已剔除：{'；'.join(causes[Language.CHINESE])}",
            )
        if self.unlabelled:
            yield Label(
                f"{self.unlabelled} respondents without a label are left out",
                f"{self.unlabelled} 名没有组别的受访者已剔除",
            )
