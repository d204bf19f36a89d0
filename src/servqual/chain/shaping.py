"""`compare_forms`: is a link straight, does it saturate, do losses weigh more than gains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual.chain.forms import Form, Linear
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.shape_asking import THIRDS, check_folds, forms_of, links_of, settled
from servqual.chain.shape_fits import FormFit, Ground, fitted_form, thirds
from servqual.chain.shape_results import FormComparison, FormRow, LinkShape
from servqual.chain.shape_rows import Found, form_rows, link_shape
from servqual.chain.shape_words import OF_LINKS, TITLE, shape_notes
from servqual.chain.units import UnitTable
from servqual.labels import Label
from servqual.statistics import Inapplicable
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told


def compare_forms(
    chain: Chain | Link,
    units: UnitTable,
    *,
    links: Sequence[Link | str] | Link | str | None = None,
    forms: Sequence[Form | str] = ("log", "asymmetric", THIRDS),
    folds: int = 10,
    rng: int | np.random.Generator = 0,
    confidence: float = 0.95,
    **options: Any,
) -> FormComparison:
    """Straight links against bent ones (nonlinear, asymmetric, saturating): by AIC, BIC and held-out error.

    Each link in its turn takes each form, while the others keep theirs; the equation of its target is estimated on the
    same rows. Units are held out whole, fold by fold, and predicted from the others. Slopes below and above the
    reference of the asymmetric form are tested for difference: ``t = (b₊ − b₋) / se`` with the covariance of the fit.

    Parameters
    ----------
    chain
        The chain, or a single link.
    units
        Its units.
    links
        The links that are asked about, as links or texts; all of them by default.
    forms
        The bent forms: as of `Link`, or "thirds", a slope for each third of the rows. The straight line is always
        there.
    folds
        Into how many parts units are divided to be held out, 2 at least.
    rng
        Seed or generator of the division.
    confidence
        Of the interval of the difference of slopes; ``1 − confidence`` is the level of its test.
    **options
        As of `fit`, but for `reliability`, which takes error out of straight links only.

    Returns
    -------
    FormComparison
        Criteria of each form, and what they say of each link. A form that cannot be fitted says why.

    Raises
    ------
    ChainError
        A link that the chain does not have, an unknown form, no form.
    FitError
        As of `fit`; `reliability`; fewer units than folds.
    ArgumentError
        Folds that are none, a confidence outside 0 and 1.

    Notes
    -----
    A link is called bent where a form is better by all criteria, by the held-out error by more than its standard error.
    A reference at the mean and knots at thirds are placed by the sources alone, over all rows. With unit effects,
    held-out units are predicted about their own means; with random intercepts, from the fixed part.

    References
    ----------
    Anderson & Mittal 2000, Journal of Service Research 3(2):107-120; Mittal, Ross & Baldasare 1998, Journal of
    Marketing 62(1):33-47; Akaike 1974, IEEE Transactions on Automatic Control 19(6):716-723; Schwarz 1978, Annals of
    Statistics 6(2):461-464; Stone 1974, Journal of the Royal Statistical Society B 36(2):111-147 (held-out error);
    Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, 2nd ed., Springer, section 7.10 (one
    standard error).

    Examples
    --------
    >>> x = np.linspace(1, 5, 40)
    >>> noise = np.random.default_rng(1).normal(0, 0.05, 40)
    >>> units = UnitTable.from_arrays(range(40), {"satisfaction": x, "loyalty": np.log(x) + noise})
    >>> compare_forms(Link("satisfaction", "loyalty"), units, forms=["log"])["satisfaction -> loyalty"]
    <LinkShape satisfaction -> loyalty: bent, log; not tested>
    """
    check_confidence(confidence)
    check_folds(folds, rng)
    whole = Chain([chain]) if isinstance(chain, Link) else chain
    chosen, wanted = links_of(whole, links), forms_of(forms)
    ground = settled(whole, units, options, folds, rng)
    found = {link: _found(ground, link, wanted) for link in chosen}
    tables = {link: form_rows(link, each) for link, each in found.items()}
    rows = [row for table in tables.values() for row in table]
    shapes = [link_shape(link, each, tables[link], confidence) for link, each in found.items()]
    notes = tuple(shape_notes(ground.recipe, folds, confidence))
    labels = [_label(whole, link) for link in chosen]
    every = [label for label, table in zip(labels, tables.values(), strict=True) for _ in table]
    told = Told(Table(columns_of(rows, FormRow), backend=units.backend), every, TITLE, (*notes, OF_LINKS))
    told_shapes = Told(Table(columns_of(shapes, LinkShape), backend=units.backend), labels, TITLE, notes)
    return FormComparison(
        rows=tuple(rows), shapes=tuple(shapes), told=told, told_shapes=told_shapes, folds=folds, confidence=confidence
    )


def _found(ground: Ground, link: Link, forms: Mapping[str, Form | None]) -> Found:
    """Return the fit of each form of a link by its name, the straight line first."""
    found: dict[str, FormFit | Inapplicable] = {str(Linear()): fitted_form(ground, link, Linear())}
    for name, form in forms.items():
        placed = thirds(ground, link) if form is None else form
        found[name] = placed if isinstance(placed, Inapplicable) else fitted_form(ground, link, placed)
    return found


def _label(chain: Chain, link: Link) -> Label:
    source, target = chain.label(link.source), chain.label(link.target)
    return Label(f"{source.en} → {target.en}", f"{source.text('zh')} → {target.text('zh')}")
