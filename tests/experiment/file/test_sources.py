"""A saved experiment is a source like any other, told by what is in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.experiment import Document, Reading, open_document, open_experiment, open_landscape
from gdviz.experiment.camera import CAMERAS
from gdviz.experiment.file import document_bytes, looks_like_document
from gdviz.experiment.look import Look
from gdviz.export.formats import export, format_of, write
from gdviz.export.material import ExportSpec, Material
from tests.experiment.file.saving import assert_same_bits, changed, with_run

DOCUMENT = Document(
    changed(open_experiment("himmelblau")),
    Look(overlays=("arrows",), camera=CAMERAS["x"], quantity="gradient"),
    3,
)


@pytest.mark.parametrize("name", ["a.gdviz", "a.GDVIZ", "a.json", "a.txt", "a"])
def test_it_is_told_by_content_whatever_the_ending(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(document_bytes(DOCUMENT))
    assert looks_like_document(path)
    assert open_document(str(path)) == DOCUMENT
    assert open_experiment(str(path)) == DOCUMENT.experiment
    assert open_landscape(str(path)) == DOCUMENT.experiment.landscape


def test_keys_may_stand_in_any_order_behind_a_byte_order_mark(tmp_path):
    text = document_bytes(DOCUMENT).decode()
    head = '  "format": "gdviz-experiment",\n'
    text = text.replace(head, "").replace('  "version": 3,\n', f'  "version": 3,\n{head}')
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8-sig")
    assert open_document(str(path)) == DOCUMENT


def test_another_source_has_a_plain_look(tmp_path):
    assert open_document("valley") == Document(open_experiment("valley"))
    assert open_document("x^2 + 2y^2") == Document(open_experiment("x^2 + 2y^2"))
    reading = Reading(knobs=(("a", 3.0),))
    assert open_document("a x^2", reading) == Document(open_experiment("a x^2", reading))


def test_other_files_are_no_experiments(tmp_path):
    for name, data in {
        "t.csv": b"a,b\n1,2\n2,3\n",
        "e.csv": b"",
        "s.json": b'{"x": [0, 1], "loss": [1, 2]}',
        "l.yaml": b"format: gdviz-lesson\n",
        "b.npy": bytes(range(256)),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert not looks_like_document(tmp_path / name)
    assert not looks_like_document(tmp_path)
    assert not looks_like_document(tmp_path / "missing")
    assert not looks_like_document("a\0b")


def test_a_broken_experiment_is_refused_as_one(tmp_path):
    path = tmp_path / "a.gdviz"
    path.write_bytes(document_bytes(DOCUMENT)[:-100])
    with pytest.raises(UserError, match=r"^a\.gdviz, line \d+, column \d+: "):
        open_document(str(path))
    path.write_text("x,y\n1,2\n")
    with pytest.raises(UserError, match=r"^a\.gdviz, line 1, column 1: expected a value, got 'x'$"):
        open_document(str(path))


def test_it_can_be_asked_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n")
    with pytest.raises(UserError, match=r"^a\.csv, line 1, column 1: "):
        open_document(str(path), Reading(kind="experiment"))
    with pytest.raises(UserError, match=r"did you mean 'experiment'\?"):
        open_document("valley", Reading(kind="experment"))


def test_the_ending_gdviz_writes_what_opens_again(tmp_path):
    path = tmp_path / "out.gdviz"
    export(path, Material(DOCUMENT, ()), ExportSpec())
    assert open_document(str(path)) == DOCUMENT


def test_an_export_refers_to_data_relative_to_its_folder(tmp_path, monkeypatch):
    from gdviz.experiment.file import embedding

    monkeypatch.setattr(embedding, "MOST_EMBEDDED", 100)
    data = tmp_path / "surface.npz"
    np.savez(data, x=np.arange(9.0), y=np.arange(8.0), loss=np.outer(np.arange(8), np.arange(9.0)))
    experiment = with_run(data)
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "a.gdviz"
    export(path, Material(Document(experiment), ()), ExportSpec())
    assert '"path": "../surface.npz"' in path.read_text()
    assert_same_bits(open_experiment(str(path)), experiment)
    # To a stream, which stands in no folder, the whole path is written.
    from io import BytesIO

    stream = BytesIO()
    write(format_of("gdviz"), Material(Document(experiment), ()), ExportSpec(), stream)
    assert f'"path": "{data.as_posix()}"' in stream.getvalue().decode()


def test_a_selection_of_a_run_that_is_gone_is_not_written():
    experiment = replace(DOCUMENT.experiment, selection=(0, 7))
    value = document_bytes(Document(experiment)).decode()
    assert '"selection": [0],' in value
