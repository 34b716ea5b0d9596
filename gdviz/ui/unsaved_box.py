"""What becomes of unsaved changes."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from gdviz.ui.ask_box import Answer, AskBox

__all__ = ["failed_box", "replaced_box", "unsaved_box"]

_ROLE = QDialogButtonBox.ButtonRole
_ANSWERS = {
    "save": Answer("&Save", "Write the changes to a file, then go on."),
    "discard": Answer(
        "&Discard", "Go on without saving: the changes are lost.", _ROLE.DestructiveRole
    ),
    "cancel": Answer("Cancel", "Stay here, with the changes as they are.", _ROLE.RejectRole),
}
_FAILED_ANSWERS = {
    "save_as": Answer("Save &as…", "Save it to another file or another folder."),
    "close": Answer("Close", "Go on without saving for now.", _ROLE.RejectRole),
}
_REPLACED_ANSWERS = {
    "save_as": Answer("Save &as…", "Save to another file, and leave this one as it is now."),
    "replace": Answer(
        "&Replace", "Write over what is in the file now: that is lost.", _ROLE.DestructiveRole
    ),
    "cancel": Answer("Cancel", "Save nothing for now, and leave the file alone.", _ROLE.RejectRole),
}


def unsaved_box(parent: QWidget | None, name: str, *, has_file: bool) -> AskBox:
    """Return the question whether changes are to be saved, before they are lost.

    Parameters
    ----------
    parent : QWidget or None
    name : str
        Of the document.
    has_file : bool
        Whether there is a file of it.
    """
    question = f"Save the changes of “{name}”?" if has_file else f"Save “{name}” to a file?"
    detail = (
        "The file is as you saved it last. What you have changed since is lost if you don’t save."
        if has_file
        else "It was never saved. What you have done with it is lost if you don’t save."
    )
    return AskBox(parent, "Unsaved changes", question, detail, _ANSWERS, topic="saving")


def failed_box(parent: QWidget | None, name: str, reason: str) -> AskBox:
    """Return what is said when a document could not be saved, and why."""
    question, detail = f"“{name}” was not saved.", f"{reason[:1].upper()}{reason[1:]}."
    return AskBox(parent, "Not saved", question, detail, _FAILED_ANSWERS, topic="saving")


def replaced_box(parent: QWidget | None, name: str) -> AskBox:
    """Return the question whether to write over what someone else has put in a file."""
    question = f"“{name}” has changed on disk."
    detail = (
        "Someone else has written it since you opened it. Replacing it loses what is there now."
    )
    return AskBox(parent, "File has changed", question, detail, _REPLACED_ANSWERS, topic="saving")
