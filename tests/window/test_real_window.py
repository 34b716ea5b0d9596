"""gdviz as its users start it: a process, a window, a mouse and a keyboard."""

import csv
import signal
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from gdviz.engine import Outcome, descend
from gdviz.experiment import Document, open_experiment
from gdviz.experiment.file import document_bytes, read_document
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer
from gdviz.views.theme import DARK, LIGHT

# Places in the window at its first size: well inside the contour view, and the fields.
CONTOUR = (560, 240)
FIELD_COLUMN, RATE_ROW, STEPS_ROW = 1200, 444, 546


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def check_table(rows, rate=0.1):
    """Check that a table is the descent that the engine computes from its first row."""
    start = (float(rows[0]["x"]), float(rows[0]["y"]))
    expected = descend(Valley(), optimizer("gd", learning_rate=rate), start)
    assert len(rows) == expected.last_step[0] + 1
    for step, row in enumerate(rows):
        assert int(row["step"]) == step
        found = [float(row[name]) for name in ("x", "y", "loss", "gradient_x", "gradient_y")]
        (x, y), (slope_x, slope_y) = expected.params[step, 0], expected.gradient[step, 0]
        assert found == [x, y, expected.loss[step, 0], slope_x, slope_y]
    return start, expected.outcome[0]


def quiet_end(desk, code=0):
    assert desk.wait_for_exit()[0] == code
    assert desk.told() == ""


@pytest.mark.parametrize(
    ("arguments", "title"),
    [((), "Valley — gdviz"), (("regression",), "Regression: weight and bias — gdviz")],
)
def test_it_opens_and_closes_without_a_word(launch, arguments, title):
    desk = launch(*arguments)
    assert desk.title == title
    assert desk.size() == (1280, 800)
    desk.close()
    quiet_end(desk)


def test_the_hint_of_the_first_launch_goes_with_the_first_click_for_ever(launch):
    inside_the_card = (960, 398)
    panels = {LIGHT.panel, DARK.panel}

    def shown(desk):
        desk.key("End")  # nothing moves any more
        return "#{:02x}{:02x}{:02x}".format(*desk.still_picture().getpixel(inside_the_card))

    first = launch()
    assert shown(first) in panels
    first.click(*CONTOUR)
    assert shown(first) not in panels
    first.close()
    quiet_end(first)
    second = launch()
    assert shown(second) not in panels
    second.close()
    quiet_end(second)


def test_a_click_starts_the_descent_that_the_export_holds(launch, tmp_path):
    desk = launch("valley")
    desk.export(tmp_path / "first.csv")
    first, outcome = check_table(read(tmp_path / "first.csv"))
    assert first == (-3.0, 4.0)
    assert outcome is Outcome.CONVERGED
    desk.click(*CONTOUR)
    desk.export(tmp_path / "clicked.csv")
    clicked, _outcome = check_table(read(tmp_path / "clicked.csv"))
    assert clicked != first
    desk.click(CONTOUR[0] + 60, CONTOUR[1] + 30)
    desk.export(tmp_path / "beside.csv")
    beside, _outcome = check_table(read(tmp_path / "beside.csv"))
    # Right is more x, down is less y, and a pixel of both is as long.
    assert beside[0] - clicked[0] == pytest.approx(2.0 * (clicked[1] - beside[1]), rel=0.05)
    assert 0.0 < beside[0] - clicked[0] < 6.0
    desk.key("ctrl+z")
    desk.export(tmp_path / "undone.csv")
    assert check_table(read(tmp_path / "undone.csv"))[0] == clicked
    desk.key("ctrl+shift+z")
    desk.key("0")
    desk.export(tmp_path / "zero.csv")
    assert check_table(read(tmp_path / "zero.csv"))[0] == (0.0, 0.0)
    desk.quit()
    quiet_end(desk)


def test_the_descent_is_seen_and_moves(launch, tmp_path):
    desk = launch("valley")
    desk.key("End")
    end = desk.still_picture()
    desk.key("Home")
    begin = desk.still_picture(unlike=end)
    assert begin.size == (1280, 800)
    change = np.any(np.asarray(end) != np.asarray(begin), axis=2)
    contour, curve = change[100:420, 300:900], change[520:720, 300:900]
    assert contour.any()
    assert curve.any()
    # the field is of many colors: it is no blank card
    assert len({begin.getpixel((x, 300)) for x in range(350, 900, 5)}) > 20
    desk.key("ctrl+t")
    other = np.asarray(desk.still_picture(unlike=begin)).astype(int)
    assert np.abs(other - np.asarray(begin).astype(int)).mean() > 20
    desk.close()
    quiet_end(desk)


