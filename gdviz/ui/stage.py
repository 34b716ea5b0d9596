"""One view with all the room, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

if TYPE_CHECKING:
    from gdviz.ui.canvas import Canvas

__all__ = ["Stage"]


class Stage(QObject):
    """Gives the room of all views to one of them, and puts everything back as it was.

    Views stand in splitters and in stacks; those of the enlarged view's ancestors that are
    splitters show nothing else, those that are stacks turn to it.

    Parameters
    ----------
    canvases : mapping of str to sequence of Canvas
        The views by name; several of one name stand side by side in one place.
    parent : QObject, optional

    Signals
    -------
    enlarged_changed()
        Another view is enlarged, or none.
    """

    enlarged_changed = Signal()

    def __init__(
        self, canvases: Mapping[str, Sequence[Canvas]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._canvases = dict(canvases)
        self._enlarged: str | None = None
        self._sizes: dict[QSplitter, list[int]] = {}
        self._hidden: list[QWidget] = []
        self._pages: dict[QStackedWidget, QWidget] = {}
        self._moving = False
        for name, together in self._canvases.items():
            self.add(name, together)

    def add(self, name: str, together: Sequence[Canvas]) -> None:
        """Let one more view be enlarged."""
        self._canvases[name] = together
        for canvas in together:
            canvas.enlarge_wanted.connect(lambda: self.toggle(name))

    @property
    def names(self) -> tuple[str, ...]:
        """The views' names."""
        return tuple(self._canvases)

    @property
    def enlarged(self) -> str | None:
        """The view that has all the room; None if they share it."""
        return self._enlarged

    @Slot(str)
    def toggle(self, name: str) -> None:
        """Enlarge a view, or go back if it is."""
        self.enlarge(None if name == self._enlarged else name)

    def enlarge(self, name: str | None) -> None:
        """Give all the room to a view; None shares it again.

        Raises
        ------
        ValueError
            If there is no such view.
        """
        if name is not None and name not in self._canvases:
            raise ValueError(f"a view is one of {', '.join(self._canvases)}; got {name!r}")
        if name == self._enlarged:
            return
        self._moving = True
        self._share()
        if name is not None:
            self._give_room(self._canvases[name][0])
        self._moving = False
        self._enlarged = name
        self.enlarged_changed.emit()

    def _give_room(self, canvas: Canvas) -> None:
        inner: QWidget = canvas
        outer = inner.parentWidget()
        while outer is not None:
            if isinstance(outer, QSplitter):
                self._sizes[outer] = outer.sizes()
                for number in range(outer.count()):
                    other = outer.widget(number)
                    if other is not None and other is not inner and not other.isHidden():
                        self._hidden.append(other)
                        other.hide()
            elif isinstance(outer, QStackedWidget):
                page = outer.currentWidget()
                assert page is not None
                self._pages[outer] = page
                outer.currentChanged.connect(self._on_page)
                outer.setCurrentWidget(inner)
            inner, outer = outer, outer.parentWidget()

    @Slot()
    def _on_page(self, *_: object) -> None:
        """Go along to another page of the stack; it stays in front afterwards."""
        if self._moving:
            return
        for stack in list(self._pages):
            for name, together in self._canvases.items():
                if together[0] is stack.currentWidget() and name != self._enlarged:
                    self._pages[stack] = together[0]
                    self.enlarge(name)
                    return

    def _share(self) -> None:
        for other in self._hidden:
            other.show()
        for stack, page in self._pages.items():
            stack.currentChanged.disconnect(self._on_page)
            stack.setCurrentWidget(page)
        for splitter, sizes in self._sizes.items():
            splitter.setSizes(sizes)
        self._hidden, self._sizes, self._pages = [], {}, {}
