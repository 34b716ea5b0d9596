"""The loss along the directions of curvature, drawn small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.engine.sensitivity import Profile, Sensitivity
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number
from gdviz.ui.text_scale import letters, scaled
from gdviz.ui.tips import explain
from gdviz.views.fonts import SMALL
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import polygon
from gdviz.views.theme import LIGHT, Theme

__all__ = ["ProfileChart"]

_TIP = (
    "The loss on both sides of the point along each direction of curvature, twice as far as the "
    "ball reaches; dashed, what the quadratic model says. All have the same scales, so that what "
    "looks flat is flat. The point that is kept is drawn thin."
)
_HIGH = 92
_MARGIN, _GAP = 4.0, 8.0
_CURVE, _MODEL, _KEPT = 2.0, 1.4, 1.2
_HEADROOM = 0.06
_MOST_ABOVE = 3.0  # how far above the ball's highest loss is shown, in rises


class ProfileChart(QWidget):
    """A strip for each direction, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Sensitivity | None = None
        self._kept: Sensitivity | None = None
        self._theme: Theme = LIGHT
        self.setAccessibleName("Loss along the directions of curvature")
        explain(self, _TIP, "sensitivity")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        strips = max(len(self._profiles), 1)
        return QSize(scaled(self, 200), scaled(self, _HIGH) * strips)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def show_found(self, found: Sensitivity | None, kept: Sensitivity | None) -> None:
        """Draw what was found around a point, and around one that is kept."""
        strips = len(self._profiles)
        self._found, self._kept = found, kept
        if len(self._profiles) != strips:
            self.updateGeometry()
        self.update()

    @property
    def _profiles(self) -> tuple[Profile, ...]:
        return () if self._found is None else self._found.profiles

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        profiles = self._profiles
        if not profiles or self._found is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kept = () if self._kept is None else self._kept.profiles
        reach = max(float(one.distances[-1]) for one in (*profiles, *kept))
        span = _losses((*profiles, *kept))
        high = (self.height() - _GAP * (len(profiles) - 1)) / len(profiles)
        for number, profile in enumerate(profiles):
            strip = QRectF(0.0, number * (high + _GAP), self.width(), high)
            beside = kept[number] if number < len(kept) else None
            name = "λ" if len(profiles) == 1 else f"λ{'₁₂'[number]}"
            text = f"{name} = {format_number(profile.curvature)}"
            self._draw_strip(painter, strip, (profile, beside), (reach, *span), text)

    def _draw_strip(
        self,
        painter: QPainter,
        strip: QRectF,
        drawn: tuple[Profile, Profile | None],
        scales: tuple[float, float, float],
        text: str,
    ) -> None:
        theme, (profile, kept), (reach, low, high) = self._theme, drawn, scales
        painter.setPen(round_pen(theme.border, 1.0))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(strip.adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0)
        painter.save()
        painter.setClipRect(strip.adjusted(1.0, 1.0, -1.0, -1.0))
        inner = strip.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

        def pixels(distances: FloatArray, losses: FloatArray) -> FloatArray:
            x = inner.center().x() + 0.5 * inner.width() * distances / reach
            y = inner.bottom() - inner.height() * (losses - low) / (high - low)
            return np.stack([x, np.clip(y, -1e5, 1e5)], axis=1)

        edge = round_pen(theme.muted, 1.0)
        edge.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(edge)
        for side in (-1.0, 1.0):
            x = inner.center().x() + 0.5 * inner.width() * side * profile.radius / reach
            painter.drawLine(QLineF(x, strip.top(), x, strip.bottom()))
        if kept is not None:
            painter.setPen(round_pen(theme.muted, _KEPT))
            _draw_curve(painter, pixels(kept.distances, kept.loss))
        model = round_pen(theme.curvature, _MODEL)
        model.setCapStyle(Qt.PenCapStyle.FlatCap)
        model.setDashPattern([4.0, 3.0])
        painter.setPen(model)
        _draw_curve(painter, pixels(profile.distances, profile.model))
        painter.setPen(round_pen(theme.curve, _CURVE))
        _draw_curve(painter, pixels(profile.distances, profile.loss))
        middle = len(profile.distances) // 2
        ((x, y),) = pixels(profile.distances[[middle]], profile.loss[[middle]]).tolist()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(QPointF(x, y), 3.0, 3.0)
        painter.restore()
        color = theme.warning if profile.curvature < 0.0 else theme.curvature
        self._draw_name(painter, strip, text, color, above=y > strip.center().y())

    def _draw_name(
        self, painter: QPainter, strip: QRectF, text: str, color: str, *, above: bool
    ) -> None:
        """Write the eigenvalue between the curve's walls, above the point or beneath it."""
        font = letters(self, SMALL, bold=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(text) + 8.0
        high = metrics.height() + 2.0
        top = strip.top() + 3.0 if above else strip.bottom() - high - 3.0
        plate = QRectF(strip.center().x() - 0.5 * width, top, width, high)
        ground = QColor(self._theme.field)
        ground.setAlphaF(0.85)
        painter.fillRect(plate, ground)
        painter.setPen(QColor(color))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def _losses(profiles: Sequence[Profile]) -> tuple[float, float]:
    """Return the losses that all strips show: what the ball holds, and some of the walls."""
    inside = [one.loss[np.abs(one.distances) <= one.radius] for one in profiles]
    near, far = np.concatenate(inside), np.concatenate([one.loss for one in profiles])
    near, far = near[np.isfinite(near)], far[np.isfinite(far)]
    if not near.size:
        return 0.0, 1.0
    rise = max(float(near.max() - near.min()), 1e-12 * max(abs(float(near.max())), 1e-300))
    low = max(float(far.min()), float(near.min()) - rise)
    high = min(float(far.max()), float(near.min()) + _MOST_ABOVE * rise)
    span = max(high - low, rise)
    return low - _HEADROOM * span, low + (1.0 + _HEADROOM) * span


def _draw_curve(painter: QPainter, pixels: FloatArray) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in np.split(pixels, np.flatnonzero(~np.isfinite(pixels[:, 1]))):
        whole = part[np.isfinite(part).all(axis=1)]
        if len(whole) > 1:
            painter.drawPolyline(polygon(whole))
