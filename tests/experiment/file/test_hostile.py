"""What a stranger may have written is refused in one line, by name and place."""

from __future__ import annotations

import base64
import json
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.experiment import Document, open_document, open_experiment
from gdviz.experiment.file import (
    VERSION,
    contents,
    document_bytes,
    document_from,
    json_text,
    looks_like_document,
    read_document,
)

CURVE = {
    "name": "curve",
    "x": [0.0, 1.0, 2.0],
    "y": None,
    "metrics": {"loss": [1.0, 0.5, 2.0]},
}
COLUMNS = [{"name": name, "values": [1.0, 2.0, 4.0]} for name in ("a", "b")]
TABLE = {"name": "t", "lines": {"first": 2}, "columns": COLUMNS}
REGRESSION = {
    "kind": "regression",
    "name": "r",
    "choice": {"feature": "a", "label": "b", "model": "linear"},
}
DATA = {"feature": [1.0, 2.0, 4.0], "label": [0.0, 1.0, 1.0]}
LOGISTIC = {"feature": "a", "label": "b", "model": "logistic", "loss": "log"}


@cache
def plain():
    """Return the text of a file with nothing wrong in it."""
    return document_bytes(Document(open_experiment("x^2 + k y^2"))).decode()


def packed(array):
    """Return an array as it is packed, to be broken."""
    data = base64.b64encode(array.tobytes()).decode()
    return {"type": "float64", "shape": list(array.shape), "base64": data}


def refused(text):
    """Return what is said of a file; there is one line of it, which names the file."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    with pytest.raises(UserError) as told:
        document_from(data, "bad.gdviz", None)
    said = str(told.value)
    assert "\n" not in said
    assert said.startswith(("bad.gdviz, line ", "'bad.gdviz' is too large"))
    return said


def with_value(path, value):
    """Return the plain file's text with one value in it, by its path; ... to leave it out."""
    file = json.loads(plain())
    *way, last = path
    inner = file
    for key in way:
        if isinstance(inner, dict) and inner.get(key) is None:
            inner[key] = {}
        inner = inner[key]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return json.dumps(file, indent=1)


TEXTS = {
    "": "line 1, column 1: the file is empty",
    " \n ": "line 2, column 2: the file is empty",
    "{": "line 1, column 2: expected a key in quotes, got the end of the file",
    '{"format"': "expected ':' after the key 'format', got the end of the file",
    '{"a": 1,}': "line 1, column 9: expected a key in quotes, got '}'",
    '{"a": 1 "b": 2}': "line 1, column 9: expected ',' or '}' in the object, got '\"'",
    "{a: 1}": "line 1, column 2: expected a key in quotes, got 'a'",
    '{"a": [1, 2}': "expected ',' or ']' in the list, got '}'",
    '{"a":\n  nul}': "line 2, column 3: expected a value, got 'nul'",
    '{"a": NaN}': "expected a value, got 'NaN'",
    '{"a": Infinity}': "expected a value, got 'Infinity'",
    '{"a": -Infinity}': "expected a number, got '-Infinity'",
    '{"a": 01}': "line 1, column 7: expected a number, got '01'",
    '{"a": 1.}': "expected a number, got '1.'",
    '{"a": .5}': "expected a value, got '.5'",
    '{"a": 0x10}': "expected a number, got '0x10'",
    '{"a": 1e}': "expected a number, got '1e'",
    '{"a": ٣}': "expected a value, got '٣'",
    '{"a": +1}': "expected a value, got '+1'",
    "{'a': 1}": "expected a key in quotes, got '''",
    '{"a": "b}': "line 1, column 7: this text is not closed",
    '{"a": "b\nc"}': "this text is not closed, or has a line break",
    '{"a": "\\x41"}': "an unknown '\\' in it",
    '{"a": "\\ud800"}': "'\\ud800' is half a character",
    '{"a": 1, "a": 2}': "line 1, column 10: the key 'a' stands here a second time",
    '{"a": {"b": 1, "b": 2}}': "the key 'b' stands here a second time",
    '{"a": 1} {}': "line 1, column 10: expected the end of the file, got '{'",
    '{"a": ' + "9" * 401 + "}": "a number has more than 400 digits",
    "[" * 100_000: "lists and objects are nested more than 16 deep",
    '{"a":' * 100_000: "lists and objects are nested more than 16 deep",
    "null": "line 1, column 1: an object in braces belongs here, not null",
    "[]": "an object in braces belongs here, not a list",
    '"gdviz-experiment"': "an object in braces belongs here, not the text 'gdviz-experiment'",
    "{}": 'this is no experiment of gdviz: it begins {"format": "gdviz-experiment"',
    '{"format": "gdviz-lesson", "version": 2}': "this is no experiment of gdviz",
    '{"format": ["gdviz-experiment"]}': "(format): a single value belongs here, not a list",
    '{"format": "gdviz-experiment"}': "the key 'version' is missing here",
    "import os; os.system('true')": "expected a value, got 'import'",
    "\x00": "expected a value, got",
    "<html>": "expected a value, got '<'",
}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30].encode("unicode_escape"))
def test_what_is_no_json_is_refused_by_line_and_column(text):
    assert TEXTS[text] in refused(text)


