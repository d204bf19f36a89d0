"""What was asked of a comparison of forms: links, bent forms, folds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from attrs import evolve

from servqual.chain.asking import Asked, recipe_of
from servqual.chain.design_checks import design_problems, rank_problems
from servqual.chain.designs import prepare
from servqual.chain.form_reading import as_form
from servqual.chain.forms import Form, Linear
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.shape_fits import Ground
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, ChainError, FitError, Problem, did_you_mean
from servqual.statistics.resample_counts import check_draws

THIRDS = "thirds"


def check_folds(folds: object, rng: object) -> None:
    """Refuse folds that are none, and a seed that is none."""
    check_draws(2, rng)
    if isinstance(folds, bool) or not isinstance(folds, int | np.integer) or folds < 2:
        raise ArgumentError(Problem("folds", repr(folds), "it is a whole number, 2 or more"))


def links_of(chain: Chain, links: Sequence[Link | str] | Link | str | None) -> tuple[Link, ...]:
    """Return the links that are asked about."""
    if links is None:
        return chain.links
    listed = [links] if isinstance(links, Link | str) else list(links)
    known = {_bare(str(each)): each for each in chain.links} | {
        _bare(str(_straight(each))): each for each in chain.links
    }
    missing = [str(each) for each in listed if _bare(str(each)) not in known]
    if missing or not listed:
        texts = [str(each) for each in chain.links]
        rule = "links are those of the chain"
        raise ChainError(
            *(Problem("links", repr(each), rule, did_you_mean(each, texts)) for each in missing or ["none"])
        )
    return tuple(dict.fromkeys(known[_bare(str(each))] for each in listed))


def _bare(text: str) -> str:
    return "".join(text.replace("→", "->").split())


def _straight(link: Link) -> Link:
    return evolve(link, form=Linear())


def forms_of(forms: Sequence[Form | str]) -> dict[str, Form | None]:
    """Return the bent forms by their names; thirds are placed link by link."""
    listed: Iterable[Form | str] = [forms] if isinstance(forms, Form | str) else forms
    found: dict[str, Form | None] = {}
    for each in listed:
        form = None if each == THIRDS else as_form(each)
        if form != Linear():
            found[THIRDS if form is None else str(form)] = form
    if not found:
        raise ChainError(Problem("forms", "no bent one", "a straight line is compared with bent ones", "forms=['log']"))
    return found


def settled(
    chain: Chain, units: UnitTable, options: dict[str, Any], folds: int, rng: int | np.random.Generator
) -> Ground:
    """Return the recipe with the units and their folds; refuse what `fit` refuses."""
    if options.get("reliability"):
        rule = "error is taken out of straight links only"
        raise FitError(Problem("reliability", "given", rule, "compare forms without it"))
    recipe = recipe_of(chain, units, Asked(**options))
    prepared = prepare(chain, units, recipe)
    problems = design_problems(prepared.equations) or rank_problems(prepared.equations)
    used = np.unique(np.concatenate([rows.unit for rows in prepared.equations]))
    if used.size < folds:
        rule = "each fold holds a unit or more"
        problems.append(Problem("folds", f"{folds} for {used.size} units", rule, f"folds={used.size}"))
    if problems:
        raise FitError(*problems)
    fold_of = np.zeros(len(units.unit_names), dtype=np.int64)
    fold_of[np.random.default_rng(rng).permutation(used)] = np.arange(used.size) % folds
    return Ground(chain, units, recipe, fold_of)
