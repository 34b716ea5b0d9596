"""Pictures in PNG files are the pictures, pixel by pixel."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.export.png import png_bytes


@pytest.fixture
def image(qapp):
    """Return an image with clear, half clear and opaque pixels, in rows of no multiple of 4."""
    made = QImage(37, 11, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(QColor(0, 0, 0, 0))
    with QPainter(made) as painter:
        painter.fillRect(3, 2, 20, 6, QColor(200, 100, 50))
        painter.fillRect(10, 4, 25, 7, QColor(30, 60, 240, 128))
    return made


def read(data):
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture


def pixels(image, form, channels):
    plain = image.convertToFormat(form)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return rows[:, : plain.width() * channels].reshape(plain.height(), -1, channels).copy()


def test_a_clear_picture_keeps_its_alpha_channel(image):
    picture = read(png_bytes(image))
    assert picture.mode == "RGBA"
    expected = pixels(image, QImage.Format.Format_RGBA8888, 4)
    assert np.array_equal(np.asarray(picture), expected)
    assert {0, 128, 255} <= set(expected[..., 3].ravel().tolist())


def test_an_opaque_picture_has_none(image):
    image.fill(QColor(250, 250, 250))
    image.setPixelColor(36, 10, QColor(1, 2, 3))
    picture = read(png_bytes(image, opaque=True))
    assert picture.mode == "RGB"
    assert np.array_equal(np.asarray(picture), pixels(image, QImage.Format.Format_RGB888, 3))
    assert picture.getpixel((36, 10)) == (1, 2, 3)


def test_qt_reads_it_too_with_its_density_and_its_texts(image):
    image.setDotsPerMeterX(11811)
    image.setDotsPerMeterY(5000)
    image.setText("Description", "−∇f, step 7")
    again = QImage.fromData(png_bytes(image), "png")
    assert (again.dotsPerMeterX(), again.dotsPerMeterY()) == (11811, 5000)
    assert again.text("Description") == "−∇f, step 7"
    form = QImage.Format.Format_RGBA8888
    assert again.convertToFormat(form) == image.convertToFormat(form)
