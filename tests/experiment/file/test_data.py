"""Tables and measured surfaces: in the file itself, or in files it refers to."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import MiniBatch
from gdviz.errors import UserError
from gdviz.experiment import Document, Experiment, open_document, open_experiment
from gdviz.experiment.file import document_bytes, document_from, embedding, read_document
from gdviz.experiment.source import Reading, TableWish
from gdviz.landscapes.fit import fit_landscape
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.tables import read_table
from tests.experiment.file.saving import (
    again,
    apart_from_table,
    assert_same_bits,
    assert_same_table,
    changed,
    with_run,
)

TABLE = """x;y;who;empty;"odd"
1,5;2,25;anna;;1
2;4,1;ben;;?
3;8,75;anna;;zwei
4;16;ben;;4
;25,5;"a;b\nc";;5
6;n/a;anna;;6
"""
CHOICES = [
    FitChoice("x", "y"),
    FitChoice("x", "y", bias=False),
    FitChoice("x", "y", standardize=True),
    FitChoice("x", "y", loss="mae"),
    FitChoice("x", "y", loss="huber", standardize=True, bias=False),
    FitChoice("x", "label", "logistic", "log"),
    FitChoice("x", "label", "logistic", "log", standardize=True),
]


@pytest.fixture
def table_file(tmp_path):
    path = tmp_path / "data" / "table ä.csv"
    path.parent.mkdir()
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture
def surface_file(tmp_path):
    path = tmp_path / "surface.npz"
    x, y = np.linspace(-1.0, 1.0, 12), np.linspace(0.0, 3.0, 9)
    loss = np.add.outer(y**2, np.exp(x))
    loss[0, 0], loss[-1, -1] = np.nan, np.inf
    np.savez(path, x=x, y=y, train_loss=loss, test_loss=loss * 2.0 + 1.0)
    return path


def moved_to(folder, *files):
    """Move files to a new folder."""
    folder.mkdir()
    for file in files:
        file.rename(folder / file.name)
    return folder


def saved(experiment, path, **how):
    """Save an experiment, and return its path."""
    path.write_bytes(document_bytes(Document(experiment), folder=path.parent, **how))
    return path


def refusal(path):
    """Return what is said when a file is opened."""
    with pytest.raises(UserError) as told:
        read_document(path)
    return str(told.value)


def test_a_table_in_the_file_is_opened_as_it_was(table_file, tmp_path):
    experiment = with_run(table_file)
    opened = again(Document(experiment), tmp_path).experiment
    assert apart_from_table(opened) == apart_from_table(experiment)
    assert_same_table(experiment.table, opened.table)
    assert_same_bits(experiment, opened)
    value = json.loads(document_bytes(Document(experiment), folder=tmp_path))
    assert value["table"]["path"] == "data/table ä.csv"
    assert value["landscape"]["choice"]["feature"] == experiment.landscape.choice.feature
    assert "data" not in value["landscape"]


def test_long_columns_of_texts_are_opened_as_they_were(tmp_path):
    path = tmp_path / "words.csv"
    words = ["", "a", '"b\nc"', "dé", "ζ🌍", '""""']
    rows = [f"{n / 7},{words[n % len(words)]}" for n in range(500)]
    path.write_text("\n".join(["x,word", *rows]), "utf-8")
    table = read_table(path)
    assert table.columns[1].texts is not None
    experiment = replace(open_experiment("regression"), table=table)
    opened = again(Document(experiment), tmp_path).experiment
    assert_same_table(table, opened.table)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_every_regression_takes_the_same_steps(choice, tmp_path):
    path = tmp_path / "rows.csv"
    rows = "\n".join(f"{n / 7},{n * n / 3},{'no' if n % 3 else 'yes'}" for n in range(90))
    path.write_text(f"x,y,label\n{rows}\n")
    table = open_experiment(str(path), Reading(kind="table")).table
    experiment = changed(Experiment.on(fit_landscape(table, choice), "rows", table=table))
    for noise in (None, MiniBatch(11, 5)):
        experiment = changed(experiment, noise=noise)
        opened = again(Document(experiment)).experiment
        assert opened.landscape == experiment.landscape
        assert opened.landscape.data.report == experiment.landscape.data.report
        assert opened.landscape.name == "rows.csv"
        assert_same_bits(experiment, opened)


