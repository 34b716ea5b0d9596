"""The language in which formulas are typed, and its way to NumPy."""

from gdviz.formulas.compiled import CompiledFormula, compiled, warm_up
from gdviz.formulas.errors import FormulaError
from gdviz.formulas.parsed import ParsedFormula, parse

__all__ = ["CompiledFormula", "FormulaError", "ParsedFormula", "compiled", "parse", "warm_up"]