def test_exporting_a_picture_by_the_dialog(launch, tmp_path):
    desk = launch("valley")
    desk.export(tmp_path / "descent.png")
    with Image.open(tmp_path / "descent.png") as picture:
        assert picture.size == (1920, 1080)
    desk.close()
    quiet_end(desk)


def test_a_mistake_in_the_dialog_is_told_there_and_mended(launch, tmp_path):
    desk = launch("valley")
    desk.key("ctrl+e")
    desk.wait_for_title("Export")
    desk.key("ctrl+a")
    desk.type(str(tmp_path / "descent.nothing"))
    desk.key("Return")
    desk.key("ctrl+a")
    desk.type(str(tmp_path / "descent.csv"))
    desk.key("Return")
    desk.wait_for_title("Valley — gdviz")
    check_table(read(tmp_path / "descent.csv"))
    assert not (tmp_path / "descent.nothing").exists()
    desk.close()
    quiet_end(desk)


def test_a_saved_experiment_is_opened_edited_and_saved_by_keys_alone(launch, tmp_path):
    path = tmp_path / "lecture.gdviz"
    path.write_bytes(document_bytes(Document(open_experiment("valley"), step=7)))
    desk = launch(path)
    assert desk.title == "lecture.gdviz — gdviz"
    desk.key("0")
    desk.wait_for_title("lecture.gdviz* — gdviz")
    desk.key("ctrl+s")
    desk.wait_for_title("lecture.gdviz — gdviz")
    saved = read_document(path)
    assert saved.experiment.runs[0].start == (0.0, 0.0)
    desk.key("ctrl+shift+s")
    desk.wait_for_title("Save experiment")
    desk.key("ctrl+a")
    desk.type(str(tmp_path / "copy"))
    desk.key("Return")
    desk.wait_for_title("copy.gdviz — gdviz")
    assert read_document(tmp_path / "copy.gdviz").experiment == saved.experiment
    desk.close()
    quiet_end(desk)


def test_layout_and_theme_are_remembered(launch, environment):
    first = launch("valley")
    first.key("End")
    before = first.still_picture()
    first.key("ctrl+t")
    first.xdotool("windowsize", "--sync", first.window, 1400, 860)
    shown = first.still_picture(unlike=before)
    first.close()
    quiet_end(first)
    second = launch("valley")
    assert second.size() == (1400, 860)
    edge = (4, 400)
    assert second.picture().getpixel(edge) == shown.getpixel(edge) != before.getpixel(edge)
    second.close()
    quiet_end(second)


def test_closing_in_the_midst_of_ten_million_steps(launch, tmp_path):
    desk = launch("valley")
    fill_steps(desk, tmp_path)
    desk.close()
    code, seconds = desk.wait_for_exit()
    assert code == 0
    assert seconds < 4.0
    assert desk.told() == ""


def fill_steps(desk, tmp_path):
    """Type a tiny rate and ten million steps into the fields at the right."""
    for row, text in ((RATE_ROW, "1e-9"), (STEPS_ROW, "10000000")):
        desk.click(FIELD_COLUMN, row)
        desk.key("ctrl+a")
        desk.type(text)
        desk.key("Return")
    path = tmp_path / "so-far.csv"
    desk.click(*CONTOUR)
    desk.export(path)
    rows = read(path)
    taken = float(rows[1]["x"]) - float(rows[0]["x"])
    assert taken == pytest.approx(-1e-9 * float(rows[0]["gradient_x"]), rel=1e-3)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it(launch, number):
    desk = launch("valley")
    desk.interrupt(number)
    code, seconds = desk.wait_for_exit()
    assert code in (0, -number, 128 + number)
    assert seconds < 2.0
    assert desk.told() == ""


def test_without_a_display_it_says_so_in_one_line(environment, tmp_path):
    del environment["DISPLAY"]
    done = subprocess.run(
        [sys.executable, "-m", "gdviz", "valley"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("gdviz: ")
    assert "display" in line
    assert "gdviz render" in line
