"""The tables that are shipped hold what was published: their fits are the published ones."""

import numpy as np
import pytest

from gdviz.landscapes.fit import fit_landscape, suggest_choice
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.resource_files import resource_path
from gdviz.tables import read_table

FILES = sorted(path.name for path in resource_path("datasets").glob("*.csv"))


def shipped(name):
    return read_table(resource_path("datasets", name))


@pytest.mark.parametrize(
    ("name", "rows", "choice", "weight", "bias", "loss"),
    [
        # R: lm(dist ~ speed, cars); its residual standard error is 15.38 on 48 degrees.
        ("cars.csv", 50, FitChoice("speed", "distance"), 3.932409, -17.579095, 15.38**2 * 0.96),
        # R: lm(pres ~ bp, MASS::forbes), 0.2328 on 15 degrees.
        (
            "boiling.csv", 17, FitChoice("temperature", "pressure"),
            0.522892, -81.063727, 0.2328**2 * 15 / 17,
        ),
        # R: lm(y3 ~ x3, anscombe), 1.236 on 9 degrees.
        ("anscombe3.csv", 11, FitChoice("x", "y"), 0.4997273, 3.0024545, 1.236**2 * 9 / 11),
        # R: glm(distress ~ temperature, binomial); its residual deviance is 20.315.
        (
            "o-rings.csv", 23, FitChoice("temperature", "distress", "logistic", "log"),
            -0.2321627, 15.0429016, 20.315 / 46,
        ),
        ("galaxies.csv", 24, FitChoice("distance", "velocity"), 454.1584, -40.7836, None),
    ],
    ids=["cars", "boiling", "anscombe3", "o-rings", "galaxies"],
)  # fmt: skip
def test_a_fit_is_the_published_one(name, rows, choice, weight, bias, loss):
    table = shipped(name)
    assert table.rows == rows
    landscape = fit_landscape(table, choice)
    assert landscape.data.rows == rows
    assert landscape.minima[0] == pytest.approx((weight, bias), rel=2e-6)
    if loss is not None:
        assert landscape.loss(landscape.minima)[0] == pytest.approx(loss, rel=1e-3)


def test_the_oldest_shipped_tables_have_their_known_sums():
    """A slip of the pen in a cell that a fit hardly notices."""
    cars, boiling = shipped("cars.csv"), shipped("boiling.csv")
    assert cars.column("speed").values.sum() == 770
    assert cars.column("distance").values.sum() == 2149
    assert boiling.column("temperature").values.mean() == pytest.approx(202.9529, abs=5e-5)
    assert boiling.column("pressure").values.mean() == pytest.approx(25.05882, abs=5e-6)
    third = shipped("anscombe3.csv")
    assert sorted(third.column("x").values.tolist()) == list(range(4, 15))
    assert third.column("y").values.sum() == pytest.approx(82.5)


def test_seven_of_23_flights_were_damaged():
    table = shipped("o-rings.csv")
    assert table.column("distress").texts.tolist().count("yes") == 7
    temperature = table.column("temperature").values
    damaged = np.sort(temperature[table.column("distress").texts == "yes"])
    assert damaged.tolist() == [53, 57, 58, 63, 70, 70, 75]
    assert (temperature.min(), temperature.max()) == (53, 81)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_described_with_its_columns_and_source(name):
    described = resource_path("datasets", "README.md").read_text(encoding="utf-8")
    (row,) = [line for line in described.splitlines() if f"`{name}`" in line]
    for column in shipped(name).columns:
        assert f"`{column.name}`" in row
    assert any(str(year) in row for year in range(1850, 2000))


@pytest.mark.parametrize("name", FILES)
def test_each_file_opens_with_a_suggestion_that_makes_a_landscape(name):
    table = shipped(name)
    landscape = fit_landscape(table, suggest_choice(table))
    assert np.isfinite(landscape.loss([landscape.domain.center])).all()


@pytest.mark.parametrize("name", FILES)
def test_files_are_plain_ascii_with_unix_line_ends(name):
    content = resource_path("datasets", name).read_bytes()
    assert content.isascii()
    assert b"\r" not in content
    assert content.endswith(b"\n")