def test_what_is_no_text_is_refused_by_its_line():
    assert refused(b'{"format":\n\xff\xfe') == "bad.gdviz, line 2: this is no UTF-8"
    assert "this is no UTF-8" in refused("{}".encode("utf-16"))
    assert "this is no UTF-8" in refused(b'{"a": "\xed\xa0\x80"}')


RUN = ("runs", 0)
GD = {"name": "gd"}
SWARM = ("plane", "swarm")
STROKE = {"center": [0, 0], "radius": [1, 1], "count": 10}
RANGE = {"name": "beta1", "low": 0.1, "high": 0.9}
BAD = [
    # versions and keys
    (("version",), 7, "made by a newer gdviz: it has version 7, and this one reads up to "),
    (("version",), 0, "a whole number of at least 1 belongs here, got 0"),
    (("version",), "2", "(version): a whole number belongs here, not the text '2'"),
    (("version",), 2.5, "(version): a whole number belongs here, not 2.5"),
    (("version",), True, "(version): a whole number belongs here, not true"),
    (("version",), 1e300, "(version): a whole number belongs here, not 1e+300"),
    (("landscpae",), {}, "(landscpae): there is no key 'landscpae' here; did you mean 'landscape'"),
    (("landscape",), ..., "the key 'landscape' is missing here"),
    (("runs",), ..., "the key 'runs' is missing here"),
    (("__class__",), "os.system", "there is no key '__class__' here"),
    (("runs",), {"a": 1}, "(runs): a list belongs here, not an object"),
    (("runs",), [None] * 1001, "there are 1,001 runs; at most 1,000 can be read"),
    (("title",), 5, "(title): a text in quotes belongs here, not 5"),
    (("title",), "x" * 100_001, "a text of at most 100,000 characters belongs here"),
    # landscapes
    (("landscape",), None, "an object in braces belongs here, not null"),
    (("landscape", "kind"), ..., "(landscape): the key 'kind' is missing here"),
    (("landscape", "kind"), "forumla", "no kind of landscape 'forumla'; did you mean 'formula'?"),
    (("landscape", "text"), "x^", "(at character 3 of the formula)"),
    (("landscape", "text"), "__import__('os').system('true')", "(landscape.text): "),
    (("landscape", "text"), "x^" * 3000, "(landscape.text): a formula may have "),
    (("landscape", "text"), "(" * 900 + "x" + ")" * 900, "(landscape.text): "),
    (("landscape", "text"), "9^9^9^9 x", "(landscape.text): "),
    (("landscape", "text"), "x^999999999", "(landscape.text): powers go up to 1,000"),
    (("landscape", "text"), "3", "(landscape.text): "),
    (("landscape", "text"), "x + y", "(landscape.knobs): the formula has no parameters"),
    (("landscape", "text"), "x^2", "(landscape.knobs): the formula has no parameters"),
    (("landscape", "knobs"), [], "(landscape.knobs): the formula's parameters belong here: k"),
    (("landscape", "knobs", 0, "value"), 10**399, "(landscape.knobs[0].value): a finite number"),
    (("landscape", "knobs", 0, "value"), "nan", "a finite number belongs here"),
    (("landscape", "knobs", 0, "value"), 6, "k must lie from low to high, got 6 from -5 to 5"),
    (("landscape", "knobs", 0, "high"), -9, "k must lie from low to high, got 1 from -5 to -9"),
    (("landscape", "domain"), [[0, 1]], "[low, high] belongs here for each of 2 parameters"),
    (("landscape", "domain"), [[0, 1], [1, 0]], "(landscape.domain): a domain must run from a low"),
    (("landscape", "minima"), [[0]], "(landscape.minima): each minimum has 2 numbers"),
    (("landscape",), {"kind": "preset", "name": "vally"}, "did you mean 'valley'"),
    (("landscape",), {"kind": "preset", "name": "../../etc/passwd"}, "there is no landscape"),
    (("landscape",), {"kind": "preset", "name": "valley", "knobs": []}, "has no parameters"),
    (("landscape",), {"kind": "surface", "surface": 0, "metric": "a"}, "there are no 'surfaces'"),
    (("landscape",), REGRESSION, "a regression needs a 'table' in the file, or 'data' of its own"),
    (("landscape",), {**REGRESSION, "data": {}}, "(landscape.data): the key 'feature' is missing"),
    (
        ("landscape",),
        {**REGRESSION, "data": {**DATA, "feature": [1.0]}},
        "feature and label must have as many rows, got 1 and 3",
    ),
    (
        ("landscape",),
        {**REGRESSION, "data": {"feature": [1.0], "label": [1.0]}},
        "a line needs at least two rows",
    ),
    (
        ("landscape",),
        {**REGRESSION, "data": {**DATA, "feature": [1.0, "inf", 2.0]}},
        "(landscape.data.feature): all numbers must be finite here",
    ),
    (
        ("landscape",),
        {**REGRESSION, "data": {**DATA, "feature": [2.0, 2.0, 2.0]}},
        "the feature is constant: no line can be fitted to it",
    ),
    (
        ("landscape",),
        {**REGRESSION, "data": {**DATA, "feature": [1e-200, 2e-200, 3e-200]}},
        "'a' is too small or too large: its squares are not numbers",
    ),
    (
        ("landscape",),
        {**REGRESSION, "data": {**DATA, "classes": ["a", "b"]}},
        "logistic model only",
    ),
    (
        ("landscape",),
        {**REGRESSION, "choice": LOGISTIC, "data": DATA},
        "the logistic model needs the names of its two 'classes'",
    ),
    (
        ("landscape",),
        {**REGRESSION, "choice": LOGISTIC, "data": {**DATA, "classes": ["a"]}},
        "the logistic model has two classes",
    ),
    (
        ("landscape",),
        {
            **REGRESSION,
            "choice": LOGISTIC,
            "data": {**DATA, "classes": ["a", "b"], "label": [0.0, 0.5, 1.0]},
        },
        "the logistic model's labels are 0 and 1, and both must occur",
    ),
    (
        ("landscape",),
        {**REGRESSION, "choice": {"feature": "a", "label": "b", "loss": "mes"}},
        "(landscape.choice.loss): there is no loss 'mes'; did you mean 'mse'?",
    ),
    (
        ("landscape",),
        {**REGRESSION, "choice": {"feature": "a", "label": "b", "loss": "log"}},
        "the loss 'log' does not go with the linear model",
    ),
    (
        ("landscape",),
        {**REGRESSION, "choice": {"feature": "a", "label": "a"}},
        "(landscape.choice): 'a' can't be both feature and label",
    ),
    # runs
    ((*RUN, "optimizer"), ..., "(runs[0]): the key 'optimizer' is missing here"),
    ((*RUN, "optimizer"), {}, "(runs[0].optimizer): the key 'name' is missing here"),
    ((*RUN, "optimizer"), {"name": "adm"}, "there is no optimizer 'adm'; did you mean 'adam'?"),
    ((*RUN, "optimizer"), {"name": "os.system"}, "there is no optimizer 'os.system'"),
    ((*RUN, "optimizer"), {**GD, "leraning_rate": 1}, "did you mean 'learning_rate'?"),
    ((*RUN, "optimizer"), {**GD, "learning_rate": -1}, "learning_rate must be "),
    ((*RUN, "optimizer"), {**GD, "learning_rate": "nan"}, "(runs[0].optimizer.learning_rate): "),
    ((*RUN, "optimizer"), {**GD, "learning_rate": None}, "must be a number, got NoneType"),
    ((*RUN, "optimizer"), {**GD, "learning_rate": True}, "must be a number, got bool"),
    ((*RUN, "optimizer"), {**GD, "learning_rate": [1]}, "a single value belongs here, not a list"),
    ((*RUN, "optimizer"), {**GD, "learning_rate": 10**399}, "learning_rate must be "),
    (
        (*RUN, "start"),
        [1.0],
        "(runs[0].start): a start has a number for each parameter, x, y; got 1",
    ),
    ((*RUN, "start"), [1.0, 2.0, 3.0], "a start has a number for each parameter, x, y; got 3"),
    ((*RUN, "start"), [1.0, "inf"], "(runs[0].start[1]): a finite number belongs here"),
    ((*RUN, "start"), [1.0, 10**350], "(runs[0].start[1]): a finite number belongs here"),
    ((*RUN, "start"), [1.0, None], "(runs[0].start[1]): a number belongs here, not null"),
    ((*RUN, "start"), [[1.0, 2.0]], "(runs[0].start): "),
    ((*RUN, "steps"), 0, "a whole number from 1 to 1,000,000,000 belongs here, got 0"),
    ((*RUN, "steps"), 10**9 + 1, "got 1000000001"),
    ((*RUN, "steps"), 10**300, "(runs[0].steps): a whole number belongs here, not 1e+300"),
    ((*RUN, "steps"), 3.5, "(runs[0].steps): a whole number belongs here, not 3.5"),
    ((*RUN, "schedule"), {"name": "cosin"}, "there is no schedule 'cosin'; did you mean 'cosine'?"),
    ((*RUN, "schedule"), {"name": "step", "gamma": 2}, "(runs[0].schedule.gamma): gamma must be"),
    ((*RUN, "schedule"), {"name": "step", "period": 1.5}, "period must be a whole number"),
    ((*RUN, "noise"), {}, "(runs[0].noise): the key 'kind' is missing here"),
    ((*RUN, "noise"), {"kind": "white"}, "there is no kind of noise 'white'"),
    ((*RUN, "noise"), {"kind": "gradient", "scale": -1}, "noise must be a finite number"),
    ((*RUN, "noise"), {"kind": "gradient", "scale": 1, "seed": -1}, "(runs[0].noise.seed): "),
    ((*RUN, "noise"), {"kind": "gradient", "scale": 1, "seed": 2**63}, "(runs[0].noise.seed): "),
    ((*RUN, "noise"), {"kind": "gradient", "scale": 1, "size": 3}, "there is no key 'size' here"),
    ((*RUN, "noise"), {"kind": "mini-batch", "size": 0}, "(runs[0].noise.size): "),
    ((*RUN, "noise"), {"kind": "mini-batch", "size": 5}, "mini-batches need a table's rows"),
    ((*RUN, "color"), -1, "(runs[0].color): "),
    ((*RUN, "hidden"), 0, "(runs[0].hidden): true or false belongs here, not 0"),
    ((*RUN, "name"), None, "(runs[0].name): a text in quotes belongs here, not null"),
    (("selection",), [1], "there is no run 1 to be selected; places are from 0 to 0"),
    (("selection",), [0, 0], "run 0 is selected twice"),
    (("selection",), [-1], "(selection[0]): a whole number of at least 0 belongs here, got -1"),
    (("draft", "start"), [], "(draft.start): a start has a number for each parameter"),
    (("suggestion",), {}, "(suggestion): the key 'run' is missing here"),
    (("suggestion", "landscape"), {"kind": "preset", "name": "polynomial"}, "(suggestion."),
    # views
    (("view", "domain"), [[0, "inf"], [0, 1]], "(view.domain[0][1]): a finite number belongs here"),
    (("view", "domain"), [[0, 1, 2], [0, 1]], "[low, high] belongs here"),
    (("view", "domain"), [[-1e308, 1e308], [0, 1]], "a domain must be finite"),
    (("view", "slice_axis"), 2, "(view.slice_axis): a whole number from 0 to 1 belongs here"),
    (("view", "cut"), "bth", "there is no cut 'bth'; did you mean 'both'?"),
    (("view", "scaling"), "lg", "(view.scaling): there is no scaling 'lg'"),
    (("look", "overlays"), ["arows"], "no overlay 'arows'; did you mean 'arrows'?"),
    (("look", "camera", "zoom"), 100, "(look.camera): zoom must be from 0.4 to 12, got 100"),
    (("look", "camera", "elevation"), -31, "elevation must be from −30 to 90 degrees"),
    (("look", "camera", "pan"), [0], "(look.camera.pan): two numbers belong here"),
    (("look", "camera", "pan"), [0, 1e300], "pan must be from −2 to 2 each way"),
    (("look", "camera", "perspective"), 1, "the eye must be outside the box"),
    (("look", "quantity"), "los", "no quantity 'los'; did you mean 'loss'?"),
    (("look", "log"), [True], "(look.log): true or false belongs here for the axis of steps"),
    (("look", "camera", "azimuth"), "inf", "(look.camera.azimuth): a finite number belongs here"),
    (("step",), -1, "(step): a whole number from 0 to 1,000,000,000 belongs here, got -1"),
    (("step",), "end", "(step): a whole number belongs here, not the text 'end'"),
    # the whole plane
    (("plane",), [], "(plane): an object in braces belongs here, not a list"),
    (("plane", "swram"), {}, "there is no key 'swram' here; did you mean 'swarm'"),
    ((*SWARM, "kind"), "gird", "(plane.swarm.kind): there is no kind of swarm 'gird'; did you "),
    ((*SWARM, "count"), 10**6 + 1, "a whole number from 1 to 1,000,000 belongs here, got 1000001"),
    ((*SWARM, "count"), 1e5, "(plane.swarm.count): a whole number belongs here, not 100000.0"),
    ((*SWARM, "seed"), -1, "(plane.swarm.seed): a whole number from 0 to "),
    ((*SWARM, "domain"), [[0, 1]], "(plane.swarm.domain): [low, high] belongs here for each of 2"),
    ((*SWARM, "drawn"), "pints", "there is no way to draw a swarm 'pints'; did you mean 'points'"),
    ((*SWARM, "strokes"), [STROKE] * 10_001, "there are 10,001 strokes; at most 10,000 can be"),
    ((*SWARM, "strokes"), [{**STROKE, "count": 10**6}] * 2, "(plane.swarm): a swarm has at most"),
    ((*SWARM, "strokes"), [{}], "(plane.swarm.strokes[0]): the key 'center' is missing here"),
    (
        (*SWARM, "strokes"),
        [{**STROKE, "center": [0]}],
        "(plane.swarm.strokes[0].center): a number belongs here for each of 2 parameters",
    ),
    (
        (*SWARM, "strokes"),
        [STROKE, {**STROKE, "radius": [1, 0]}],
        "(plane.swarm.strokes[1]): a stroke's radius must be greater than 0",
    ),
    (("plane", "basins", "mode"), "sides", "there is no mode 'sides'; did you mean 'side'"),
    (("plane", "basins", "steps"), 0, "(plane.basins.steps): a whole number from 1 to 100,000"),
    (("plane", "basins", "shade"), "no", "(plane.basins.shade): true or false belongs here"),
    (("plane", "basins", "other"), {"name": "adm"}, "(plane.basins.other.name): there is no opti"),
    (
        ("plane", "basins", "other"),
        {**GD, "learning_rate": -1},
        "(plane.basins.other.learning_rate): learning_rate must be ",
    ),
    (
        ("plane", "basins"),
        {"other": {"name": "nelder_mead"}, "other_schedule": {"name": "cosine"}},
        "(plane.basins.other_schedule): ",
    ),
    (
        ("plane", "sweep", "ranges"),
        [{"name": "learning_rat", "low": 1, "high": 2}],
        "(plane.sweep.ranges[0].name): there is no hyperparameter 'learning_rat'; did you mean",
    ),
    (("plane", "sweep", "ranges"), [{**RANGE, "low": 2}], "the range of beta1 must go up, got 2"),
    (("plane", "sweep", "ranges"), [RANGE, RANGE], "(plane.sweep): a sweep has one or two"),
    (("plane", "sweep", "ranges"), [RANGE] * 3, "there are 3 hyperparameters; at most 2 can be "),
    (("plane", "sweep", "measure"), "step", "there is no measure 'step'; did you mean 'steps'"),
    (("plane", "sensitivity", "radius"), 1.5, "(plane.sensitivity): the radius must be greater "),
    (("plane", "sensitivity", "radius"), "inf", "(plane.sensitivity.radius): a finite number "),
    # data
    (("table",), [], "(table): an object in braces belongs here, not a list"),
    (("table",), {**TABLE, "columns": []}, "a table has at least one column"),
    (("table",), {**TABLE, "columns": [{"name": "a"}]}, "(table.columns[0]): the key 'values'"),
    (("table",), {**TABLE, "columns": [*COLUMNS, {"name": "c", "values": [1]}]}, "3 has 1 rows"),
    (("table",), {**TABLE, "columns": COLUMNS * 1001}, "there are 2,002 columns; at most 2,000"),
    (("table",), {**TABLE, "lines": [1, 2]}, "(table.lines): there are 2 lines for 3 rows"),
    (("table",), {**TABLE, "lines": [1, 2, 2**63]}, "(table.lines[2]): "),
    (("table",), {**TABLE, "dialect": {"delimiter": "x"}}, "columns can't be separated by 'x'"),
    (("table",), {**TABLE, "dialect": {"encoding": "rot13"}}, "there is no encoding 'rot13'"),
    (("table",), {**TABLE, "dialect": {"decimal": ";"}}, "there is no decimal mark ';'"),
    (("table",), {**TABLE, "path": "a\0b"}, "(table.path): a path belongs here"),
    (
        ("table",),
        {**TABLE, "file": {"path": "x"}},
        "(table.lines): 'lines' does not go with 'file'",
    ),
    (("table",), {"name": "t", "file": {"path": "x"}}, "the key 'bytes' is missing here"),
    (
        ("table",),
        {"name": "t", "file": {"path": "no.csv", "bytes": 1, "sha256": "0"}},
        "the data file 'no.csv' is not there",
    ),
    (
        ("table",),
        {"name": "t", "file": {"path": "/proc/kmsg", "bytes": 0, "sha256": "0"}},
        "(table.file.bytes): a whole number from 1 to 2,000,000,000 belongs here, got 0",
    ),
    (
        ("table",),
        {**TABLE, "columns": [{"name": "a", "values": [1.0], "texts": []}]},
        "there are 0 texts for 1 rows",
    ),
    *(
        (
            ("table",),
            {**TABLE, "columns": [{"name": "a", "values": [1.0, 2.0], "texts": texts}]},
            "(table.columns[0].texts): the ends of these texts do not fit what is joined",
        )
        for texts in (
            {"ends": [1, 3], "joined": "ab"},
            {"ends": [2, 1], "joined": "ab"},
            {"ends": [-1, 2], "joined": "ab"},
            {"ends": [], "joined": ""},
        )
    ),
    (("surfaces",), [{**CURVE, "x": [0.0, 1.0, 1.0]}], "hold 1 more than once"),
    (("surfaces",), [{**CURVE, "x": [0.0, 1.0]}], "has shape (3,), but the coordinates make (2,)"),
    (("surfaces",), [{**CURVE, "x": ["nan", 1.0, 2.0]}], "are not finite at place 1"),
    (("surfaces",), [{**CURVE, "metrics": {}}], "no loss measured at them"),
    (
        ("surfaces",),
        [{**CURVE, "metrics": {"loss": [[1.0, 2.0, 3.0]]}}],
        "(surfaces[0].metrics.loss[",
    ),
    (("surfaces",), [{**CURVE, "y": [0.0, 1.0]}], "a list belongs here, not 1.0"),
    (("surfaces",), [CURVE] * 101, "there are 101 surfaces; at most 100 can be read"),
    (
        ("tracks",),
        [{"name": "t", "points": [[0.0, 1.0, 2.0]]}],
        "points of 2 numbers, got the shape",
    ),
    (("tracks",), [{"name": "t", "points": []}], "from 1 to 100,000 points"),
    (("tracks",), [{"name": "t", "points": [[0.0, 1.0], [2.0]]}], "differ in length"),
    (("tracks",), [{"name": "t", "points": [[0.0, "nan"]]}], "must be finite"),
]


