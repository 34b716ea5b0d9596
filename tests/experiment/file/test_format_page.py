"""The page of the format tells what is read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gdviz.experiment import Document, open_experiment
from gdviz.experiment.file import VERSION, document_bytes, document_from
from gdviz.experiment.file.landscapes import KINDS

PAGE = Path(__file__).parents[3] / "docs" / "experiment-file.md"
TEXT = PAGE.read_text("utf-8") if PAGE.exists() else ""

pytestmark = pytest.mark.skipif(not TEXT, reason="the documentation is not part of a wheel")


def keys_of(value):
    """Yield all keys within a value, at any depth, but for names of hyperparameters."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in ("optimizer", "schedule"):
                yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_its_example_is_an_experiment():
    example = re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)[1]
    opened = document_from(example.encode(), "example.gdviz", None)
    assert opened.experiment.landscape.name == "valley"
    assert opened.look.overlays == ("arrows",)


@pytest.mark.parametrize("source", ["valley", "a x^2 + b y^2"])
def test_every_key_that_is_written_is_explained(source):
    value = json.loads(document_bytes(Document(open_experiment(source))))
    assert not [
        key for key in set(keys_of(value)) if f"`{key}`" not in TEXT and f'"{key}"' not in TEXT
    ]


def test_every_kind_of_landscape_and_version_is_explained():
    assert [kind for kind in KINDS if f"| `{kind}` |" not in TEXT] == []
    assert re.findall(r"^\| (\d) \|", TEXT, re.MULTILINE) == [
        str(version) for version in range(VERSION, 0, -1)
    ]
