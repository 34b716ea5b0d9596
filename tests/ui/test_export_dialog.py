"""The dialog has the fields that concern a format, and says what they come to."""

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gdviz.engine import compute
from gdviz.experiment import in_order, open_experiment
from gdviz.experiment.document import Document
from gdviz.experiment.look import Look
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import FORMATS
from gdviz.export.material import Material
from gdviz.ui.export_dialog import ExportDialog
from gdviz.ui.export_memory import remembered, told
from gdviz.ui.export_wish import ExportWish, SizeWish

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


def material_of(source, step=12):
    experiment = open_experiment(source)
    done = [(batch, compute(batch.descent)) for batch in experiment.batches()]
    made = tuple(one for _row, one in in_order(done))
    return Material(Document(experiment, Look(overlays=("arrows", "components")), step), made)


@pytest.fixture(scope="module")
def valley():
    return material_of("valley")


class Hand:
    """A dialog, a hand on it, and what it asks for."""

    def __init__(self, qtbot, material, path):
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        wish = ExportWish.first(material, "light")
        self.dialog = ExportDialog(
            self.parent, material=lambda: material, wish=wish, path=Path(path)
        )
        self.asked = []
        self.dialog.export_requested.connect(lambda *asked: self.asked.append(asked))
        with qtbot.waitActive(self.dialog):
            self.dialog.show()
            self.dialog.activateWindow()

    @property
    def form(self):
        return self.dialog.form

    def path(self, text):
        self.dialog.path.setFocus()
        self.dialog.path.selectAll()
        QTest.keyClicks(self.dialog.path, text)

    def number(self, box, text):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)

    def choose(self, box, key):
        """Choose an entry by keys, without opening the list."""
        box.setFocus()
        QTest.keyClick(box, KEY.Key_Home)
        while box.currentData() != key:
            before = box.currentIndex()
            QTest.keyClick(box, KEY.Key_Down)
            assert box.currentIndex() != before, f"'{key}' can't be reached by keys"

    def click(self, button):
        QTest.mouseClick(button, LEFT)

    def save(self):
        QTest.keyClick(self.dialog.path, KEY.Key_Return)

    def drawn(self):
        """Wait until the preview is what the fields say."""
        preview, maker = self.dialog.preview, self.dialog.maker
        self.qtbot.waitUntil(
            lambda: not maker.waiting and (preview.image is not None or preview.text != "")
        )
        return self.dialog.preview


@pytest.fixture
def hand(qtbot, valley):
    return Hand(qtbot, valley, "descent.png")


def test_each_format_has_its_fields_and_no_others(hand):
    form = hand.form
    of_kinds = {
        "picture": form.picture.heading,
        "vector": form.picture.letters,
        "film": form.film.fps,
        "data": form.data.content,
    }
    expected = {
        "png": {"picture"},
        **{ending: {"picture", "vector"} for ending in ("svg", "pdf")},
        **{ending: {"picture", "film"} for ending in ("gif", "mp4", "webp", "apng")},
        **{ending: {"data"} for ending in ("csv", "json", "npz", "h5")},
        **{ending: set() for ending in ("py", "gdviz")},
    }
    assert set(expected) == set(FORMATS)
    size = hand.dialog.size()
    for ending, kinds in expected.items():
        hand.path(f"a.{ending}")
        shown = {kind for kind, field in of_kinds.items() if field.isVisible()}
        assert shown == kinds, ending
        assert hand.dialog.format.currentData() == ending
        assert hand.dialog.copy.isEnabled() is ("picture" in kinds)
        assert hand.dialog.scrubber.isVisible() is ("film" in kinds)
        assert hand.dialog.note.text(), ending
        assert hand.dialog.size() == size, ending


def test_the_format_that_is_chosen_gives_the_file_its_ending(hand):
    hand.path("/tmp/a.b.svg")
    hand.choose(hand.dialog.format, "csv")
    assert hand.dialog.path.text() == "/tmp/a.b.csv"
    hand.path("/tmp/no-ending.5")
    hand.choose(hand.dialog.format, "gif")
    assert hand.dialog.path.text().endswith("/tmp/no-ending.5.gif")


def test_a_first_picture_is_one_for_a_slide_with_what_the_window_draws(hand):
    hand.save()
    ((path, spec),) = hand.asked
    assert path == Path("descent.png")
    assert spec.figure.views == ("contour",)
    assert spec.figure.pixels == (1920, 1080)
    assert spec.figure.step == 12
    assert spec.figure.look.overlays == ("arrows",)  # no parts of a step in pictures


