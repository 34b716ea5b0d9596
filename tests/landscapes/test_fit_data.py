"""What a regression takes of a table, and what it tells of the rest."""

import itertools
import re

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.landscapes.fit import fit_landscape, suggest_choice
from gdviz.landscapes.fit_choice import LOSSES, MODELS, FitChoice
from gdviz.tables import read_table

AGES = ("20", "31", "42", "53", "64", "75")
HEIGHTS = ("1.6", "1.8", "1.5", "1.9", "1.7", "1.65")
ANSWERS = ("no", "yes", "no", "yes", "no", "yes")


@pytest.fixture
def table(tmp_path):
    """Return a function that makes a table of columns of text by way of a file."""
    numbers = itertools.count()

    def make(**columns):
        path = tmp_path / f"table{next(numbers)}.csv"
        rows = [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return read_table(path)

    return make


def put(cells, *changes):
    """Return cells with others in some places, counted from the file's first line."""
    changed = list(cells)
    for row, cell in changes:
        changed[row - 2] = cell
    return tuple(changed)


def fit(table, feature, label, *args, **kwargs):
    return fit_landscape(table, FitChoice(feature, label, *args, **kwargs))


def refusal(table, *args, **kwargs):
    with pytest.raises(UserError) as caught:
        fit(table, *args, **kwargs)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


# The choice


def test_a_choice_has_the_usual_defaults():
    choice = FitChoice("age", "height")
    assert (choice.model, choice.loss, choice.bias, choice.standardize) == (
        "linear", "mse", True, False,
    )  # fmt: skip
    assert choice == FitChoice("age", "height", "linear", "mse", bias=True, standardize=False)
    assert hash(choice) == hash(FitChoice("age", "height"))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_goes_with_its_model_only(model, loss):
    if (model == "logistic") == (loss == "log"):
        assert FitChoice("a", "b", model, loss).loss == loss
        return
    with pytest.raises(UserError, match=f"'{loss}' does not go with the {model} model"):
        FitChoice("a", "b", model, loss)


@pytest.mark.parametrize(
    ("field", "value", "near"),
    [("model", "liner", "linear"), ("model", "logistics", "logistic"), ("loss", "hubert", "huber")],
)
def test_a_misspelled_choice_gets_the_nearest(field, value, near):
    with pytest.raises(UserError, match=f"no {field} '{value}'; did you mean '{near}'"):
        FitChoice("a", "b", **{field: value})


def test_one_column_cannot_play_both_roles():
    with pytest.raises(UserError, match="'age' can't be both feature and label"):
        FitChoice("age", "age")


# The suggestion


@pytest.mark.parametrize(
    ("columns", "feature", "label", "model"),
    [
        ({"x": AGES, "y": HEIGHTS}, "x", "y", "linear"),
        ({"name": ANSWERS, "x": AGES, "y": HEIGHTS}, "x", "y", "linear"),
        ({"x": AGES, "y": HEIGHTS, "who": ("a", "b", "c", "d", "e", "f")}, "x", "y", "linear"),
        ({"x": AGES, "c": ("1",) * 6, "y": HEIGHTS, "d": ("2",) * 6}, "x", "y", "linear"),
        ({"x": AGES, "answer": ANSWERS}, "x", "answer", "logistic"),
        ({"x": AGES, "answer": put(ANSWERS, (3, ""))}, "x", "answer", "logistic"),
        ({"answer": ANSWERS, "x": AGES}, "x", "answer", "logistic"),
    ],
)
def test_a_sensible_pair_is_suggested(table, columns, feature, label, model):
    made = table(**columns)
    choice = suggest_choice(made)
    assert (choice.feature, choice.label, choice.model) == (feature, label, model)
    assert choice.loss == ("log" if model == "logistic" else "mse")
    assert fit_landscape(made, choice).data.rows >= 5


def test_the_feature_that_tells_most_is_suggested(table):
    rng = np.random.default_rng(2)
    y = rng.normal(size=60)
    columns = {
        "noise": rng.normal(size=60),
        "weak": y + 3.0 * rng.normal(size=60),
        "strong": -2.0 * y + 0.1 * rng.normal(size=60),
        "other": rng.normal(size=60),
        "y": y,
    }
    made = table(**{name: tuple(map(repr, v.tolist())) for name, v in columns.items()})
    assert suggest_choice(made).feature == "strong"
    yes = tuple("yes" if value > 0 else "no" for value in y)
    words = {name: tuple(map(repr, v.tolist())) for name, v in columns.items() if name != "y"}
    assert suggest_choice(table(**words, y=yes)).feature == "strong"


@pytest.mark.parametrize(
    "columns",
    [
        {"x": AGES},
        {"x": AGES, "c": ("1",) * 6},
        {"a": ANSWERS, "b": ANSWERS},
        {"c": ("1",) * 6, "d": ("2",) * 6},
        {"x": AGES, "e": ("",) * 6},
    ],
)
def test_a_table_without_two_columns_for_a_regression_is_told_so(table, columns):
    with pytest.raises(UserError, match="two columns") as caught:
        suggest_choice(table(**columns))
    assert all(f"'{name}'" in str(caught.value) for name in columns)


# What is used, and what is left out


def test_all_rows_of_a_clean_table_are_used_without_a_word(table):
    data = fit(table(age=AGES, height=HEIGHTS), "age", "height").data
    assert data.feature.tolist() == [float(cell) for cell in AGES]
    assert data.label.tolist() == [float(cell) for cell in HEIGHTS]
    assert (data.feature_name, data.label_name) == ("age", "height")
    assert data.classes is None
    assert data.report == ()
    assert data.rows == 6


def test_rows_left_out_are_told_by_column_and_number(table):
    ages = put(AGES, (3, ""), (5, "NA"))
    data = fit(table(age=ages, height=put(HEIGHTS, (7, "?"))), "age", "height").data
    assert data.feature.tolist() == [20.0, 42.0, 64.0]
    assert data.label.tolist() == [1.6, 1.5, 1.7]
    told = " ".join(data.report)
    assert "3 of 6 rows" in told
    assert re.search(r"'age' is missing in rows 3(,| and) 5", told)
    assert "'height' is missing in row 7" in told


def test_many_rows_left_out_are_not_all_listed(table):
    ages = tuple("" if number % 2 else str(number) for number in range(100))
    heights = tuple(str(number % 7) for number in range(100))
    told = " ".join(fit(table(age=ages, height=heights), "age", "height").data.report)
    assert "50 of 100 rows" in told
    assert "3, 5, 7 and 47 more" in told


@pytest.mark.parametrize("cell", ["tall", "inf", "-inf", "1e999"])
def test_a_stray_cell_that_is_no_finite_number_is_left_out_and_told(table, cell):
    data = fit(table(age=AGES, height=put(HEIGHTS, (4, cell))), "age", "height").data
    assert data.rows == 5
    told = " ".join(data.report)
    assert "1 of 6 rows" in told
    assert "'height' is no number in row 4" in told


def test_what_is_missing_elsewhere_does_not_matter(table):
    made = table(age=AGES, other=("",) * 6, height=HEIGHTS)
    assert fit(made, "age", "height").data.rows == 6


def test_data_cannot_be_changed(table):
    data = fit(table(age=AGES, height=HEIGHTS), "age", "height").data
    for column in (data.feature, data.label):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 9.0


# Classes


@pytest.mark.parametrize(
    ("cells", "classes", "ones"),
    [
        (ANSWERS, ("no", "yes"), [0, 1, 0, 1, 0, 1]),
        (("0", "1", "0", "1", "0", "1"), ("0", "1"), [0, 1, 0, 1, 0, 1]),
        (("2", "1", "2", "1", "1", "1"), ("1", "2"), [1, 0, 1, 0, 0, 0]),
        (("-1", "1", "1", "-1", "1", "1"), ("-1", "1"), [0, 1, 1, 0, 1, 1]),
        (("b", "a", "a", "b", "a", "a"), ("a", "b"), [1, 0, 0, 1, 0, 0]),
    ],
)
def test_which_class_is_1_is_told(table, cells, classes, ones):
    data = fit(table(x=AGES, y=cells), "x", "y", "logistic", "log").data
    assert data.classes == classes
    assert data.label.tolist() == ones
    assert f"1 stands for '{classes[1]}', 0 for '{classes[0]}'" in data.report[0]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("yes",) * 6, "only one"),
        (("1",) * 6, "only one"),
        (put(ANSWERS, (4, "maybe")), "more than two"),
        (AGES, "more than two"),
    ],
)
def test_a_label_without_two_classes_is_refused(table, cells, words):
    message = refusal(table(x=AGES, y=cells), "x", "y", "logistic", "log")
    assert "'y'" in message
    assert words in message
    assert "two classes" in message


