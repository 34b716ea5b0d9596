"""Choosing which views a picture shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.tips import explain

__all__ = ["ViewPicker"]

_ALL = "all"
_WORDS = {
    _ALL: ("All", "Every view that there is of this landscape, arranged as in the window."),
    "contour": ("Contour", "The landscape from above, with the runs on it."),
    "surface": ("Surface", "The landscape as a lit surface, seen from where you have turned it."),
    "curve": ("Curve", "The loss along one parameter, or as the window cuts it."),
    "history": ("History", "Each run against its steps, as the window draws it."),
    "data": ("Data", "The table's points with the line that the parameters make."),
    "basins": ("Basins", "Where the current run's optimizer leads from every point in view."),
    "sweep": ("Rates", "What becomes of the current run at every learning rate, with the bound."),
}
_ORDER = "They are laid out in the order in which they are chosen."


class ViewPicker(QWidget):
    """Buttons that stay down: all views, or some in the order in which they are chosen.

    Parameters
    ----------
    offered : sequence of str
        The single views that there are.

    Signals
    -------
    changed()
        By the user's hand.
    """

    changed = Signal()

    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName("Shows")
        layout = FlowLayout(gap=4)
        self.setLayout(layout)
        self._views: tuple[str, ...] = (_ALL,)
        self.buttons: dict[str, QToolButton] = {}
        for view in (_ALL, *offered):
            title, tip = _WORDS[view]
            button = QToolButton()
            button.setText(title)
            button.setAccessibleName(title)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            explain(button, tip if view == _ALL else f"{tip} {_ORDER}")
            button.clicked.connect(lambda on, chosen=view: self._on_clicked(chosen, on=on))
            self.buttons[view] = button
            layout.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def views(self) -> tuple[str, ...]:
        """Those that are chosen, in the order in which they were."""
        return self._views

    def show_views(self, views: Sequence[str]) -> None:
        """Show which are chosen, without telling of it."""
        self._views = tuple(views)
        for view, button in self.buttons.items():
            button.setChecked(view in self._views)

    def _on_clicked(self, view: str, *, on: bool) -> None:
        if view == _ALL:
            chosen: tuple[str, ...] = (_ALL,)
        elif on:
            chosen = (*(other for other in self._views if other != _ALL), view)
        else:
            chosen = tuple(other for other in self._views if other != view) or (view,)
        self.show_views(chosen)
        self.changed.emit()
