"""How a table becomes a landscape."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gdviz.errors import UserError
from gdviz.landscapes.fit_choice import LOSSES, MODELS, FitChoice
from gdviz.landscapes.fit_landscape import Coefficients
from gdviz.numbers import format_number
from gdviz.tables import Table, TableColumn
from gdviz.ui.dialect_fields import DialectFields
from gdviz.ui.tips import explain, wrapped

__all__ = ["TablePanel"]

_TIPS = {
    "feature": "The column that is known of each row: the model's x.",
    "label": "The column that is told from it: the model's y. Two classes make a logistic model.",
    "model": "Linear: a line through the points. Logistic: the share of one of two classes.",
    "loss": (
        "Squared errors punish large misses most; absolute ones do not mind a few outliers; "
        "Huber's is squared near 0 and absolute beyond. Log loss is for the logistic model."
    ),
}
_BIAS_TIP = "Without a bias the line goes through the origin, and there is one parameter only."
_STANDARD_TIP = (
    "Shift and scale the feature to mean 0 and standard deviation 1. The bowl becomes rounder, "
    "and descent quicker; coefficients are told in both units."
)
_UNSUITED = {
    "text": "it holds text",
    "constant": "all its values are equal",
    "empty": "it is empty",
}


class TablePanel(QWidget):
    """Columns, model and loss of a regression; how the file is read; what came of it.

    Signals
    -------
    choice_picked(FitChoice)
    dialect_picked(Dialect)
    """

    choice_picked = Signal(object)
    dialect_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None
        self._choice: FitChoice | None = None
        self._title = _words("title")
        self._size = _words("muted")
        self.boxes = {name: QComboBox() for name in ("feature", "label", "model", "loss")}
        form = QGridLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        for row, (name, box) in enumerate(self.boxes.items()):
            label = QLabel(name.capitalize())
            label.setBuddy(box)
            box.setAccessibleName(name.capitalize())
            explain(box, _TIPS[name], "data-and-fit")
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.activated.connect(self._on_edited)
            form.addWidget(label, row, 0)
            form.addWidget(box, row, 1)
        self.boxes["model"].activated.connect(self._on_model)
        for key, title in MODELS.items():
            self.boxes["model"].addItem(title, key)
        for key, title in LOSSES.items():
            self.boxes["loss"].addItem(title, key)
        self.bias, self.standardize = QCheckBox("Bias b"), QCheckBox("Standardize the feature")
        for check, tip in ((self.bias, _BIAS_TIP), (self.standardize, _STANDARD_TIP)):
            explain(check, tip, "data-and-fit")
            check.clicked.connect(self._on_edited)
        self._report, self._error = _words("muted"), _words("error")
        self._coefficients = QLabel()
        self._coefficients.setWordWrap(True)
        self._coefficients.setTextFormat(Qt.TextFormat.RichText)
        self._coefficients.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.dialect = DialectFields()
        self.dialect.dialect_picked.connect(self.dialect_picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._size)
        layout.addLayout(form)
        for part in (self.bias, self.standardize, self._error, self._coefficients, self._report):
            layout.addWidget(part)
        layout.addWidget(self.dialect)
        self._error.hide()
        self.hide()

    def set_table(
        self,
        table: Table | None,
        choice: FitChoice | None = None,
        report: tuple[str, ...] = (),
    ) -> None:
        """Show a table and what was chosen, without telling of it; None hides the panel."""
        self.setVisible(table is not None)
        if table is not self._table:
            self._table = table
            self._fill(table)
        if table is None or choice is None:
            return
        self._choice = choice
        self._report.setText("\n".join(report))
        self._report.setVisible(bool(report))
        for name, box in self.boxes.items():
            box.setCurrentIndex(box.findData(getattr(choice, name)))
        self.bias.setChecked(choice.bias)
        self.standardize.setChecked(choice.standardize)
        self._offer_losses(choice.model)
        self.show_error(None)

    def show_coefficients(self, known: Coefficients) -> None:
        """Show weight and bias at the current step, in both units."""
        rows = [("", "w1", "b")] if self.bias.isChecked() else [("", "w1", "")]
        for what, weight, bias in (
            ("raw", known.weight, known.bias),
            ("standardized", known.standard_weight, known.standard_bias),
        ):
            told = format_number(bias) if self.bias.isChecked() else ""
            rows.append((what, format_number(weight), told))
        cells = "".join(
            "<tr>"
            + "".join(f"<td align='right' style='padding-right:10px'>{c}</td>" for c in row)
            + "</tr>"
            for row in rows
        )
        self._coefficients.setText(f"<table cellspacing='0'>{cells}</table>")

    def show_error(self, error: UserError | str | None) -> None:
        """Say why a choice can't be, or nothing; the choice stays as it was made."""
        self._error.setText(str(error or ""))
        self._error.setVisible(bool(error))

    @property
    def error(self) -> str:
        """What is wrong with the choice; empty if nothing is."""
        return "" if self._error.isHidden() else self._error.text()

    def _fill(self, table: Table | None) -> None:
        for name in ("feature", "label"):
            self.boxes[name].clear()
        if table is None:
            return
        self._title.setText(table.name)
        self._size.setText(f"{table.rows:,} rows × {len(table.columns):,} columns")
        for name in ("feature", "label"):
            box = self.boxes[name]
            for column in table.columns:
                box.addItem(column.name, column.name)
                why = _unsuited(column, name)
                if why:
                    _disable(box, box.count() - 1, why)
        self.dialect.show_dialect(table.dialect)
        self.dialect.setVisible(table.path is not None)

    def _offer_losses(self, model: str) -> None:
        box = self.boxes["loss"]
        for index in range(box.count()):
            suits = (box.itemData(index) == "log") is (model == "logistic")
            _disable(box, index, "" if suits else "for the other model")

    @Slot()
    def _on_model(self) -> None:
        model = self.boxes["model"].currentData()
        self._offer_losses(model)

    @Slot()
    def _on_edited(self, *_: object) -> None:
        if self._choice is None:
            return
        model, loss = self.boxes["model"].currentData(), self.boxes["loss"].currentData()
        label = str(self.boxes["label"].currentData())
        if model == self._choice.model and label != self._choice.label and self._table is not None:
            column = self._table.column(label)
            model = "logistic" if column.kind == "text" else model
        if (model == "logistic") is not (loss == "log"):
            loss = "log" if model == "logistic" else "mse"
        try:
            choice = replace(
                self._choice,
                feature=str(self.boxes["feature"].currentData()),
                label=label,
                model=model,
                loss=loss,
                bias=self.bias.isChecked(),
                standardize=self.standardize.isChecked(),
            )
        except UserError as error:
            self.show_error(error)
            return
        self.show_error(None)
        if choice != self._choice:
            self.choice_picked.emit(choice)


def _unsuited(column: TableColumn, role: str) -> str:
    """Return why a column can't serve; empty if it can."""
    if role == "label" and column.kind == "text" and len(column.classes) == 2:
        return ""
    return _UNSUITED.get(column.kind, "")


def _disable(box: QComboBox, index: int, why: str) -> None:
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    item = model.item(index)
    item.setEnabled(not why)
    item.setToolTip(wrapped(f"This one can't be chosen: {why}.") if why else "")


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
