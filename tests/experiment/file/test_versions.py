"""Files of older versions are read as the present one has them."""

from __future__ import annotations

import json

import pytest

from gdviz.errors import UserError
from gdviz.experiment import Document, open_experiment
from gdviz.experiment.file import VERSION, document_bytes, document_from, migrations
from gdviz.experiment.look import Look
from gdviz.experiment.whole_plane import WholePlane


def version_2(**changes):
    """Return the bytes of a file as version 2 had it: without a plane."""
    value = json.loads(document_bytes(Document(open_experiment("valley"), step=7)))
    del value["plane"]
    return json.dumps({**value, "version": 2, **changes}, indent=1).encode()


def test_version_2_computes_nothing_from_everywhere():
    opened = document_from(version_2(), "old.gdviz", None)
    assert opened == Document(open_experiment("valley"), step=7)
    assert opened.experiment.plane == WholePlane()
    with pytest.raises(UserError, match=r"\(plane\): a file of version 2 has no key 'plane'$"):
        document_from(version_2(plane={}), "old.gdviz", None)


def version_1(**changes):
    """Return the bytes of a file as version 1 had it: one selected run, no look and no step."""
    value = json.loads(document_bytes(Document(open_experiment("valley"))))
    for key in ("selection", "look", "step", "plane"):
        del value[key]
    value["runs"].append({**value["runs"][0], "start": [1.0, 1.0]})
    return json.dumps({**value, "version": 1, "selected": 1, **changes}, indent=1).encode()


def test_version_1_has_one_selected_run_and_no_look():
    opened = document_from(version_1(), "old.gdviz", None)
    assert opened.experiment.selection == (1,)
    assert opened.experiment.current.start == (1.0, 1.0)
    assert opened.look == Look()
    assert opened.step is None
    assert opened.experiment.landscape.name == "valley"
    assert json.loads(document_bytes(opened))["version"] == VERSION


def test_version_1_may_have_no_selected_run():
    opened = document_from(version_1(runs=[], selected=None), "old.gdviz", None)
    assert opened.experiment.selection == ()
    assert opened.experiment.runs == ()


@pytest.mark.parametrize("key", ["selection", "look", "step"])
def test_what_came_later_is_refused_in_an_old_file(key):
    with pytest.raises(UserError, match=rf"\({key}\): a file of version 1 has no key '{key}'$"):
        document_from(version_1(**{key: None}), "old.gdviz", None)


def test_what_is_gone_is_refused_in_a_present_file():
    with pytest.raises(UserError, match=r"there is no key 'selected' here; did you mean 'selecti"):
        document_from(version_1(version=VERSION), "new.gdviz", None)


def test_mistakes_in_old_files_are_told_where_they_stand():
    data = version_1(selected=5)
    line = data[: data.index(b'"selected"')].count(b"\n") + 1
    with pytest.raises(UserError, match=rf"^old.gdviz, line {line}, .*there is no run 5 to be "):
        document_from(data, "old.gdviz", None)


def test_every_older_version_has_its_migration():
    assert sorted(migrations._MIGRATIONS) == list(range(1, VERSION))
