"""What every landscape can do: loss, gradient and Hessian of a batch of points."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.landscapes.domain import Domain
from gdviz.landscapes.notation import Notation

__all__ = ["Column", "FloatArray", "Landscape"]

FloatArray = NDArray[np.float64]
Column = FloatArray | float


class Landscape(ABC):
    """A loss as a function of one or two parameters, with gradient and Hessian.

    A subclass is a frozen value. It gives the attributes below and three kernels,
    `loss_at`, `gradient_at` and `hessian_at`, written elementwise on one contiguous
    array per parameter: so a point's result has the same bits in any batch.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The name by which the command line knows it, such as ``"valley"``."""

    @property
    @abstractmethod
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, such as ``("w1", "b")``."""

    @property
    @abstractmethod
    def domain(self) -> Domain:
        """The box that a view shows at first."""

    @property
    @abstractmethod
    def expression(self) -> str:
        """The loss as a person writes it, such as ``"4 + (x − 2)² + 2y²"``."""

    @property
    def formula(self) -> str:
        """The loss as it may be typed, such as ``"4 + (x-2)^2 + 2y^2"``; empty for none."""
        return ""

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        """The known global minima, each of d parameters; empty where none is known."""
        return ()

    @property
    def limits(self) -> Domain | None:
        """The box outside of which the landscape is undefined; None for none."""
        return None

    @property
    def isotropic(self) -> bool:
        """Whether a unit of each parameter is drawn with the same length."""
        return False

    @property
    def notation(self) -> Notation | None:
        """How it is typeset; None where a sentence says it better."""
        return None

    @property
    def remark(self) -> str:
        """What a user must know to read it rightly, in a sentence; empty for nothing."""
        return ""

    @property
    def continuous(self) -> bool:
        """Whether it has neither poles nor jumps, so that a line may join any samples."""
        return True

    @property
    def cost(self) -> int:
        """How many elementary evaluations one loss takes, such as a table's rows."""
        return 1

    @property
    def dimension(self) -> int:
        """The number of parameters, d."""
        return len(self.parameters)

    @abstractmethod
    def loss_at(self, *columns: FloatArray) -> Column:
        """Kernel of `loss`: a contiguous (n,) array for each parameter, no checks."""

    @abstractmethod
    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        """Kernel of `gradient`: the d partial derivatives, each (n,) or a constant."""

    @abstractmethod
    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        """Kernel of `hessian`: the upper triangle row by row, each (n,) or a constant."""

    def loss(self, params: ArrayLike) -> FloatArray:
        """Return the loss at each point.

        Parameters
        ----------
        params : array_like, shape (n, d)
            One row per point.

        Returns
        -------
        ndarray, shape (n,)

        Raises
        ------
        ValueError
            If `params` has another shape.
        """
        with np.errstate(all="ignore"):
            return self.loss_columns(self._columns(params))

    def gradient(self, params: ArrayLike) -> FloatArray:
        """Return the vector of partial derivatives at each point, shape (n, d).

        Takes and raises what `loss` does.
        """
        with np.errstate(all="ignore"):
            return self.gradient_columns(self._columns(params)).T

    def hessian(self, params: ArrayLike) -> FloatArray:
        """Return the matrix of second derivatives at each point, shape (n, d, d).

        Takes and raises what `loss` does.
        """
        columns = self._columns(params)
        hessian = np.empty((columns.shape[1], self.dimension, self.dimension))
        with np.errstate(all="ignore"):
            triangle = self.hessian_at(*columns)
        rows, cols = np.triu_indices(self.dimension)
        for row, col, value in zip(rows, cols, triangle, strict=True):
            hessian[:, row, col] = hessian[:, col, row] = value
        return hessian

    def loss_columns(self, columns: FloatArray) -> FloatArray:
        """Return the losses (n,) of points given as (d, n), without checks."""
        loss = np.empty(columns.shape[1])
        loss[:] = self.loss_at(*columns)
        return loss

    def gradient_columns(self, columns: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """Return the gradients (d, n) of points given as (d, n), without checks.

        Parameters
        ----------
        columns : ndarray, shape (d, n)
        out : ndarray, shape (d, n), optional
            Where they are put.
        """
        gradient = np.empty_like(columns) if out is None else out
        partials = self.gradient_at(*columns)
        if len(partials) != len(gradient):
            raise ValueError(f"gradient_at must return {len(gradient)}, got {len(partials)}")
        for row, value in enumerate(partials):
            gradient[row] = value
        return gradient

    def _columns(self, params: ArrayLike) -> FloatArray:
        points = np.asarray(params, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != self.dimension:
            wanted = f"(n, {self.dimension})"
            raise ValueError(
                f"params must have shape {wanted}, one row for each point "
                f"({', '.join(self.parameters)}); got shape {points.shape}"
            )
        return np.ascontiguousarray(points.T)