def test_a_regression_on_another_table_than_the_files_keeps_its_columns(table_file):
    experiment = with_run(table_file)
    other = with_run("cars")
    mixed = replace(experiment, landscape=other.landscape, suggestion=other.suggestion)
    mixed = replace(mixed, landscape=replace(mixed.landscape, key="mine"), runs=other.runs)
    mixed = replace(mixed, draft=other.draft, view=other.view)
    opened = again(Document(mixed)).experiment
    assert apart_from_table(opened) == apart_from_table(mixed)
    assert_same_table(opened.table, replace(mixed.table, path=opened.table.path))


def test_a_surface_in_the_file_is_opened_as_it_was(surface_file, tmp_path):
    experiment = with_run(surface_file)
    opened = again(Document(experiment), tmp_path).experiment
    assert opened == experiment
    assert opened.landscape.surface.path == surface_file
    assert opened.landscape.surface.notes == experiment.landscape.surface.notes
    for name, metric in experiment.landscape.surface.metrics.items():
        assert opened.landscape.surface.metrics[name].tobytes() == metric.tobytes()
    assert_same_bits(experiment, opened)


def test_a_surfaces_other_metric_shares_its_samples(surface_file):
    experiment = with_run(surface_file)
    other = type(experiment.landscape).of(experiment.landscape.surface, "test_loss")
    experiment = experiment.shaped(other)
    opened = again(Document(experiment)).experiment
    assert opened == experiment
    assert opened.landscape.metric == "test_loss"
    assert opened.suggestion.landscape.metric == "train_loss"
    assert len(json.loads(document_bytes(Document(experiment)))["surfaces"]) == 1


def test_even_what_kind_of_nan_is_kept(tmp_path):
    path = tmp_path / "small.npz"
    loss = np.outer(np.arange(4.0), np.arange(5.0))
    loss[1, 1], loss[2, 2] = np.nan, -np.nan
    np.savez(path, x=np.arange(5.0), y=np.arange(4.0), loss=loss)
    experiment = with_run(path)
    opened = again(Document(experiment)).experiment
    assert opened == experiment
    assert opened.landscape.surface.metrics["loss"].tobytes() == loss.tobytes()


def test_a_measured_curve_is_opened_as_it_was(tmp_path):
    path = tmp_path / "curve.npz"
    x = np.linspace(-1.0, 1.0, 100)
    np.savez(path, x=x, loss=np.cosh(x))
    experiment = with_run(path)
    opened = again(Document(experiment)).experiment
    assert opened == experiment
    assert_same_bits(experiment, opened)


@pytest.fixture(params=["table", "surface"])
def data_file(request, table_file, surface_file):
    return table_file if request.param == "table" else surface_file