def test_a_missing_class_is_left_out(table):
    data = fit(table(x=AGES, y=put(ANSWERS, (2, ""))), "x", "y", "logistic", "log").data
    assert data.label.tolist() == [1, 0, 1, 0, 1]
    assert "'y' is missing in row 2" in " ".join(data.report)


# What is refused


def test_text_where_numbers_belong_is_placed(table):
    made = table(age=AGES, who=("Ada", "Bob", "Cy", "Di", "Ed", "Flo"), answer=ANSWERS)
    assert "'who' holds text" in refusal(made, "who", "age")
    assert "first in row 2" in refusal(made, "who", "age")
    assert "'who' holds text" in refusal(made, "age", "who")
    assert "logistic" in refusal(made, "age", "answer")
    assert "'answer' holds text" in refusal(made, "answer", "age", "linear", "mae")


def test_an_unknown_column_gets_the_nearest(table):
    assert "'age'" in refusal(table(age=AGES, height=HEIGHTS), "agee", "height")
    assert "'height'" in refusal(table(age=AGES, height=HEIGHTS), "age", "heigth")


@pytest.mark.parametrize("loss", ["mse", "mae", "huber", "log"])
@pytest.mark.parametrize("bias", [True, False])
def test_a_constant_feature_is_refused(table, loss, bias):
    made = table(x=("3",) * 6, y=ANSWERS if loss == "log" else HEIGHTS)
    model = "logistic" if loss == "log" else "linear"
    assert "'x' is constant" in refusal(made, "x", "y", model, loss, bias=bias)


