"""A row that becomes several where there is no room for one."""

import pytest
from PySide6.QtCore import QMargins, QSize
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gdviz.ui.flow_layout import FlowLayout


class Block(QWidget):
    """Something with a least and a usual width."""

    def __init__(self, least, usual=None, height=20):
        super().__init__()
        self._least, self._usual, self._height = least, usual or least, height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self):
        return QSize(self._least, self._height)

    def sizeHint(self):
        return QSize(self._usual, self._height)


@pytest.fixture
def row_of(qtbot):
    """Call with blocks and a width to get them laid out."""

    def make(width, *blocks, stretch=None, margins=None):
        holder = QWidget()
        layout = FlowLayout(margins, gap=4)
        holder.setLayout(layout)
        for number, block in enumerate(blocks):
            layout.add(block, stretch=number == stretch)
        qtbot.addWidget(holder)
        holder.resize(width, max(layout.heightForWidth(width), 1))
        holder.show()
        QApplication.processEvents()
        return holder, layout

    return make


def test_with_room_it_is_one_row_in_usual_widths(row_of):
    blocks = [Block(30, 50), Block(20), Block(40, 60)]
    _holder, layout = row_of(300, *blocks)
    assert [(block.x(), block.width()) for block in blocks] == [(0, 50), (54, 20), (78, 60)]
    assert layout.heightForWidth(300) == 20
    assert layout.sizeHint() == QSize(138, 20)


def test_one_that_stretches_takes_the_rest(row_of):
    blocks = [Block(50), Block(10), Block(40)]
    _holder, _ = row_of(300, *blocks, stretch=1)
    assert [(block.x(), block.width()) for block in blocks] == [(0, 50), (54, 202), (260, 40)]


def test_with_less_room_widths_shrink_before_the_line_breaks(row_of):
    blocks = [Block(30, 50), Block(40, 60)]
    _holder, layout = row_of(94, *blocks)
    assert [block.width() for block in blocks] == [40, 50]
    assert layout.heightForWidth(74) == 20
    assert layout.heightForWidth(73) == 20 + 2 + 20


def test_lines_are_as_high_as_their_highest(row_of):
    blocks = [Block(60), Block(60, height=30), Block(60)]
    _holder, layout = row_of(130, *blocks, margins=QMargins(1, 2, 3, 5))
    assert layout.heightForWidth(130) == 2 + 30 + 2 + 20 + 5
    assert [block.x() for block in blocks] == [1, 65, 1]
    assert blocks[2].y() == 2 + 30 + 2
    assert layout.minimumSize().width() == 60 + 4


def test_hidden_widgets_take_no_room(row_of):
    blocks = [Block(50), Block(50), Block(50)]
    _holder, layout = row_of(300, *blocks)
    blocks[1].hide()
    QApplication.processEvents()
    assert blocks[2].x() == 54
    assert layout.heightForWidth(104) == 20
