"""The part of Markdown in which the help is written, as HTML and as plain text.

Blocks are separated by empty lines: ``## `` headings, lists with ``- ``, tables with ``|``,
code between lines of three backticks, paragraphs; a paragraph that begins with ``Try:`` is set
apart. Within them there are ``**strong**``, ``*emphasized*``, ```code``` and ``[links](topic)``.
"""

from __future__ import annotations

import re
from collections.abc import Container
from html import escape

__all__ = ["blocks_of", "links_in", "plain", "to_html"]

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])")
_KEPT = re.compile("\0(\\d+)\0")
_RULE = re.compile(r"[\s|:-]+")
_FENCE = "```"


def blocks_of(text: str) -> list[str]:
    """Return the blocks of a text; code in fences stays one block."""
    blocks: list[str] = []
    for number, part in enumerate(text.split(_FENCE)):
        if number % 2:
            blocks.append(f"{_FENCE}{part}{_FENCE}")
        else:
            blocks += [block.strip("\n") for block in re.split(r"\n\s*\n", part) if block.strip()]
    return blocks


def links_in(text: str) -> list[str]:
    """Return the topics to which a text links, in their order."""
    return [target for _words, target in _LINK.findall(text)]


def plain(text: str) -> str:
    """Return a text without marks, for searching and for screen readers."""
    bare = _LINK.sub(r"\1", text.replace(_FENCE, ""))
    bare = re.sub(r"^(## |- |\|)|\|", " ", bare, flags=re.MULTILINE)
    bare = re.sub(r"^[\s:-]+$", "", bare, flags=re.MULTILINE)
    for mark in (_CODE, _STRONG, _EMPHASIS):
        bare = mark.sub(r"\1", bare)
    return bare


def to_html(text: str, known: Container[str] | None = None, *, boxed: bool = True) -> str:
    """Return a text as HTML, which a style sheet has still to dress.

    Parameters
    ----------
    text : str
    known : container of str, optional
        The topics that there are; a link to another one becomes plain words.
    boxed : bool
        Whether what to try is set apart in a box.
    """
    return "\n".join(_block(block, known, boxed=boxed) for block in blocks_of(text))


def _block(block: str, known: Container[str] | None, *, boxed: bool) -> str:
    if block.startswith(_FENCE):
        code = escape(block.strip("`").strip("\n"))
        return _boxed("code", f"<pre>{code}</pre>")
    if block.startswith("## "):
        return f"<h2>{_inline(block[3:], known)}</h2>"
    if block.startswith("- "):
        entries = re.split(r"\n- ", block[2:])
        return f"<ul>{''.join(f'<li>{_inline(entry, known)}</li>' for entry in entries)}</ul>"
    if block.startswith("|"):
        return _table(block, known)
    told = _inline(block, known)
    if block.startswith("Try:"):
        told = told.replace("Try:", "<b>Try:</b>", 1)
        if boxed:
            return _boxed("try", told)
    return f"<p>{told}</p>"


def _boxed(name: str, inner: str) -> str:
    return f'<table class="{name}" width="100%" cellpadding="8"><tr><td>{inner}</td></tr></table>'


def _table(block: str, known: Container[str] | None) -> str:
    rows = []
    for line in block.splitlines():
        if not _RULE.fullmatch(line):
            cells = [_inline(cell.strip(), known) for cell in line.strip("| ").split("|")]
            rows.append(cells)
    head, *body = rows
    lines = ["".join(f'<th align="left">{cell}</th>' for cell in head)]
    lines += ["".join(f"<td>{cell}</td>" for cell in row) for row in body]
    inner = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table class="grid" cellpadding="4">{inner}</table>'


def _inline(text: str, known: Container[str] | None) -> str:
    """Return words with their marks as HTML; what is code is left as it is."""
    codes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        codes.append(f"<code>{found[1]}</code>")
        return f"\0{len(codes) - 1}\0"

    def link(found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        there = known is None or target in known
        return f'<a href="{target}">{words}</a>' if there else words

    told = _CODE.sub(keep, escape(" ".join(text.split()), quote=False))
    told = _LINK.sub(link, told)
    told = _EMPHASIS.sub(r"<i>\1</i>", _STRONG.sub(r"<b>\1</b>", told))
    return _KEPT.sub(lambda found: codes[int(found[1])], told)