def test_a_column_without_values_is_refused(table):
    made = table(x=AGES, e=("",) * 6, y=HEIGHTS)
    assert "'e' has no values" in refusal(made, "e", "y")
    assert "'e' has no values" in refusal(made, "x", "e")


def test_a_single_row_is_refused(table):
    assert "single row" in refusal(table(x=("1",), y=("2",)), "x", "y")


def test_too_few_rows_that_can_be_used_are_refused_with_the_reason(table):
    made = table(x=("1", "2", "", ""), y=("", "", "3", "4"))
    message = refusal(made, "x", "y")
    assert "no row" in message
    assert "'x' is missing in rows 4" in message
    assert "'y' is missing in rows 2" in message


def test_a_feature_of_zeros_where_the_label_is_known_is_refused(table):
    made = table(x=("0", "0", "0", "5"), y=("1", "2", "3", ""))
    for loss in ("mse", "mae", "huber"):
        assert "'x'" in refusal(made, "x", "y", "linear", loss, bias=False)


@pytest.mark.parametrize("scale", ["e200", "e-200"])
def test_a_feature_whose_squares_floats_cannot_hold_is_refused(table, scale):
    made = table(x=tuple(f"{number}{scale}" for number in range(1, 7)), y=HEIGHTS)
    assert "'x' is too small or too large" in refusal(made, "x", "y")
