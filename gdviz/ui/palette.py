"""Qt's colors and style from a theme."""

from __future__ import annotations

import math
import re

from PySide6.QtGui import QColor, QPalette

from gdviz.views.theme import Theme

__all__ = ["ICON", "palette", "style_sheet"]

ICON, _CHECK, _HANDLE = 20, 14, 16
_PIXELS = re.compile(r"\b(\d+)px")
_RULE = re.compile(r"([a-zA-Z-]+):([^:;{}]*(?=[;}]))")
_GAPS = ("padding", "margin", "spacing")


def palette(theme: Theme) -> QPalette:
    """Return the palette for Qt's Fusion style."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.warning,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.text,
    }
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        faded = QColor(theme.muted)
        faded.setAlphaF(0.55)
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


def style_sheet(theme: Theme, scale: float = 1.0) -> str:
    """Return what the palette can't say, on a grid of four pixels.

    Parameters
    ----------
    theme : Theme
    scale : float
        How large everything is; 1 is the usual size. Hairlines stay hairlines below 2.
    """
    if scale == 1.0:
        return _usual(theme)
    return _RULE.sub(lambda found: _scaled(found, scale), _usual(theme) + _parts(theme))


def _scaled(rule: re.Match[str], scale: float) -> str:
    """Return a declaration with its lengths scaled; gaps grow less, as room is scarce then."""
    factor = math.sqrt(scale) if rule[1].startswith(_GAPS) and "-" not in rule[2] else scale
    lengths = _PIXELS.sub(lambda found: _length(int(found[1]), factor), rule[2])
    return f"{rule[1]}:{lengths}"


def _length(pixels: int, factor: float) -> str:
    return f"{max(int(factor), 1) if pixels == 1 else round(factor * pixels)}px"


def _parts(theme: Theme) -> str:
    """Return what Qt's own style would not draw any larger."""
    return f"""
        QCheckBox::indicator, QRadioButton::indicator {{ width: {_CHECK}px; height: {_CHECK}px; }}
        QMenu {{ menu-scrollable: 1; icon-size: 16px; }}
        QMenu::item {{ padding: 4px 20px 4px 32px; }}
        QMenu::icon {{ left: 6px; }}
        QMenu::indicator {{ width: 13px; height: 13px; left: 6px; }}
        QMenu::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
        QMenu::item:disabled {{ color: {theme.muted}; }}
        QMenu::separator {{ height: 1px; background: {theme.border}; margin: 4px 8px; }}
        QSlider {{ min-height: 22px; }}
        QSlider::groove:horizontal {{ height: 4px; border-radius: 2px;
            background: {theme.border}; }}
        QSlider::sub-page:horizontal {{ border-radius: 2px; background: {theme.accent}; }}
        QSlider::handle:horizontal {{ width: {_HANDLE}px; margin: -6px 0; border-radius: 8px;
            background: {theme.field}; border: 1px solid {theme.muted}; }}
        QSlider::handle:horizontal:focus {{ border: 2px solid {theme.accent}; }}
    """


