"""Pictures of views as arrays, and comparing them."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

BACKGROUND = "#808080"


def rendered(view, size=(480, 360), scale=1.0, background=BACKGROUND):
    """Return a view's picture as an image, the way exported figures are drawn."""
    scene = scene_of(view, size)
    image = blank(size, scale, background)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target = QRectF(0.0, 0.0, image.width(), image.height())
        scene.render(painter, target, scene.sceneRect(), Qt.AspectRatioMode.IgnoreAspectRatio)
    return array(image)


def scene_of(view, size=(480, 360)):
    """Put a view into a scene of its own, once, and return that scene."""
    scene = view.plot.scene()
    if scene is None:
        scene = pg.GraphicsScene()
        scene.setSceneRect(0.0, 0.0, *size)
        scene.addItem(view.plot)
        view.plot.setGeometry(QRectF(0.0, 0.0, *size))
        view.plot.layout.activate()
        view.scene_that_keeps_it = scene
    return scene


def painted(item, size):
    """Return what an item paints in its own pixels, on a screen or off it."""
    image = blank(size, 1.0, BACKGROUND)
    with QPainter(image) as painter:
        item.paint(painter)
    return array(image)


def blank(size, scale=1.0, background=BACKGROUND):
    width, height = (round(side * scale) for side in size)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(background))
    return image


def array(image):
    """Return an image as integers (height, width, 4): red, green, blue, alpha."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), -1)
    return rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4).astype(int)


def image_of(pixels):
    """Return an array as an image again."""
    data = np.ascontiguousarray(pixels, dtype=np.uint8)
    height, width, _ = data.shape
    return QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def color(name):
    """Return ``#rrggbb`` as an array (3,)."""
    made = QColor(name)
    return np.array([made.red(), made.green(), made.blue()])


def distance(pixels, name):
    """Return by how much each pixel differs from a color, at most over its channels."""
    return np.abs(pixels[..., :3] - color(name)).max(axis=-1)


def plot_box(view, pixels):
    """Return the part of a picture that shows a view's plot, without axes."""
    corner = view.box.mapToScene(view.box.boundingRect().topLeft())
    left, top = round(corner.x()), round(corner.y())
    return pixels[top : top + round(view.box.height()), left : left + round(view.box.width())]


def pixel_in_picture(view, x, y):
    """Return the column and the row, as floats, at which a picture shows a point."""
    at = view.box.mapViewToScene(pg.Point(x, y))
    return at.x(), at.y()


def at_pixel(pixels, column, row):
    """Return the color of the pixel that contains a place."""
    return pixels[int(row), int(column), :3]


class Comparison:
    """Compares pictures; leaves them in a folder when they differ.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder):
        self._folder = folder

    def __call__(self, actual, expected, *, by=0, share=0.0, name="picture"):
        """Fail unless at most a `share` of the pixels differs by more than `by`."""
        assert actual.shape == expected.shape, f"{actual.shape} is not {expected.shape}"
        difference = np.abs(actual - expected).max(axis=-1)
        bad = float(np.mean(difference > by))
        if bad <= share:
            return
        shown = np.stack([np.minimum(4 * difference, 255)] * 3, axis=-1)
        opaque = np.full((*difference.shape, 1), 255)
        pictures = {
            "actual": actual,
            "expected": expected,
            "diff": np.concatenate([shown, opaque], axis=-1),
        }
        for kind, pixels in pictures.items():
            image_of(pixels).save(str(self._folder / f"{name}-{kind}.png"))
        raise AssertionError(
            f"{100 * bad:.3f} % of the pixels differ by more than {by} of 255 "
            f"(at most {difference.max()}); allowed are {100 * share:.3f} %. "
            f"See {self._folder}/{name}-*.png"
        )