@pytest.mark.parametrize(("path", "value", "words"), BAD, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_refused_by_name_and_place(path, value, words):
    assert words in refused(with_value(path, value))


SHAPE = packed(np.arange(6.0).reshape(3, 2))
PACKED = [
    ({**SHAPE, "shape": [6]}, "a shape of 2 belongs here, got 1 numbers"),
    ({**SHAPE, "shape": [3, 3]}, "the shape 3 × 3 needs 96 letters of base64, got 64"),
    ({**SHAPE, "shape": [-3, -2]}, "(tracks[0].points.shape[0]): a whole number from 0 to"),
    ({**SHAPE, "shape": [30_000_000, 30_000_000]}, "letters of base64, got 64"),
    ({**SHAPE, "shape": [10**18, 2]}, "(tracks[0].points.shape[0]): a whole number from 0 to"),
    ({**SHAPE, "base64": SHAPE["base64"][:-1] + "!"}, "this is no base64"),
    ({**SHAPE, "base64": SHAPE["base64"][:-4] + "===="}, "48 bytes belong here, got 45"),
    ({**SHAPE, "base64": SHAPE["base64"][:-2] + "=="}, "48 bytes belong here, got 46"),
    ({**SHAPE, "type": "int64"}, "numbers of the type 'float64' belong here, not 'int64'"),
    ({**SHAPE, "type": "object"}, "there is no type of number 'object'"),
    ({"shape": [3, 2]}, "the key 'type' is missing here"),
    ("cGlja2xl", "an object in braces belongs here"),
]


@pytest.mark.parametrize(("points", "words"), PACKED, ids=lambda value: str(value)[:40])
def test_packed_numbers_must_fit_their_shape(points, words):
    assert words in refused(with_value(("tracks",), [{"name": "t", "points": points}]))


def test_the_place_of_what_is_wrong_is_told():
    text = document_bytes(Document(open_experiment("valley"))).decode()
    lines = text.replace('"steps": 200', '"steps": -5', 1).splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "-5" in line)
    column = lines[number - 1].index("-5") + 1
    assert refused("\n".join(lines)).startswith(
        f"bad.gdviz, line {number}, column {column} (runs[0].steps): a whole number from 1 to "
    )