def _usual(theme: Theme) -> str:
    return f"""
        QMainWindow, QDialog {{ background: {theme.window}; }}
        QToolBar {{ background: {theme.window}; border: none; padding: 4px 8px; spacing: 4px; }}
        QToolBar::separator {{ background: {theme.border}; width: 1px; margin: 8px 4px; }}
        QToolButton {{ qproperty-iconSize: {ICON}px {ICON}px; }}
        QToolButton {{ border: none; border-radius: 6px; padding: 6px; }}
        QToolButton:hover {{ background: {theme.pressed}; }}
        QToolButton:checked {{ background: {theme.pressed}; color: {theme.accent}; }}
        QToolButton:focus {{ border: 2px solid {theme.accent}; padding: 4px; }}
        QToolButton[narrow="true"] {{ padding: 6px 2px; }}
        QToolButton[narrow="true"]:focus {{ padding: 4px 0; }}
        QToolButton[popupMode="1"] {{ padding-right: 20px; }}
        QToolButton[popupMode="1"]:focus {{ padding-right: 18px; }}
        QToolButton[popupMode="2"] {{ padding-right: 20px; }}
        QToolButton[popupMode="2"]:focus {{ padding-right: 18px; }}
        QToolButton::menu-indicator {{ subcontrol-position: right center; right: 5px; }}
        QToolButton::menu-button {{ border: none; border-left: 1px solid {theme.border};
            width: 16px; margin: 4px 0; }}
        QToolButton::menu-button:hover {{ background: {theme.pressed}; }}
        QMenuBar, QStatusBar {{ background: {theme.window}; }}
        QStatusBar::item {{ border: none; }}
        QDockWidget {{ font-weight: 600; }}
        QDockWidget::title {{ background: {theme.window}; padding: 8px 12px 4px 12px; }}
        QMainWindow::separator {{ background: {theme.window}; width: 8px; height: 8px; }}
        QSplitter::handle {{ background: {theme.window}; }}
        #card {{ background: {theme.panel}; border-radius: 8px; }}
        #title {{ font-weight: 600; }}
        #overlay {{ background: {theme.panel}; border: 1px solid {theme.border};
            border-radius: 12px; }}
        #muted {{ color: {theme.muted}; }}
        #error {{ color: {theme.warning}; }}
        QListWidget {{ background: transparent; border: none; outline: none; }}
        QListWidget::item {{ padding: 8px; border-radius: 6px; color: {theme.text}; }}
        QListWidget::item:hover {{ background: {theme.field}; }}
        QListWidget::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
        QLineEdit {{ background: {theme.field}; border: 1px solid {theme.border};
            border-radius: 6px; padding: 4px 8px; }}
        QLineEdit#value {{ background: transparent; border: none; padding: 0; }}
        QLineEdit:focus {{ border: 1px solid {theme.accent}; }}
        QLineEdit[invalid="true"] {{ border: 1px solid {theme.warning}; }}
        QLineEdit#name {{ padding: 0 2px; }}
        QTableView {{ background: {theme.panel}; border: none; }}
        QAbstractScrollArea::corner {{ background: transparent; border: none; }}
        QHeaderView, QHeaderView::section {{ background: {theme.panel}; color: {theme.muted};
            border: none; font-size: 11px; }}
        QHeaderView::section {{ padding: 2px 4px; border-bottom: 1px solid {theme.border}; }}
        QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
        QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; border: none; }}
        QScrollBar::handle:vertical {{ background: {theme.border}; border-radius: 4px;
            min-height: 24px; margin: 1px; }}
        QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
        QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; border: none; }}
        QScrollBar::handle:horizontal {{ background: {theme.border}; border-radius: 4px;
            min-width: 24px; margin: 1px; }}
        QScrollBar::handle:horizontal:hover {{ background: {theme.muted}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QTabBar {{ background: {theme.window}; }}
        QTabBar::tab {{ background: transparent; color: {theme.muted}; padding: 6px 12px;
            border: none; border-radius: 6px; margin: 2px 2px 2px 0; }}
        QMainWindow > QTabBar::tab {{ padding: 6px 5px; }}
        QTabBar::tab:hover {{ background: {theme.pressed}; }}
        QTabBar::tab:selected {{ background: {theme.panel}; color: {theme.text}; }}
        QPushButton {{ background: {theme.field}; border: 1px solid {theme.border};
            border-radius: 6px; padding: 6px 12px; }}
        QPushButton:hover {{ border: 1px solid {theme.muted}; }}
        QPushButton:focus {{ border: 1px solid {theme.accent}; }}
        QPushButton:disabled {{ color: {theme.muted}; }}
        QPushButton#accent {{ background: {theme.accent}; color: {theme.on_accent};
            border: 1px solid {theme.accent}; font-weight: 600; }}
        QPushButton#accent:focus {{ border: 1px solid {theme.text}; }}
        QToolButton#line {{ padding: 1px 8px; border: 1px solid transparent; }}
        QToolButton#line:focus {{ border: 1px solid {theme.accent}; padding: 1px 8px; }}
        QToolButton#dot {{ min-width: 18px; min-height: 18px; padding: 1px; font-size: 11px;
            border: 1px solid {theme.border}; border-radius: 11px; color: {theme.muted}; }}
        QToolButton#dot[state="done"] {{ color: {theme.partials[1]};
            border: 1px solid {theme.partials[1]}; }}
        QToolButton#dot[state="current"] {{ background: {theme.accent}; color: {theme.on_accent};
            border: 1px solid {theme.accent}; font-weight: 600; }}
        QToolButton#dot:focus {{ border: 2px solid {theme.text}; padding: 0; }}
        QTextEdit#prose {{ background: transparent; border: none; }}
        #heading {{ font-size: 16px; font-weight: 600; }}
        #seen {{ background: {theme.field}; border-radius: 6px; padding: 8px;
            border-left: 3px solid {theme.partials[1]}; }}
        QToolTip {{ background: {theme.panel}; color: {theme.text};
            border: 1px solid {theme.border}; padding: 4px; }}
    """
