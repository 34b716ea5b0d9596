"""Eigenvalues and eigenvectors of small symmetric matrices, against LAPACK's."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.spectrum import spectrum

entry = st.floats(-1e150, 1e150)
EPSILON = np.finfo(np.float64).eps


def symmetric(a, b, c):
    return np.array([[[a, b], [b, c]]], dtype=np.float64)


def check(matrices):
    values, vectors = spectrum(matrices)
    for matrix, own, basis in zip(matrices, values, vectors, strict=True):
        scale = np.abs(matrix).max()
        unit = scale or 1.0  # so that squares of huge and tiny entries stay finite
        reference = np.linalg.eigvalsh(matrix / unit) * unit
        assert np.all(np.abs(own - reference) <= 8 * EPSILON * scale)
        assert own[0] <= own[-1]
        residual = (matrix / unit) @ basis - basis * (own / unit)
        assert np.all(np.abs(residual) <= 8 * EPSILON)
        np.testing.assert_allclose(basis.T @ basis, np.eye(len(own)), atol=4 * EPSILON)


@given(entry, entry, entry)
@example(1.0, 0.0, 1.0)
@example(2.0, 0.0, -3.0)
@example(-3.0, 0.0, 2.0)
@example(0.0, 1.0, 0.0)
@example(0.0, -1.0, 0.0)
@example(1.0, 1.0, 1.0)
@example(-1.0, 1.0, -1.0)
@example(0.0, 0.0, 0.0)
@example(1.0, 1e-170, 1.0)
@example(1e150, 1e-150, -1e150)
@example(1.0, 1e-9, 1.0 + 1e-15)
def test_values_vectors_and_residuals(a, b, c):
    check(symmetric(a, b, c))


@given(st.floats(1e-300, 1e-290), st.floats(-1e-295, 1e-295), st.floats(-1e-300, 1e-290))
def test_tiny_entries(a, b, c):
    check(symmetric(a, b, c))


@pytest.mark.parametrize("size", [1e-320, 1e-308, 1e-160, 1.0, 1e160, 4e307])
def test_any_size_has_the_same_shape(size):
    """[[2, 1], [1, 2]] has the eigenvalues 1 and 3, whatever it is multiplied by."""
    values, vectors = spectrum(size * symmetric(2.0, 1.0, 2.0))
    # 10⁻³²⁰ is itself held with three digits only.
    np.testing.assert_allclose(values[0] / size, [1.0, 3.0], rtol=1e-3 if size < 1e-310 else 1e-14)
    np.testing.assert_allclose(np.abs(vectors[0]), np.sqrt(0.5), rtol=1e-15)


@given(st.floats(1.0, 1e8), st.floats(-10.0, 10.0))
def test_the_smaller_value_keeps_its_digits(condition, slope):
    """A rank-one matrix plus a little: its product of eigenvalues is its determinant."""
    a, b, c = condition + slope**2, slope, 1.0
    values, _ = spectrum(symmetric(a, b, c))
    determinant = condition + slope**2 - slope**2
    assert values[0, 0] * values[0, 1] == pytest.approx(determinant, rel=1e-11, abs=1e-11 * a)


@given(entry)
def test_a_matrix_of_one_number_is_its_own_eigenvalue(a):
    values, vectors = spectrum(np.array([[[a]]]))
    assert values.tolist() == [[a]]
    assert vectors.tolist() == [[[1.0]]]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", [(0, 0), (0, 1), (1, 1)])
def test_an_entry_that_is_not_finite_makes_all_values_nan(bad, where):
    matrices = np.tile(np.eye(2), (3, 1, 1))
    matrices[1][where] = matrices[1][where[::-1]] = bad
    values, _ = spectrum(matrices)
    assert np.isnan(values[1]).all()
    assert values[[0, 2]].tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert np.isnan(spectrum(np.full((1, 1, 1), bad))[0]).all()


def test_a_row_is_the_same_to_the_last_bit_in_any_batch():
    rng = np.random.default_rng(1)
    matrices = rng.normal(size=(101, 2, 2)) * 10.0 ** rng.integers(-8, 8, (101, 1, 1))
    matrices += matrices.transpose(0, 2, 1)
    matrices[::7, 0, 1] = matrices[::7, 1, 0] = 0.0
    values, vectors = spectrum(matrices)
    order = rng.permutation(101)[:37]
    some = spectrum(matrices[order])
    assert some[0].tobytes() == values[order].tobytes()
    assert some[1].tobytes() == vectors[order].tobytes()
    for row in range(101):
        own = spectrum(matrices[row : row + 1])
        assert own[0].tobytes() == values[row : row + 1].tobytes()
        assert own[1].tobytes() == vectors[row : row + 1].tobytes()


def test_the_matrices_are_left_as_they_were():
    matrices = np.ones((2, 2, 2))
    matrices.flags.writeable = False
    values, vectors = spectrum(matrices)
    assert not np.shares_memory(values, matrices)
    assert not np.shares_memory(vectors, matrices)


@pytest.mark.parametrize("shape", [(2, 2), (1, 3, 3), (1, 1, 2), (4,)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="must have shape"):
        spectrum(np.zeros(shape))
