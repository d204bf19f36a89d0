"""`blueprint`: the steps of a service in lanes, with the line of visibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

from servqual._frames.door import needed
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.operations.process.hand_over_results import HandOverQuality, InternalCustomers
from servqual.operations.process.hand_over_words import HandOverVerdict
from servqual.operations.process.service_process import ServiceProcess
from servqual.operations.process.steps import LINES, HandOver, Lane
from servqual.plots.blueprint_bends import Bend, Point
from servqual.plots.blueprint_places import Places
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, POINTS, WARNING, inches, points_of, whole_lines
from servqual.plots.fonts import EXTRA, voiced
from servqual.plots.wording import LETTER, width_of, wrapped
from servqual.statistics import Inapplicable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In letters: how wide words in boxes and names of lanes may be. In inches: around words.
_WIDE = 15
_INSIDE = 0.09
_ABOVE = 0.9
_NARROWEST = 4.0
_SMALLEST = 2.5
# Of arrows, in points: the thinnest, and what the largest loss adds.
_THIN = 1.0
_THICK = 3.2
_BENT = 0.22
_TOLD = 0.005
# Words on lines and on arrows: their letters, and what is behind them.
_SMALLER = 0.85
_PAPER = {"facecolor": "white", "pad": 0.6, "linewidth": 0}
_COLOURS = {
    HandOverVerdict.BELOW: WARNING,
    HandOverVerdict.ABOVE: COLOURS[0],
    HandOverVerdict.OPEN: BETWEEN,
    HandOverVerdict.UNTESTED: BETWEEN,
}
_FILLS = {Lane.CUSTOMER: "#E8F1F8", Lane.ONSTAGE: "white", Lane.BACKSTAGE: "#F3F3F3", Lane.SUPPORT: "#E4E4E4"}
_LOSS = Label("what the customer loses there, points", "顾客在该处的损失（分）")
_PLAIN = Label("arrows: who hands over to whom", "箭头：工序间的交接")
_GAP = Label("internal gap, points", "内部差距（分）")


def blueprint(
    source: ServiceProcess | InternalCustomers,
    *,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A service blueprint: steps in lanes, from what customers do down to support, and time from the left.

    Lines between lanes are those of interaction, of visibility (the strong one: what is below, the customer does not
    see) and of internal interaction. Of `InternalCustomers`, arrows have the colour of their verdict and bear what the
    customer loses there, or without an outcome the internal gap; the wider an arrow, the larger that is.

    Parameters
    ----------
    source
        A process, or what `servqual.operations.internal_customers` returned.
    language
        Of the labels: "en" or "zh".
    ax
        Where to draw; without it, a new figure, as large as the process needs.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    PlotError
        Something else than a process or what was read of one.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Shostack 1984, Harvard Business Review 62(1):133-139; Bitner, Ostrom & Morgan 2008, California Management Review
    50(3):66-94.
    """
    if not isinstance(source, ServiceProcess | InternalCustomers):
        rule = "what is drawn is a ServiceProcess, or a result of internal_customers"
        raise PlotError(Problem("source", f"a {type(source).__name__}", rule))
    needed("matplotlib", EXTRA)
    picture, voice = voiced(language, lambda tongue: _Sheet.of(source, tongue))
    board = Board.of(ax, voice, (max(picture.places.size[0], _NARROWEST) + 0.3, picture.places.size[1] + _ABOVE))
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Sheet:
    process: ServiceProcess
    rated: dict[str, HandOverQuality]
    places: Places
    steps: dict[str, str]
    lanes: dict[Lane, str]
    lines: dict[Lane, str]
    words: dict[HandOverVerdict, str]
    title: str
    note: str

    @classmethod
    def of(cls, source: ServiceProcess | InternalCustomers, language: Language) -> Self:
        process = source if isinstance(source, ServiceProcess) else source.process
        rated = {} if isinstance(source, ServiceProcess) else {row.hand_over: row for row in source}
        steps = {step.key: wrapped(step.label.text(language), _WIDE) for step in process.steps}
        lanes = {lane: wrapped(lane.label.text(language), _WIDE) for lane in Lane}
        lanes = {lane: text for lane, text in lanes.items() if any(step.lane is lane for step in process.steps)}
        shown = list(lanes)[:-1]
        lines = {lane: LINES[lane].text(language) for lane in shown if lane in LINES}
        # names of lines stand in the column of the lanes, where no arrow runs
        wide = [_size(text)[0] for text in lanes.values()] + [_SMALLER * _size(text)[0] for text in lines.values()]
        places = Places.of(process, {key: _size(text) for key, text in steps.items()}, max(wide))
        kinds = [each for each in HandOverVerdict if any(row.verdict is each for row in rated.values())]
        words = {each: each.label.text(language) for each in kinds}
        note = _PLAIN if not rated else _GAP if _without_outcome(rated) else _LOSS
        title = process.label.text(language)
        return cls(process, rated, places, steps, lanes, lines, words, title, note.text(language))

    @property
    def texts(self) -> tuple[str, ...]:
        own = (self.steps, self.lanes, self.lines, self.words)
        return (*(text for texts in own for text in texts.values()), self.title, self.note)

    def draw(self, board: Board) -> None:
        from matplotlib.lines import Line2D

        handles = [Line2D([], [], color=_COLOURS[each], linewidth=2.2) for each in self.words]
        above = board.title(self.title, board.legend(handles, list(self.words.values())))
        board.across(self.note)
        fill = self._scaled(board, above)
        letters = max(_SMALLEST, points_of("ytick.labelsize") * fill)
        self._draw_lanes(board, letters)
        for hand_over in self.process.hand_overs:
            self._draw_arrow(board, hand_over, fill, letters)
        for key, text in self.steps.items():
            self._draw_box(board, key)
            _write(board, (self.places.boxes[key].x, self.places.boxes[key].y), text, letters, ha="center")

    def _scaled(self, board: Board, above: float) -> float:
        """Turn the Axes into a sheet in inches, and return at what scale it is seen."""
        ax, (width, height) = board.ax, self.places.size
        room = board.room / POINTS, board.height(above)
        fill = min(room[0] / width, room[1] / height, 1.0)
        beside, under = (room[0] / fill - width) / 2, (room[1] / fill - height) / 2
        ax.set_xlim(-beside, width + beside)
        ax.set_ylim(height + under, -under)
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
        return fill

    def _draw_lanes(self, board: Board, letters: float) -> None:
        """Draw lanes with their names, and the lines between them with theirs."""
        width = self.places.size[0]
        for lane, (top, end) in self.places.lanes.items():
            _write(board, (0.0, (top + end) / 2), self.lanes[lane], letters, ha="left", fontweight=board.voice.heading)
            if lane in self.lines:
                strong = lane is Lane.ONSTAGE
                style: dict[str, Any] = {"color": INK if strong else BETWEEN, "linewidth": 1.8 if strong else 1.0}
                board.ax.plot([0, width], [end, end], linestyle="-" if strong else (0, (5, 3)), zorder=1, **style)
                _write(board, (0.0, end - 0.06), self.lines[lane], _SMALLER * letters, ha="left", va="bottom")

    def _draw_box(self, board: Board, key: str) -> None:
        from matplotlib.patches import FancyBboxPatch

        box = self.places.boxes[key]
        left, top, _, _ = box.bounds
        board.ax.add_patch(
            FancyBboxPatch(
                (left, top), box.width, box.height, boxstyle="round,pad=0,rounding_size=0.05", linewidth=1.0,
                facecolor=_FILLS[self.process.step(key).lane], edgecolor=INK, zorder=3,
            )
        )  # fmt: skip

    def _draw_arrow(self, board: Board, hand_over: HandOver, fill: float, letters: float) -> None:
        """Draw a hand-over behind the boxes, and on it what is lost there."""
        from matplotlib.patches import FancyArrowPatch

        arrow = self._arrow(hand_over)
        row = self.rated.get(hand_over.key)
        colour, width, text = ("#555555", _THIN, "") if row is None else self._look(row)
        patch = FancyArrowPatch(
            arrow.start, arrow.end, arrowstyle="-|>", mutation_scale=fill * (9 + 1.6 * width), linewidth=width * fill,
            color=colour, shrinkA=0, shrinkB=0, connectionstyle=f"arc3,rad={arrow.share}", zorder=2,
        )  # fmt: skip
        board.ax.add_patch(patch)
        if text:
            place = arrow.free(_words_size(text, letters), list(self.places.boxes.values()))
            _write(board, place, text, _SMALLER * letters, ha="center", bbox=_PAPER, color=colour)

    def _look(self, row: HandOverQuality) -> tuple[str, float, str]:
        """Return colour, width and words of an arrow."""
        worst = max((abs(_told(each)) for each in self.rated.values()), default=0.0)
        number = _told(row)
        width = _THIN + _THICK * abs(number) / worst if worst > 0 else _THIN
        # what only passes a shortfall on loses nothing itself
        worth = {HandOverVerdict.BELOW: -number, HandOverVerdict.ABOVE: number}.get(row.verdict, 0.0)
        text = f"{number:+.2f}".replace("-", "−") if worth >= _TOLD else ""
        return _COLOURS[row.verdict], width, text

    def _arrow(self, hand_over: HandOver) -> Bend:
        """Return how an arrow runs past the boxes that are not its own."""
        own = (hand_over.source, hand_over.target)
        others = [box for key, box in self.places.boxes.items() if key not in own]
        start, end, least = self._ends(hand_over)
        return Bend.around(start, end, others, least)

    def _ends(self, hand_over: HandOver) -> tuple[Point, Point, float]:
        """Return where an arrow leaves, where it arrives, and how far it bends at least."""
        source, target = self.places.boxes[hand_over.source], self.places.boxes[hand_over.target]
        ahead = self.places.columns[hand_over.target] - self.places.columns[hand_over.source]
        if abs(source.y - target.y) < min(source.height, target.height):
            start, end = (source.bounds[2], source.y), (target.bounds[0], target.y)
            return start, end, _BENT if ahead > 1 else 0.0
        down = target.y > source.y
        edge = (3, 1) if down else (1, 3)
        # neighbours in time meet at the corner that is nearer
        shift = 0.25 * source.width if ahead > 0 else 0.0
        start = (source.x + shift, source.bounds[edge[0]])
        end = (target.x - (0.25 * target.width if ahead > 0 else 0.0), target.bounds[edge[1]])
        return start, end, 0.0


def _without_outcome(rated: dict[str, HandOverQuality]) -> bool:
    return all(isinstance(row.loss, Inapplicable) for row in rated.values())


def _told(row: HandOverQuality) -> float:
    """Return the loss of a hand-over, or where there is none its gap."""
    return row.gap if isinstance(row.loss, Inapplicable) else float(row.loss)


def _size(text: str) -> tuple[float, float]:
    """Return about how wide and high a text is, in inches."""
    letters = points_of("ytick.labelsize")
    return width_of(text) * LETTER * letters / POINTS + 2 * _INSIDE, inches(whole_lines(text), letters) + 2 * _INSIDE


def _words_size(text: str, letters: float) -> tuple[float, float]:
    """Return about how wide and high words on an arrow are, in inches."""
    return width_of(text) * LETTER * _SMALLER * letters / POINTS, inches(1, _SMALLER * letters)


def _write(board: Board, place: tuple[float, float], text: str, letters: float, **style: Any) -> None:
    given: dict[str, Any] = {"va": "center", "color": INK, "zorder": 4, "linespacing": 1.1, **style}
    board.ax.text(*place, text, fontsize=letters, fontfamily=board.voice.fonts, **given)
