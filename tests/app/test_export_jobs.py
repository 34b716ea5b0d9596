"""Long exports are made by another gdviz, one after the other, and leave nothing behind."""

import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess

from gdviz.app.child_process import child_words
from gdviz.app.export_jobs import ExportJob, ExportJobs
from gdviz.app.time_left import TimeLeft, time_left_words
from gdviz.errors import UserError
from gdviz.experiment import open_experiment
from gdviz.experiment.document import Document
from gdviz.experiment.file import document_bytes

PATIENCE = 30_000


@pytest.fixture(scope="module")
def document():
    return document_bytes(Document(open_experiment("valley")))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return where temporary folders of jobs are."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def jobs(qtbot, folder):
    made = ExportJobs()
    yield made
    made.stop()
    assert list(folder.iterdir()) == []
    assert [one for one in made.findChildren(QProcess) if one.processId()] == []
    made.deleteLater()


@pytest.fixture
def job(document, tmp_path):
    """Call with a file's name, and options of ``gdviz render``, to get a job."""

    def make(name, *options):
        def words(source, out):
            return ["render", source, "-o", out, *options, "--progress", "lines"]

        return ExportJob(tmp_path / name, document, words)

    return make


def hidden(folder):
    return [one.name for one in folder.iterdir() if one.name.startswith(".")]


def test_a_file_is_made_and_its_progress_told(qtbot, jobs, job, tmp_path):
    told = []
    jobs.progressed.connect(lambda share, _left: told.append(share))
    with qtbot.waitSignal(jobs.done, timeout=PATIENCE) as done:
        jobs.add(job("valley.csv"))
        assert jobs.current == tmp_path / "valley.csv"
    assert done.args == [tmp_path / "valley.csv"]
    assert (tmp_path / "valley.csv").read_text().startswith("run,optimizer,step,x,y,loss")
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert jobs.current is None
    assert hidden(tmp_path) == []


def test_files_are_made_one_after_the_other_and_the_next_after_one_that_fails(
    qtbot, jobs, job, tmp_path
):
    ended = []
    jobs.failed.connect(lambda *told: ended.append(told))
    jobs.done.connect(lambda *told: ended.append(told))
    with qtbot.waitSignals([jobs.failed, jobs.done], timeout=PATIENCE):
        jobs.add(job("one.csv", "--optimizer", "gdd"))
        jobs.add(job("two.csv"))
        assert jobs.current == tmp_path / "one.csv"
        assert jobs.waiting == 1
    (path, problem), done = ended
    assert path == tmp_path / "one.csv"
    assert problem.startswith("there is no optimizer 'gdd'")
    assert "\n" not in problem
    assert done == (tmp_path / "two.csv",)
    assert sorted(one.name for one in tmp_path.glob("*.csv")) == ["two.csv"]


def test_canceling_leaves_nothing_and_goes_on_with_the_next(qtbot, jobs, job, tmp_path):
    before = tmp_path / "long.csv"
    before.write_text("what was there")
    jobs.add(job("long.csv", "--steps", "10000000", "--learning-rate", "1e-9"))
    jobs.add(job("short.csv"))
    with qtbot.waitSignal(jobs.progressed, timeout=PATIENCE):
        pass
    with qtbot.waitSignals([jobs.canceled, jobs.done], timeout=PATIENCE, order="strict"):
        jobs.cancel()
    assert before.read_text() == "what was there"
    assert (tmp_path / "short.csv").exists()
    assert hidden(tmp_path) == []


def test_stopping_ends_the_other_process(qtbot, jobs, job, tmp_path):
    jobs.add(job("long.csv", "--steps", "10000000", "--learning-rate", "1e-9"))
    jobs.add(job("never.csv"))
    with qtbot.waitSignal(jobs.progressed, timeout=PATIENCE):
        pass
    (process,) = jobs.findChildren(QProcess)
    number = process.processId()
    jobs.stop()
    assert jobs.current is None
    assert not Path(f"/proc/{number}").exists()
    assert list(tmp_path.glob("*.csv")) == []


def test_what_cant_be_written_is_refused_at_once(jobs, job):
    with pytest.raises(UserError, match="there is no folder"):
        jobs.add(job("missing/valley.csv"))
    assert jobs.current is None


def test_a_folder_that_goes_away_meanwhile_is_told(qtbot, jobs, job, tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    with qtbot.waitSignal(jobs.failed, timeout=PATIENCE) as failed:
        jobs.add(job("place/valley.csv"))
        place.rmdir()
    assert failed.args[1] == f"cannot write '{place / 'valley.csv'}': there is no folder '{place}'"


def test_a_program_that_isnt_there_is_told(qtbot, jobs, job, monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with qtbot.waitSignal(jobs.failed, timeout=PATIENCE) as failed:
        jobs.add(job("valley.csv"))
    assert "cannot start '/nowhere/python'" in failed.args[1]


def test_a_packed_program_calls_itself(monkeypatch):
    monkeypatch.setattr("sys.executable", "/opt/gdviz/gdviz")
    assert child_words(["list"])[1:] == ["-P", "-m", "gdviz", "list"]
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert child_words(["list"]) == ["/opt/gdviz/gdviz", "list"]


def test_the_time_that_is_left_follows_from_the_last_few_seconds():
    left = TimeLeft()
    assert left.seconds(0.0, 0.0) is None
    assert left.seconds(0.1, 0.4) is None
    told = [left.seconds(0.5 * half, 0.4 + 0.01 * half) for half in range(1, 21)]
    assert told[-1] == pytest.approx((1.0 - 0.6) / 0.02, rel=0.01)


def test_a_pause_between_two_phases_is_not_taken_for_slowness():
    left = TimeLeft()
    for tick in range(10):
        left.seconds(0.1 * tick, 0.04 * tick)
    told = [left.seconds(6.0 + 0.2 * tick, 0.4 + 0.02 * tick) for tick in range(12)]
    assert told[:5] == [None] * 5
    assert told[-1] == pytest.approx((1.0 - 0.62) / 0.1, rel=0.01)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "about 1 s left"),
        (12.3, "about 12 s left"),
        (43.0, "about 45 s left"),
        (400.0, "about 7 min left"),
        (5400.0, "about 1.5 h left"),
    ],
)
def test_the_time_that_is_left_is_told_in_plain_words(seconds, words):
    assert time_left_words(seconds) == words
