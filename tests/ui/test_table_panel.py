"""With the table panel a user says by mouse and keys how a table becomes a landscape."""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QToolButton, QWidget

from gdviz.errors import UserError
from gdviz.landscapes.fit import fit_landscape, suggest_choice
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_landscape import Coefficients
from gdviz.tables import DELIMITERS, ENCODINGS, Dialect, read_table
from gdviz.ui.palette import palette, style_sheet
from gdviz.ui.table_panel import TablePanel
from gdviz.views.fonts import font
from gdviz.views.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton
NARROW, WIDE = 232, 640
CHOICE = FitChoice("speed", "distance")
LOGISTIC = FitChoice("speed", "damage", "logistic", "log")
TEXT = """\
speed,distance,damage,color,wheels,nothing
4,2,no,red,4,
7,22,no,blue,4,
8,16,yes,green,4,
9,10,no,red,4,
12,14,yes,blue,4,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "cars.csv"
    path.write_text(TEXT, encoding="utf-8")
    return read_table(path)


class Hand:
    """A panel in a window, a hand on mouse and keys, and what the panel tells."""

    def __init__(self, qtbot, theme=LIGHT, width=320):
        self.qtbot = qtbot
        application = QApplication.instance()
        application.setStyle("Fusion")
        application.setFont(font())
        self.window = QWidget()
        self.window.setPalette(palette(theme))
        self.window.setStyleSheet(style_sheet(theme))
        self.panel = TablePanel()
        self.panel.setParent(self.window)
        self.choices, self.dialects = [], []
        self.panel.choice_picked.connect(self.choices.append)
        self.panel.dialect_picked.connect(self.dialects.append)
        qtbot.addWidget(self.window)
        self.fit(width)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def show(self, table, choice=CHOICE, report=()):
        self.panel.set_table(table, choice, report)
        self.fit(self.panel.width())

    def fit(self, width):
        """Make the panel so wide, and as high as it then wants to be."""
        layout = self.panel.layout()
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        self.panel.resize(width, max(height, layout.totalSizeHint().height()))
        self.window.resize(width, max(self.panel.height(), 1))
        QApplication.processEvents()

    def box(self, name):
        return self.panel.boxes[name]

    def choose(self, box, text):
        """Choose an entry of a combo box by keys, as one does after Tab."""
        index = box.findText(text)
        assert index >= 0, f"there is no '{text}'"
        popup = self.open(box)
        QTest.keyClick(popup, Qt.Key.Key_Home)
        for _ in range(box.count()):
            if popup.currentIndex().row() == index:
                break
            QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not popup.isVisible())

    def click_entry(self, box, text):
        """Click an entry of a combo box's list, whether it can be chosen or not."""
        popup = self.open(box)
        index = box.model().index(box.findText(text), 0)
        place = popup.visualRect(index).center()
        QTest.mouseMove(popup.viewport(), place)
        QTest.mouseClick(popup.viewport(), LEFT, pos=place)
        if popup.isVisible():
            QTest.keyClick(popup, Qt.Key.Key_Escape)
        self.qtbot.waitUntil(lambda: not popup.isVisible())

    def open(self, box):
        """Open a combo box's list with the space bar."""
        self.wait_active()
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Space)
        self.qtbot.waitUntil(box.view().isVisible)
        return box.view()

    def wait_active(self):
        """Wait until a list that was closed has given the keys back to the window."""
        QApplication.processEvents()
        self.window.activateWindow()  # without a window manager, the list may keep them
        self.qtbot.waitUntil(lambda: QApplication.focusWindow() is self.window.windowHandle())

    def click(self, button):
        """Click a check box or a button on its left end, where its sign is."""
        self.wait_active()
        handle = self.window.windowHandle()
        at = button.mapTo(self.window, QPoint(8, button.height() // 2))
        QTest.mouseClick(handle, LEFT, Qt.KeyboardModifier.NoModifier, at)

    def unfold(self):
        self.click(self.panel.dialect.fold)
        self.fit(self.panel.width())

    def words(self):
        """Return all the words that can be read."""
        labels = self.panel.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def hand(qtbot, table):
    """Return a hand on a panel that shows a table of cars."""
    made = Hand(qtbot)
    made.show(table)
    return made


def state(panel):
    """Return what is chosen on a panel."""
    boxes = {name: box.currentData() for name, box in panel.boxes.items()}
    return FitChoice(
        **boxes, bias=panel.bias.isChecked(), standardize=panel.standardize.isChecked()
    )


# --- showing ---


def test_without_a_table_the_panel_is_hidden(qtbot, table):
    made = Hand(qtbot)
    assert not made.panel.isVisible()
    made.show(table)
    assert made.panel.isVisible()
    made.panel.set_table(None)
    assert not made.panel.isVisible()
    made.show(table)
    assert made.panel.isVisible()
    assert state(made.panel) == CHOICE


def test_the_file_and_its_size_are_told(hand):
    assert "cars.csv" in hand.words()
    assert "5 rows × 6 columns" in hand.words()


CHOICES = [
    FitChoice("speed", "distance", loss=loss, bias=bias, standardize=standardize)
    for loss, bias, standardize in itertools.product(
        ("mse", "mae", "huber"), (True, False), (True, False)
    )
] + [LOGISTIC, replace(LOGISTIC, bias=False, standardize=True)]


def test_what_is_shown_is_what_was_set_and_nothing_is_told_of_it(hand, table):
    for choice in (*CHOICES, *reversed(CHOICES)):
        hand.show(table, choice)
        assert state(hand.panel) == choice
    for dialect in (Dialect(delimiter=";", decimal=","), Dialect("cp1252", header=False)):
        hand.show(replace(table, dialect=dialect))
    hand.panel.show_coefficients(Coefficients(1.0, 2.0, 3.0, 4.0))
    hand.panel.show_error("something is wrong")
    hand.panel.set_table(None)
    assert hand.choices == hand.dialects == []


def test_another_table_has_its_own_columns(hand, tmp_path):
    path = tmp_path / "water.csv"
    path.write_text("temperature;pressure\n1,5;2\n2,5;4\n3;5\n", encoding="utf-8")
    other = read_table(path)
    hand.show(other, suggest_choice(other))
    for name in ("feature", "label"):
        box = hand.box(name)
        assert [box.itemText(i) for i in range(box.count())] == ["temperature", "pressure"]
    assert "water.csv" in hand.words()
    assert hand.panel.dialect.delimiter.currentData() == ";"
    assert hand.panel.dialect.decimal.currentData() == ","


def test_the_report_is_told_line_by_line_and_goes_away(hand, table):
    report = ("2 of 5 rows are left out:", "'speed' is missing in rows 2, 3.")
    hand.show(table, CHOICE, report)
    assert "2 of 5 rows are left out:\n'speed' is missing in rows 2, 3." in hand.words()
    hand.show(table)
    assert "left out" not in hand.words()


def test_an_error_stands_in_place_and_leaves_the_choices(hand, table):
    hand.show(table, LOGISTIC)
    hand.panel.show_error(UserError("'speed' is constant: no line can be fitted to it"))
    assert hand.panel.error == "'speed' is constant: no line can be fitted to it"
    assert hand.panel.error in hand.words()
    assert state(hand.panel) == LOGISTIC
    hand.panel.show_error(None)
    assert hand.panel.error == ""
    assert "constant" not in hand.words()


def test_a_choice_that_is_good_takes_the_error_away(hand, table):
    hand.panel.show_error("something is wrong")
    hand.show(table)
    assert hand.panel.error == ""


# --- columns that can't serve ---


def enabled(box):
    return [box.itemText(i) for i in range(box.count()) if box.model().item(i).isEnabled()]


def test_columns_that_cannot_serve_are_disabled_and_say_why(hand):
    feature, label = hand.box("feature"), hand.box("label")
    assert enabled(feature) == ["speed", "distance"]
    assert enabled(label) == ["speed", "distance", "damage"]
    for box in (feature, label):
        for name, why in (("color", "text"), ("wheels", "equal"), ("nothing", "empty")):
            tip = box.model().item(box.findText(name)).toolTip()
            assert why in tip
        assert box.model().item(0).toolTip() == ""


@pytest.mark.parametrize("name", ["damage", "color", "wheels", "nothing"])
def test_a_disabled_column_cannot_be_chosen_by_mouse_or_keys(hand, name):
    box = hand.box("feature")
    hand.click_entry(box, name)
    hand.choose(box, name)
    assert name not in {box.currentText(), *(choice.feature for choice in hand.choices)}


def test_of_the_losses_only_those_of_the_model_can_be_chosen(hand, table):
    assert enabled(hand.box("loss")) == ["Mean squared error", "Mean absolute error", "Huber"]
    hand.show(table, LOGISTIC)
    assert enabled(hand.box("loss")) == ["Log loss"]
    hand.click_entry(hand.box("loss"), "Huber")
    assert hand.choices == []
    hand.show(table)
    hand.click_entry(hand.box("loss"), "Log loss")
    assert hand.choices == []


# --- choosing ---


@pytest.mark.parametrize("way", ["choose", "click_entry"])
@pytest.mark.parametrize(
    ("name", "text", "change"),
    [
        ("loss", "Mean absolute error", {"loss": "mae"}),
        ("loss", "Huber", {"loss": "huber"}),
        ("model", "Logistic", {"model": "logistic", "loss": "log"}),
        ("label", "damage", {"label": "damage", "model": "logistic", "loss": "log"}),
    ],
)
def test_what_is_chosen_is_told_once(hand, way, name, text, change):
    getattr(hand, way)(hand.box(name), text)
    assert hand.choices == [replace(CHOICE, **change)]
    assert hand.panel.error == ""


def test_going_back_to_the_linear_model_brings_back_a_loss_that_suits_it(hand, table):
    hand.show(table, LOGISTIC)
    hand.choose(hand.box("model"), "Linear")
    (choice,) = hand.choices
    assert (choice.model, choice.loss) == ("linear", "mse")
    assert (choice.feature, choice.label) == ("speed", "damage")


def test_choosing_what_is_chosen_already_tells_nothing(hand):
    for name, box in hand.panel.boxes.items():
        hand.choose(box, box.currentText())
        assert hand.choices == [], name


@pytest.mark.parametrize("key", [False, True], ids=["mouse", "keys"])
@pytest.mark.parametrize("name", ["bias", "standardize"])
def test_a_check_box_is_told(hand, table, name, key):
    for told in range(1, 3):
        box = getattr(hand.panel, name)
        if key:
            box.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(box, Qt.Key.Key_Space)
        else:
            hand.click(box)
        assert len(hand.choices) == told
        assert hand.choices[-1] == state(hand.panel)
        hand.show(table, hand.choices[-1])
    assert hand.choices == [replace(CHOICE, **{name: not getattr(CHOICE, name)}), CHOICE]


def test_one_column_for_both_is_refused_in_place_and_can_be_mended(hand):
    hand.choose(hand.box("label"), "speed")
    assert hand.choices == []
    assert "'speed' can't be both feature and label" in hand.panel.error
    assert hand.panel.error in hand.words()
    assert [hand.box(name).currentText() for name in ("feature", "label")] == ["speed"] * 2
    hand.choose(hand.box("feature"), "distance")
    assert hand.choices == [FitChoice("distance", "speed")]
    assert hand.panel.error == ""


def test_whatever_can_be_chosen_is_a_landscape_or_a_mistake_told_in_a_line(hand, table):
    boxes = [hand.box(name) for name in ("feature", "label", "model", "loss")]
    for texts in itertools.product(*(enabled(box) for box in boxes)):
        hand.show(table)
        for box, text in zip(boxes, texts, strict=True):
            if text in enabled(box) and box.currentText() != text:
                box.setCurrentIndex(box.findText(text))
                box.activated.emit(box.currentIndex())
    assert len(hand.choices) > 10
    refused = []
    for choice in set(hand.choices):
        try:
            fit_landscape(table, choice)
        except UserError as error:
            refused.append(str(error))
    assert all("\n" not in message for message in refused)
    assert len(refused) < len(set(hand.choices))


# --- coefficients ---


def test_coefficients_are_told_in_both_units(hand, table):
    landscape = fit_landscape(table, replace(CHOICE, standardize=True))
    hand.show(table, landscape.choice)
    speed = np.array([4.0, 7.0, 8.0, 9.0, 12.0])
    weight, bias = 5.0, 12.8
    hand.panel.show_coefficients(landscape.coefficients(np.array([weight, bias])))
    raw = weight / speed.std()
    for told in ("raw", "standardized", "5", "12.8", f"{raw:.4g}"):
        assert told in hand.words()
    assert f"{bias - raw * speed.mean():.4g}".replace("-", "\N{MINUS SIGN}") in hand.words()


def test_without_a_bias_only_the_weight_is_told(hand, table):
    landscape = fit_landscape(table, replace(CHOICE, bias=False))
    hand.show(table, landscape.choice)
    hand.panel.show_coefficients(landscape.coefficients(np.array([1.625])))
    assert ">1.625<" in hand.words()
    assert ">b<" not in hand.words()
    assert ">0<" not in hand.words()


# --- how the file is read ---


@pytest.mark.parametrize("key", [False, True], ids=["mouse", "keys"])
def test_how_the_file_is_read_unfolds_and_folds(hand, key):
    fields = hand.panel.dialect
    for shown in (True, False):
        if key:
            fields.fold.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(fields.fold, Qt.Key.Key_Space)
        else:
            hand.click(fields.fold)
        assert fields.delimiter.isVisible() is shown
        assert fields.header.isVisible() is shown


def test_a_table_of_no_file_is_not_read_in_another_way(hand, table):
    hand.show(replace(table, path=None))
    assert not hand.panel.dialect.isVisible()
    hand.show(replace(table, path=Path("cars.csv")))
    assert hand.panel.dialect.isVisible()


@pytest.mark.parametrize(
    ("name", "text", "change"),
    [
        *(
            ("delimiter", title.capitalize(), {"delimiter": sign})
            for sign, title in DELIMITERS.items()
            if sign != ";"
        ),
        ("decimal", "Comma", {"decimal": ","}),
        *(("encoding", name, {"encoding": name}) for name in ENCODINGS if name != "utf-8"),
    ],
)
def test_another_way_of_reading_is_told(hand, table, name, text, change):
    dialect = Dialect(delimiter=";", skipped=3)
    hand.show(replace(table, dialect=dialect))
    hand.unfold()
    hand.choose(getattr(hand.panel.dialect, name), text)
    assert hand.dialects == [replace(dialect, **change)]
    assert hand.choices == []


def test_a_comma_that_separates_columns_marks_no_decimals(hand, table):
    hand.show(replace(table, dialect=Dialect(delimiter=";", decimal=",")))
    hand.unfold()
    hand.choose(hand.panel.dialect.delimiter, "Comma")
    assert hand.dialects == [Dialect(delimiter=",", decimal=".")]


def test_whether_the_first_row_holds_names_is_told(hand, table):
    hand.unfold()
    hand.click(hand.panel.dialect.header)
    assert hand.dialects == [replace(table.dialect, header=False)]


def test_the_way_of_reading_that_is_shown_already_is_not_told(hand):
    hand.unfold()
    fields = hand.panel.dialect
    for box in (fields.delimiter, fields.decimal, fields.encoding):
        hand.choose(box, box.currentText())
    assert hand.dialects == []


# --- who it is for ---


def controls(panel):
    """Return all that can be acted on."""
    kinds = (QComboBox, QCheckBox, QToolButton)
    return [control for kind in kinds for control in panel.findChildren(kind)]


def test_every_control_has_a_name_for_screen_readers(hand):
    hand.unfold()
    made = controls(hand.panel)
    assert len(made) == 11
    for control in made:
        assert control.accessibleName() or control.text()


def test_tooltips_explain_the_choices(hand):
    for box in hand.panel.boxes.values():
        assert len(box.toolTip()) > 30
    assert "Huber" in hand.box("loss").toolTip()
    for box, word in ((hand.panel.standardize, "mean 0"), (hand.panel.bias, "origin")):
        assert word in box.toolTip()
        assert box.accessibleDescription() == " ".join(box.toolTip().split())


def test_tab_leads_to_every_control_from_top_to_bottom(hand):
    hand.unfold()
    panel = hand.panel
    panel.boxes["feature"].setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in range(20):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(hand.window.windowHandle(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is reached[0]:
            break
    assert set(reached) == set(controls(panel))
    heights = [control.mapTo(panel, QPoint(0, 0)).y() for control in reached]
    assert heights == sorted(heights)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_is_clipped(qtbot, table, theme, width):
    hand = Hand(qtbot, theme, width)
    landscape = fit_landscape(table, replace(LOGISTIC, standardize=True))
    hand.show(table, landscape.choice, landscape.data.report)
    hand.panel.show_coefficients(Coefficients(-0.1234, -123.4, -0.01234, 1234.0))
    hand.panel.show_error("'wheels' is constant: no line can be fitted to it")
    hand.unfold()
    hand.fit(width)
    panel = hand.panel
    assert panel.width() == width
    assert panel.minimumSizeHint().width() <= width
    parts = [part for part in panel.findChildren(QWidget) if part.isVisible()]
    shown = [part for part in parts if isinstance(part, (QLabel, *map(type, controls(panel))))]
    assert len(shown) > 18
    for part in shown:
        corner = part.mapTo(panel, QPoint(0, 0))
        assert corner.x() >= 0
        assert corner.x() + part.width() <= width
        assert part.width() >= part.minimumSizeHint().width()
        needed = part.heightForWidth(part.width())
        assert part.height() >= max(needed, part.minimumSizeHint().height())


def test_an_error_has_the_color_of_what_needs_attention(hand):
    hand.panel.show_error("something is wrong")
    hand.fit(hand.panel.width())
    color = hand.panel._error.palette().color(hand.panel._error.foregroundRole())
    assert color.name() == LIGHT.warning
