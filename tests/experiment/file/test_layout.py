"""The file is readable, and a small change is a small difference."""

from __future__ import annotations

import difflib
import json
import math
from dataclasses import replace

import numpy as np
import pytest

from gdviz.experiment import Document, open_experiment
from gdviz.experiment.file import document_bytes, document_from
from gdviz.experiment.file.layout import laid_out
from gdviz.surfaces import Track

VALLEY = open_experiment("valley")
EXPECTED = """\
{
  "format": "gdviz-experiment",
  "version": 3,
  "title": "Valley",
  "landscape": {"kind": "preset", "name": "valley"},
  "runs": [
    {
      "optimizer": {"name": "gd", "learning_rate": 0.1, "weight_decay": 0.0},
      "start": [-3.0, 4.0],
      "steps": 200,
      "schedule": {"name": "constant"},
      "noise": null,
      "name": "",
      "color": 0,
      "hidden": false
    }
  ],
  "selection": [0],
"""


def lines(experiment):
    """Return the lines of an experiment's file."""
    return document_bytes(Document(experiment)).decode().splitlines()


def test_a_file_looks_like_this():
    assert document_bytes(Document(VALLEY)).decode().startswith(EXPECTED)


def test_no_line_is_wide_but_one_of_packed_numbers():
    experiment = replace(VALLEY, tracks=(Track("t", np.ones((500, 2))),))
    wide = [line for line in lines(experiment) if len(line) > 100]
    assert [line.strip()[:9] for line in wide] == ['"base64":']


def test_one_changed_number_is_one_changed_line():
    run = replace(VALLEY.runs[0], steps=300)
    before, after = lines(VALLEY), lines(replace(VALLEY, runs=(run,)))
    changes = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert [line[0] + line[1:].strip() for line in changes] == ['-"steps": 200,', '+"steps": 300,']


def test_a_file_ends_with_a_line_break_and_has_none_of_windows():
    data = document_bytes(Document(VALLEY))
    assert data.endswith(b"}\n")
    assert b"\r" not in data


@pytest.mark.parametrize(
    "number", [0.1, 1 / 3, 5e-324, -0.0, 1.7976931348623157e308, 1e16, 1e22, 2.0**-1074, 123456.0]
)
def test_floats_read_back_bit_for_bit(number):
    read = json.loads(laid_out(number))
    assert isinstance(read, float)
    assert np.float64(read).tobytes() == np.float64(number).tobytes()


def test_numbers_that_json_has_not_are_words():
    assert laid_out([math.inf, -math.inf, math.nan]) == '[\n  "inf",\n  "-inf",\n  "nan"\n]\n'


def test_half_characters_do_not_stop_the_saving():
    experiment = replace(VALLEY, title="a\ud800b \udcff")
    opened = document_from(document_bytes(Document(experiment)), "a.gdviz", None)
    # The bytes of a file name that is no text are kept, other halves can't be.
    assert opened.experiment.title == "a\ufffdb \udcff"