def test_large_data_stay_in_their_own_file(data_file, tmp_path, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_EMBEDDED", 100)
    experiment = with_run(data_file)
    path = saved(experiment, tmp_path / "saved.gdviz")
    assert b"base64" not in path.read_bytes()
    opened = read_document(path).experiment
    assert apart_from_table(opened) == apart_from_table(experiment)
    assert_same_bits(experiment, opened)
    assert document_bytes(Document(opened), folder=tmp_path) == path.read_bytes()


def test_a_reference_follows_a_folder_that_is_moved(data_file, tmp_path):
    experiment = with_run(data_file)
    path = saved(experiment, data_file.with_name("saved.gdviz"), embed=False)
    folder = moved_to(tmp_path / "elsewhere", path, data_file)
    assert_same_bits(read_document(folder / path.name).experiment, experiment)


def test_a_data_file_is_found_beside_the_experiment_too(data_file, tmp_path):
    experiment = with_run(data_file)
    (tmp_path / "deep").mkdir()
    path = saved(experiment, tmp_path / "deep" / "saved.gdviz", embed=False)
    folder = moved_to(tmp_path / "elsewhere", path, data_file)
    assert_same_bits(read_document(folder / path.name).experiment, experiment)


def test_links_to_folders_and_files_lead_to_the_data(data_file, tmp_path):
    folder = tmp_path / "really" / "deep"
    folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    path = saved(with_run(data_file), tmp_path / "link" / "saved.gdviz", embed=False)
    relative = data_file.relative_to(tmp_path).as_posix()
    assert f'"path": "../../{relative}"' in path.read_text("utf-8")
    (tmp_path / "linked.gdviz").symlink_to(folder / "saved.gdviz")
    for where in (path, folder / "saved.gdviz", tmp_path / "linked.gdviz"):
        assert_same_bits(read_document(where).experiment, with_run(data_file))


def test_a_start_where_nothing_was_measured_is_kept(surface_file):
    # The window can hold it, and says so; a saved experiment must not be lost for it.
    experiment = with_run(surface_file, start=(50.0, 50.0))
    assert again(Document(experiment)).experiment == experiment


def test_a_file_that_was_written_to_nowhere_names_its_data_whole(data_file):
    experiment = with_run(data_file)
    data = document_bytes(Document(experiment), embed=False)
    assert json.dumps(data_file.as_posix(), ensure_ascii=False) in data.decode()
    assert_same_bits(document_from(data, "-", None).experiment, experiment)


def test_a_missing_data_file_is_named(data_file, tmp_path):
    path = saved(with_run(data_file), tmp_path / "saved.gdviz", embed=False)
    relative = data_file.relative_to(tmp_path).as_posix()
    data_file.unlink()
    said = refusal(path)
    assert said.startswith("saved.gdviz, line ")
    assert said.endswith(
        f".file): the data file '{relative}' is not there; put it back, or beside this file"
    )


def test_a_data_file_of_another_size_is_refused(data_file, tmp_path):
    path = saved(with_run(data_file), tmp_path / "saved.gdviz", embed=False)
    size = data_file.stat().st_size
    with data_file.open("ab") as file:
        file.write(b"7;7;7;7;7\n")
    assert (
        f"has changed since the experiment was saved ({size:,} bytes then, {size + 10:,} now)"
        in (refusal(path))
    )


def test_a_data_file_of_the_same_size_is_refused_if_it_has_changed(data_file, tmp_path):
    path = saved(with_run(data_file), tmp_path / "saved.gdviz", embed=False)
    data_file.write_bytes(data_file.read_bytes().replace(b"5", b"6", 1))
    assert "has changed since the experiment was saved (its sha256 is another one)" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_in_the_place_of_data_is_refused_at_once(data_file, tmp_path):
    path = saved(with_run(data_file), tmp_path / "saved.gdviz", embed=False)
    data_file.unlink()
    os.mkfifo(data_file)
    assert refusal(path).endswith("can't be read: it is no ordinary file")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/proc/self/mem", "/", "a\\u0000b"])
def test_devices_in_the_place_of_data_are_refused_at_once(table_file, tmp_path, device):
    path = saved(with_run(table_file), tmp_path / "saved.gdviz", embed=False)
    text = path.read_text("utf-8").replace('"data/table ä.csv"', f'"{device}"')
    path.write_text(text, "utf-8")
    assert "(table.file" in refusal(path)


def test_data_that_have_changed_since_they_were_read_are_not_referred_to(data_file, tmp_path):
    experiment = with_run(data_file)
    data_file.write_bytes(data_file.read_bytes().replace(b"5", b"6", 1))
    path = tmp_path / "saved.gdviz"
    with pytest.raises(UserError, match=r"can't be referred to: its file is not there any more, "):
        saved(experiment, path, embed=False)
    data_file.unlink()
    with pytest.raises(UserError, match=r"can't be referred to"):
        saved(experiment, path, embed=False)


def test_a_lost_data_file_loses_nothing(data_file, tmp_path, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_EMBEDDED", 100)
    experiment = with_run(data_file)
    data_file.unlink()
    path = saved(experiment, tmp_path / "saved.gdviz")
    assert_same_bits(read_document(path).experiment, experiment)


def test_a_file_that_was_only_touched_is_read_again_and_referred_to(data_file, tmp_path):
    experiment = with_run(data_file)
    os.utime(data_file, (1e9, 1e9))
    path = saved(experiment, tmp_path / "saved.gdviz", embed=False)
    assert_same_bits(read_document(path).experiment, experiment)


def test_a_table_is_read_again_as_it_was_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("# note\n1;2\n3;5\n4;9\n")
    wish = TableWish(dialect=open_experiment(str(path)).table.dialect)
    wish = replace(wish, dialect=replace(wish.dialect, header=True))
    experiment = open_experiment(str(path), Reading(kind="table", table=wish))
    assert experiment.table.rows == 2
    opened = read_document(saved(experiment, tmp_path / "saved.gdviz", embed=False)).experiment
    assert_same_table(experiment.table, opened.table)


def test_reading_a_large_table_again_tells_how_far_it_is(table_file, tmp_path):
    path = saved(with_run(table_file), tmp_path / "saved.gdviz", embed=False)
    shares = []
    open_document(str(path), None, shares.append)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0


def test_data_that_no_file_could_hold_are_not_written(table_file, monkeypatch):
    from gdviz.experiment.file import saved_tables

    monkeypatch.setattr(saved_tables, "MOST_BYTES", 10)
    with pytest.raises(UserError, match=r"too large to be put into an experiment's file"):
        document_bytes(Document(with_run(table_file)))
