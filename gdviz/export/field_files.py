"""The loss on a grid as CSV, JSON, NPZ and HDF5, all of which gdviz opens again."""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

import numpy as np

from gdviz.export.field_samples import sampled_field
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.npz_arrays import NpzFile
from gdviz.export.run_records import about_landscape
from gdviz.export.strict_json import JsonFile, json_text, number_list
from gdviz.landscapes import FloatArray

__all__ = ["write_field_csv", "write_field_json", "write_field_npz", "write_h5"]

FIELD_FORMAT, FIELD_VERSION = "gdviz-field", 1


def write_field_csv(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a row for each sample, the first parameter fastest; no loss where it is undefined."""
    field = sampled_field(material, spec, told)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*field.parameters, "loss"])
    across = list(map(repr, field.x.tolist()))
    up = [[]] if field.y is None else [[repr(value)] for value in field.y.tolist()]
    for after, losses in zip(up, np.atleast_2d(field.loss), strict=True):
        cells = ("" if loss != loss else repr(loss) for loss in losses.tolist())  # noqa: PLR0124
        writer.writerows([x, *after, cell] for x, cell in zip(across, cells, strict=True))
    text.detach()


def write_field_json(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write lists ``x``, ``y`` and ``loss``, the last one with a list for each y."""
    field = sampled_field(material, spec, told)
    out = JsonFile(file)
    head = {"format": FIELD_FORMAT, "version": FIELD_VERSION, "about": _about(material)}
    out.write(json_text(head)[:-1], ',\n"x": ', number_list(field.x))
    if field.y is None:
        out.write(',\n"loss": ', number_list(field.loss), "}\n")
        return
    out.write(',\n"y": ', number_list(field.y), ',\n"loss": [')
    for row, losses in enumerate(field.loss):
        out.write(",\n" if row else "\n", number_list(losses))
    out.write("]}\n")


def write_field_npz(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write arrays ``x``, ``y`` and ``loss`` with row = y."""
    field = sampled_field(material, spec, told)
    archive = NpzFile(file)
    head = {"format": FIELD_FORMAT, "version": FIELD_VERSION, **_about(material)}
    archive.add("about", json_text(head))
    for name, values in (("x", field.x), ("y", field.y), ("loss", field.loss)):
        if values is not None:
            archive.add(name, values.astype("<f8"))
    archive.close()


def write_h5(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write the field as a surface, whatever else is asked for.

    Its names are those of tomgoldstein/loss-landscape, whose tools read it. There, a cell of
    −1 was never measured; here, undefined cells are NaN and a loss of −1 is one, which the
    attribute ``unmeasured`` says.
    """
    import h5py

    field = sampled_field(material, spec, told)
    memory = io.BytesIO()
    with h5py.File(memory, "w") as made:
        head = {"format": FIELD_FORMAT, "version": FIELD_VERSION, **_about(material)}
        made.attrs["about"] = json_text(head, escaped=True)
        _add(made, "xcoordinates", field.x)
        if field.y is not None:
            _add(made, "ycoordinates", field.y)
        _add(made, "train_loss", field.loss).attrs["unmeasured"] = np.nan
    file.write(memory.getbuffer())


def _add(made: Any, name: str, values: FloatArray) -> Any:
    return made.create_dataset(name, data=values.astype("<f8"), track_times=False)


def _about(material: Material) -> dict[str, Any]:
    return about_landscape(material.experiment)