def test_views_are_laid_out_in_the_order_in_which_they_are_chosen(hand):
    views = hand.form.picture.views
    for view in ("history", "contour", "curve", "contour"):
        hand.click(views.buttons[view])
    assert views.views == ("history", "curve", "contour")
    hand.click(views.buttons["all"])
    assert views.views == ("all",)
    hand.click(views.buttons["surface"])
    hand.click(views.buttons["surface"])
    assert views.views == ("surface",), "a picture of nothing"


def test_a_size_is_told_by_name_or_in_a_unit(hand):
    size = hand.form.picture.size
    assert not size.dpi.isEnabled()
    hand.choose(size.preset, "column")
    assert (size.width.text(), size.height.text(), size.unit.currentText()) == ("88", "66", "mm")
    assert hand.dialog.spec.figure.pixels == (1039, 780)
    assert size.dpi.isEnabled()
    hand.number(size.dpi, "600")
    assert size.preset.currentData() == "own"
    assert hand.dialog.spec.figure.pixels == (2079, 1559)
    assert hand.dialog.spec.figure.inches == pytest.approx((88 / 25.4, 66 / 25.4), rel=0.001)
    hand.choose(size.unit, "in")
    assert (size.width.text(), size.height.text()) == ("3.46", "2.6")
    hand.number(size.width, "4")
    hand.number(size.zoom, "200")
    assert size.wish == SizeWish("", 4.0, 2.6, "in", None, 2.0)


def test_a_picture_that_cant_be_is_told_while_it_is_described(hand):
    size = hand.form.picture.size
    hand.number(size.width, "20")
    assert "size must be from 100" in hand.dialog.error.text()
    hand.save()
    assert hand.asked == []
    hand.number(size.width, "400")
    assert hand.dialog.error.text() == ""


def test_what_is_transparent_lies_on_squares(hand):
    hand.path("a.png")
    before = hand.drawn().grab().toImage()
    hand.click(hand.form.picture.transparent)
    assert hand.dialog.spec.figure.transparent
    hand.qtbot.waitUntil(
        lambda: hand.dialog.preview.image.pixelColor(1, 1).alpha() == 0, timeout=10_000
    )
    shown = hand.dialog.preview.grab().toImage()
    assert len(colors_at_the_left(shown)) > len(colors_at_the_left(before))
    hand.path("a.mp4")  # which can't be seen through
    assert not hand.form.picture.transparent.isEnabled()
    assert not hand.dialog.spec.figure.transparent


def colors_at_the_left(image: QImage):
    """Return what is seen left of the axes, where there is nothing but the background."""
    middle = image.height() // 2
    return {image.pixel(x, y) for x in range(14, 17) for y in range(middle - 40, middle + 40)}


def test_a_film_says_how_many_frames_and_seconds_it_has(hand):
    film = hand.form.film
    hand.path("a.gif")
    hand.qtbot.waitUntil(lambda: "240 frames  ·  8.0 s" in hand.dialog.facts.text())
    hand.choose(film.mode, "speed")
    assert film.speed.isVisible()
    assert not film.seconds.isVisible()
    hand.number(film.speed, "2")
    hand.number(film.fps, "15")
    hand.number(film.hold, "0")
    hand.number(film.first, "20")
    hand.number(film.last, "80")
    hand.choose(film.easing, "in-out")
    hand.click(film.loop)
    spec = FilmSpec(fps=15.0, speed=2.0, easing="in-out", hold=0.0, loop=False, first=20, last=80)
    assert hand.dialog.spec.film == spec
    hand.qtbot.waitUntil(lambda: "16 frames  ·  1.1 s" in hand.dialog.facts.text())
    hand.path("a.mp4")
    assert not film.loop.isEnabled()


def test_a_film_that_cant_be_is_told_at_once(hand):
    hand.path("a.gif")
    hand.number(hand.form.film.first, "80")
    hand.number(hand.form.film.last, "20")
    assert "from step 80 to step 20" in hand.dialog.error.text()
    hand.number(hand.form.film.last, "100")
    hand.number(hand.form.film.seconds, "3000")
    assert "90,030 frames" in hand.dialog.error.text()
    hand.save()
    assert hand.asked == []


def test_any_step_of_a_film_can_be_looked_at_before_it_is_made(hand):
    hand.path("a.gif")
    end = hand.drawn().image.copy()
    scrubber = hand.dialog.scrubber
    hand.qtbot.waitUntil(lambda: scrubber.step == 200)
    scrubber.slider.setFocus()
    QTest.keyClick(scrubber.slider, KEY.Key_Home)
    assert scrubber.label.text() == "step 0"
    hand.qtbot.waitUntil(lambda: hand.dialog.preview.image != end)


