"""What a user chooses when a table becomes a landscape."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.errors import UserError, did_you_mean

__all__ = ["LOSSES", "MODELS", "FitChoice"]

MODELS = {"linear": "Linear", "logistic": "Logistic"}
LOSSES = {
    "mse": "Mean squared error",
    "mae": "Mean absolute error",
    "huber": "Huber",
    "log": "Log loss",
}


@dataclass(frozen=True)
class FitChoice:
    """A regression of one column on another.

    Attributes
    ----------
    feature, label : str
        The columns: what is known, and what is to be told from it.
    model : str
        One of `MODELS`.
    loss : str
        One of `LOSSES`: ``"log"`` with the logistic model, the others with the linear one.
    bias : bool
        Whether there is a bias b beside the weight w1.
    standardize : bool
        Whether the feature is shifted to mean 0 and scaled to standard deviation 1;
        without a bias it is scaled only.

    Raises
    ------
    UserError
        If two of these don't go together.
    """

    feature: str
    label: str
    model: str = "linear"
    loss: str = "mse"
    bias: bool = True
    standardize: bool = False

    def __post_init__(self) -> None:
        for what, value, known in (("model", self.model, MODELS), ("loss", self.loss, LOSSES)):
            if value not in known:
                raise UserError(
                    f"there is no {what} '{value}'{did_you_mean(value, known)} "
                    f"(known: {', '.join(known)})"
                )
        if (self.model == "logistic") is not (self.loss == "log"):
            suited = "log" if self.model == "logistic" else "mse, mae or huber"
            raise UserError(
                f"the loss '{self.loss}' does not go with the {self.model} model; take {suited}"
            )
        if self.feature == self.label:
            raise UserError(
                f"'{self.feature}' can't be both feature and label: any line through it is "
                "perfect; choose another column for one of them"
            )
