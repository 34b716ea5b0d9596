"""Asking for runs from many starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gdviz.errors import UserError
from gdviz.experiment.many_starts import ManyStarts, StartsKind
from gdviz.experiment.run_list import MOST_RUNS
from gdviz.numbers import format_number
from gdviz.ui.buttons import plain_buttons
from gdviz.ui.number_field import NumberField, SliderScale
from gdviz.ui.segments import Segments
from gdviz.ui.tips import explain, set_topic

__all__ = ["ManyStartsDialog"]

_CHOICES = {
    "grid": (
        "Grid",
        "At the centers of equal cells of what is in view: an even picture of all basins.",
    ),
    "ring": ("Ring", "Around the middle of what is in view: the same distance from everywhere."),
    "random": ("Random", "Spread evenly by chance over what is in view."),
}
_WIDEST_RING = 0.5
_MOST_SEED = 2**53


class ManyStartsDialog(QDialog):
    """Asks where runs like the current one are to start.

    Parameters
    ----------
    parent : QWidget
    dimension : int
        The number of parameters; with one there is neither a ring nor a grid's rows.
    present : int
        How many runs there are.
    wish : ManyStarts
        What the fields show at first, such as what was asked for the last time.

    Signals
    -------
    spread_wanted(ManyStarts)
        The user pressed Start; answer with `accept` or `show_error`.
    """

    spread_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        *,
        dimension: int,
        present: int,
        wish: ManyStarts = ManyStarts(),  # noqa: B008 -- a frozen value
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Many starts")
        self._dimension, self._present = dimension, present
        choices = {key: words for key, words in _CHOICES.items() if dimension > 1 or key != "ring"}
        self.kind = Segments(choices, "How starts are placed")
        self.fields: dict[str, NumberField] = {}
        self._pages = QStackedWidget()
        self._page_of: dict[str, int] = {}
        for key in choices:
            self._page_of[key] = self._pages.addWidget(self._page(key, wish))
        self.keep = QCheckBox("Keep the runs that are there")
        explain(self.keep, "Add the new runs to those that are there; otherwise they replace them.")
        self.keep.setChecked(wish.keep)
        if not present:
            self.keep.hide()
        self.count, self.error = QLabel(), QLabel()
        self.count.setObjectName("muted")
        self.error.setObjectName("error")
        for line in (self.count, self.error):
            line.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start = buttons.addButton("Start", QDialogButtonBox.ButtonRole.AcceptRole)
        plain_buttons(buttons)
        explain(self.start, "Start all of these runs at once, each like the current one.")
        for button in buttons.buttons():
            if button is not self.start:
                explain(button, "Close this without starting any run.")
        set_topic(self, "many-starts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        for part in (self.kind, self._pages, self.keep, self.count, self.error, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(360)
        self.kind.show_current(wish.kind if wish.kind in choices else "grid")
        self.kind.picked.connect(self._show)
        self.keep.toggled.connect(self._show)
        buttons.accepted.connect(self._on_start)
        buttons.rejected.connect(self.reject)
        self._show()
        self._shown_fields()[0].entry.setFocus()

    @property
    def wish(self) -> ManyStarts:
        """What is asked for."""
        kind = cast("StartsKind", self.kind.current)
        named = {"grid": ("columns", "rows"), "ring": ("count", "radius")}
        values: dict[str, Any] = {
            name: field.value if name == "radius" else round(field.value)
            for name in named.get(kind, ("count", "seed"))
            if (field := self.fields.get(f"{kind} {name}")) is not None
        }
        return ManyStarts(kind, keep=self.keep.isChecked() and self._present > 0, **values)

    def show_error(self, message: str) -> None:
        """Say why there are no such runs; the dialog stays open."""
        self.error.setText(message)
        self.error.setVisible(bool(message))

    def _page(self, kind: str, wish: ManyStarts) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        number = _whole("the number of starts", 1, MOST_RUNS)
        if kind == "grid":
            flat = self._dimension > 1
            tip = "How many starts stand beside each other."
            counts = _whole("columns" if flat else "starts", 1, MOST_RUNS)
            name = "Columns" if flat else "Starts"
            self._add(layout, "grid columns", NumberField(name, tip, counts), wish.columns)
            if flat:
                tip = "How many starts stand above each other."
                rows = NumberField("Rows", tip, _whole("rows", 1, MOST_RUNS))
                self._add(layout, "grid rows", rows, wish.rows)
        elif kind == "ring":
            ring = NumberField("Starts", "How many starts stand around the middle.", number)
            self._add(layout, "ring count", ring, wish.count)
            tip = "How far from the middle, as a share of the view's width and height."
            scale = SliderScale(0.01, _WIDEST_RING, logarithmic=False)
            self._add(
                layout, "ring radius", NumberField("Radius", tip, _check_radius, scale), wish.radius
            )
        else:
            random = NumberField("Starts", "How many starts are chosen by chance.", number)
            self._add(layout, "random count", random, wish.count)
            tip = "The same seed chooses the same starts again."
            seed = NumberField("Seed", tip, _whole("the seed", 0, _MOST_SEED))
            self._add(layout, "random seed", seed, wish.seed)
        layout.addStretch(1)
        return page

    def _add(self, layout: QVBoxLayout, key: str, field: NumberField, value: float) -> None:
        field.set_value(value)
        field.edited.connect(self._show)
        self.fields[key] = field
        layout.addWidget(field)

    @Slot()
    def _show(self, *_: object) -> None:
        """Show the fields of the kind that is chosen, and how many runs result."""
        self._pages.setCurrentIndex(self._page_of[self.kind.current])
        wish = self.wish
        new = wish.number(self._dimension)
        try:
            total = wish.total(self._dimension, self._present)
        except UserError as error:
            self.show_error(str(error))
        else:
            self.show_error("")
            kept = f"; {total:,} with those that are there" if wish.keep else ""
            self.count.setText(f"{new:,} new {'run' if new == 1 else 'runs'}{kept}.")
        self.count.setVisible(not self.error.text())
        self.start.setEnabled(not self.error.text())

    def _shown_fields(self) -> list[NumberField]:
        kind = self.kind.current
        return [field for name, field in self.fields.items() if name.startswith(kind)]

    @Slot()
    def _on_start(self) -> None:
        wrong = [field for field in self._shown_fields() if field.error.text()]
        if wrong:
            wrong[0].entry.setFocus()
            return
        self.spread_wanted.emit(self.wish)


def _whole(what: str, least: int, most: int) -> Callable[[float], None]:
    """Return a check for whole numbers."""

    def check(value: float) -> None:
        if not (float(value).is_integer() and least <= value <= most):
            told = format_number(value, 10)
            raise UserError(f"{what} must be a whole number from {least} to {most:,}, got {told}")

    return check


def _check_radius(value: float) -> None:
    if not 0.0 < value <= _WIDEST_RING:
        told = f"greater than 0 and at most {_WIDEST_RING:g}"
        raise UserError(f"the radius must be {told}, got {format_number(value)}")
