"""What a step of a lesson's file asks for: questions and conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gdviz.errors import did_you_mean
from gdviz.lessons.lesson import Clause, Condition
from gdviz.lessons.nodes import Entry, Fields
from gdviz.lessons.quantities import Quantity, parse_quantity
from gdviz.lessons.question import Question

__all__ = ["read_condition", "read_question"]

_QUESTION_FIELDS = ("question", "answer", "within", "choices", "hint", "right")
_CONDITION_FIELDS = ("say", "when")
_BOUNDS = ("is", "above", "below", "near", "within", "changed")
_MOST_NUMBERS = 2
_RELATIVE, _LEAST = 0.01, 0.005


def read_question(entry: Entry) -> Question:
    """Return a question of ``ask:``.

    Raises
    ------
    UserError
        If something of it is wrong.
    """
    fields = entry.fields("a question", _QUESTION_FIELDS)
    made = Question(
        fields.need("question").text("'question'"),
        hint=fields.text("hint"),
        right=fields.text("right"),
    )
    answer, within, choices = fields.need("answer"), fields.get("within"), fields.get("choices")
    if choices is not None:
        if within is not None:
            within.refuse("'within' is for numbers; a choice is right or wrong")
        return _with_choices(made, answer, choices)
    numbers = answer.numbers("'answer'")
    if len(numbers) > _MOST_NUMBERS:
        answer.refuse(f"'answer' can have {_MOST_NUMBERS} numbers at most")
    tolerance = max(_LEAST, _RELATIVE * max(map(abs, numbers)))
    if within is not None:
        tolerance = _tolerance(within)
    return replace(made, numbers=numbers, within=tolerance)


def read_condition(entry: Entry, parameters: Sequence[str], questions: int) -> Condition:
    """Return a condition of ``check:``.

    Parameters
    ----------
    entry : Entry
    parameters : sequence of str
        The landscape's.
    questions : int
        How many questions the step asks.

    Raises
    ------
    UserError
        If something of it is wrong.
    """
    fields = entry.fields("a condition", _CONDITION_FIELDS)
    ways = fields.need("when").one_or_more("'when'")
    return Condition(
        fields.need("say").text("'say'"),
        tuple(_clauses(way, parameters, questions) for way in ways),
    )


def _clauses(entry: Entry, parameters: Sequence[str], questions: int) -> tuple[Clause, ...]:
    clauses = []
    for key, bounds in entry.pairs("'when'"):
        quantity = key.checked(parse_quantity, key.text("a quantity"), parameters, questions)
        clauses.append(_clause(quantity, bounds, parameters))
    return tuple(clauses)


def _with_choices(question: Question, answer: Entry, choices: Entry) -> Question:
    texts = tuple(each.text("a choice") for each in choices.items("'choices'"))
    right = answer.text("'answer'")
    if right not in texts:
        near = did_you_mean(right, texts) or f" ({', '.join(texts)})"
        answer.refuse(f"'answer' is none of the choices{near}")
    if len(set(texts)) < max(len(texts), 2):
        choices.refuse("'choices' must be at least two, each another")
    return replace(question, choices=texts, choice=texts.index(right))


def _clause(quantity: Quantity, entry: Entry, parameters: Sequence[str]) -> Clause:
    if not entry.is_mapping:
        return Clause(quantity, equal=_value(quantity, entry, parameters))
    fields = entry.fields(f"the bounds of '{quantity.text}'", _BOUNDS)
    for name in ("above", "below", "near"):
        bound = fields.get(name)
        if bound is not None and quantity.type != "number":
            bound.refuse(f"'{quantity.text}' is no number, so it can't be {name} one")
    if ("near" in fields) is not ("within" in fields):
        entry.refuse("'near' and 'within' go together: how near is near?")
    equal, within, changed = (fields.get(name) for name in ("is", "within", "changed"))
    return Clause(
        quantity,
        equal=None if equal is None else _value(quantity, equal, parameters),
        within=0.0 if within is None else _tolerance(within),
        changed=None if changed is None else changed.truth("'changed'"),
        **_numbers(fields),
    )


def _numbers(fields: Fields) -> Mapping[str, float]:
    found = {name: fields.get(name) for name in ("above", "below", "near")}
    return {name: entry.number(f"'{name}'") for name, entry in found.items() if entry is not None}


def _value(quantity: Quantity, entry: Entry, parameters: Sequence[str]) -> float | str | bool:
    if quantity.type == "truth":
        return entry.truth(f"'{quantity.text}'")
    if quantity.type == "number":
        return entry.number(f"'{quantity.text}'")
    text, known = entry.text(f"'{quantity.text}'"), quantity.words(parameters)
    if text not in known:
        near = did_you_mean(text, known)
        entry.refuse(f"'{quantity.text}' is never '{text}'{near} (known: {', '.join(known)})")
    return text


def _tolerance(entry: Entry) -> float:
    value = entry.number("'within'")
    if not value >= 0.0:
        entry.refuse("'within' must be at least 0")
    return value