def test_a_newer_file_is_refused_before_its_unknown_keys_are():
    text = with_value(("version",), VERSION + 1).replace('"title"', '"what_will_be"')
    assert refused(text).endswith(
        f"(version): this file was made by a newer gdviz: it has version {VERSION + 1}, and this "
        f"one reads up to {VERSION}; update gdviz"
    )


def test_a_file_is_not_read_beyond_what_an_experiment_can_have(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "LARGEST_FILE", 2_000)
    path = tmp_path / "bad.gdviz"
    path.write_bytes(b" " * 2_001)
    with pytest.raises(UserError, match=r"^'bad.gdviz' is too large for an experiment"):
        read_document(path)
    refused(path.read_bytes())


def test_values_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(json_text, "MOST_VALUES", 1_000)
    assert "there are more than 1,000 values" in refused('{"runs": [' + "0," * 2_000)


def test_a_file_that_cant_be_read_is_refused(tmp_path):
    missing = tmp_path / "missing.gdviz"
    with pytest.raises(UserError, match=r"^there is no file '.*missing\.gdviz'$"):
        read_document(missing)
    with pytest.raises(UserError, match=r"is a folder; name a file$"):
        read_document(tmp_path)
    with pytest.raises(UserError, match=r"null byte"):
        read_document(tmp_path / "a\0b.gdviz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_pipes_and_devices_are_refused_at_once(tmp_path):
    pipe = tmp_path / "pipe.gdviz"
    os.mkfifo(pipe)
    for path in (pipe, *filter(Path.exists, (Path("/dev/zero"), Path("/dev/random")))):
        assert not looks_like_document(path)
        for how in (read_document, lambda where: open_document(str(where))):
            with pytest.raises(UserError, match=r"is no ordinary file$"):
                how(path)