def test_numbers_are_of_runs_or_of_the_field(hand):
    data = hand.form.data
    hand.path("a.npz")
    assert hand.drawn().text.splitlines()[0].startswith("about")
    assert "params   (201 × 2)" in hand.dialog.preview.text
    assert not data.wide.isEnabled()
    hand.click(data.content.button("field"))
    assert data.wide.isEnabled()
    hand.number(data.wide, "11")
    hand.number(data.high, "21")
    assert hand.dialog.spec.data.content == "field"
    assert hand.dialog.spec.data.samples == (11, 21)
    hand.qtbot.waitUntil(lambda: "11 × 21 samples" in hand.dialog.facts.text())
    hand.click(data.content.button("runs"))
    hand.path("a.h5")  # a surface and nothing else
    assert not data.content.button("runs").isEnabled()
    assert data.content.current == "field"
    hand.path("a.csv")
    assert data.content.current == "runs"


def test_numbers_may_be_of_the_whole_plane(hand):
    data, facts = hand.form.data, hand.dialog.facts
    hand.path("a.csv")
    told = {
        "swarm": (False, "10,000 starts"),
        "basins": (True, "11 × 21 starts"),
        "sweep": (True, "11 values"),
        "sensitivity": (False, "1 point"),
    }
    for content, (sampled, words) in told.items():
        hand.click(data.content.button(content))
        assert data.wide.isEnabled() is sampled
        if content == "basins":
            hand.number(data.wide, "11")
            hand.number(data.high, "21")
        assert hand.dialog.spec.data.content == content
        hand.qtbot.waitUntil(lambda words=words: facts.text() == words)
    hand.qtbot.waitUntil(lambda: hand.dialog.preview.text.startswith("name,value,meaning"))
    hand.path("a.h5")
    assert not data.content.button("basins").isEnabled()


@pytest.mark.parametrize("ending", ["json", "py", "gdviz"])
def test_texts_are_previewed_by_their_first_lines(hand, valley, ending, tmp_path):
    hand.path(f"a.{ending}")
    begun = hand.drawn().text
    assert len(begun) > 500
    path = tmp_path / f"a.{ending}"
    with path.open("wb") as file:
        FORMATS[ending].writer()(valley, hand.dialog.spec, file, lambda _share: None)
    assert path.read_text(encoding="utf-8").startswith(begun)


def test_a_landscape_of_one_parameter_has_its_own_views(qtbot):
    hand = Hand(qtbot, material_of("regression-w1"), "descent.png")
    views = list(hand.form.picture.views.buttons)
    assert views == ["all", "curve", "history", "data", "basins", "sweep"]
    hand.path("a.csv")
    hand.click(hand.form.data.content.button("field"))
    assert not hand.form.data.high.isVisible()
    hand.qtbot.waitUntil(lambda: hand.dialog.facts.text() == "201 samples")


def test_the_wheel_scrolls_the_form_and_changes_no_number(hand):
    box = hand.form.picture.size.width
    before = box.value()
    hand.dialog.path.setFocus()
    at = box.mapTo(hand.dialog, box.rect().center())
    QTest.wheelEvent(hand.dialog.windowHandle(), at.toPointF(), QPoint(0, 120))
    QApplication.processEvents()
    assert box.value() == before


def test_what_was_asked_for_outlasts_the_program_but_for_words_on_one_experiment(hand, valley):
    hand.click(hand.form.picture.views.buttons["history"])
    hand.choose(hand.form.picture.size.preset, "column")
    hand.form.picture.heading.setText("A valley")
    hand.path("a.gif")
    hand.number(hand.form.film.fps, "15")
    hand.number(hand.form.film.last, "80")
    wish = hand.dialog.wish
    kept = remembered(told(wish))
    assert kept.ending == "gif"
    assert kept.size == wish.size == SizeWish.named("column")
    assert kept.spec.figure.views == ("contour", "history")
    assert kept.spec.figure.pixels == wish.spec.figure.pixels
    assert kept.spec.figure.title == ""
    assert (kept.spec.film.fps, kept.spec.film.last) == (15.0, None)
    assert kept.spec.data == wish.spec.data


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ending": "bmp"}', "null", '{"size": 3}'])
def test_what_is_kept_and_cant_be_read_is_forgotten(text):
    assert remembered(text) is None


def test_pictures_are_taken_apart_at_once_in_the_window_s_own_thread(hand):
    hand.drawn()
    first = weakref.ref(hand.dialog.maker._drawn[1].scene)
    hand.click(hand.form.picture.views.buttons["history"])
    hand.qtbot.waitUntil(lambda: first() is None)
    hand.drawn()
    second = weakref.ref(hand.dialog.maker._drawn[1].scene)
    gc.disable()  # so that it is nobody's luck
    hand.dialog.reject()
    gc.enable()
    assert second() is None
