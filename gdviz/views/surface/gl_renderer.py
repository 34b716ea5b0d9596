"""Rendering a surface with OpenGL, off the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import (
    QImage,
    QMatrix4x4,
    QOffscreenSurface,
    QOpenGLContext,
    QSurfaceFormat,
    QVector3D,
)
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLVertexArrayObject,
)
from shiboken6 import VoidPtr

from gdviz.landscapes import FloatArray
from gdviz.views.surface.mesh import SurfaceMesh
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.relief import Lighting, Relief

__all__ = ["GlRenderer"]

_VERSION = (3, 3)
_FLOAT, _UNSIGNED, _TRIANGLES = 0x1406, 0x1405, 0x0004
_COLOR_BIT, _DEPTH_BIT, _DEPTH_TEST = 0x4000, 0x0100, 0x0B71
_ATTACHMENTS = [0x8CE0, 0x8CE1]
_ATTRIBUTES = ("position", "normal", "color")

_VERTEX = """#version 330 core
in vec3 position;
in vec3 normal;
in vec3 color;
uniform mat4 matrix;
uniform vec3 eye, light, half_way;
uniform float perspective, ambient, diffuse, gloss, shine;
out vec3 lit;
void main() {
    gl_Position = matrix * vec4(position, 1.0);
    float facing = dot(normal, eye - perspective * position) < 0.0 ? -1.0 : 1.0;
    float lambert = max(facing * dot(normal, light), 0.0);
    float highlight = pow(max(facing * dot(normal, half_way), 0.0), shine);
    lit = color * (ambient + diffuse * lambert) + gloss * highlight;
}
"""
_FRAGMENT = """#version 330 core
in vec3 lit;
layout(location = 0) out vec4 picture;
layout(location = 1) out vec4 depth;
void main() {
    picture = vec4(min(lit, 1.0), 1.0);
    float whole = floor(gl_FragCoord.z * 16777215.0);
    float high = floor(whole / 65536.0);
    float middle = floor((whole - 65536.0 * high) / 256.0);
    depth = vec4(vec3(high, middle, whole - 65536.0 * high - 256.0 * middle) / 255.0, 1.0);
}
"""


class GlRenderer:
    """Renders surfaces with OpenGL 3.3 into pictures in memory.

    A mesh stays with OpenGL until another one comes; a picture takes a moment then.

    Raises
    ------
    RuntimeError
        If there is no OpenGL here that can do it.
    """

    def __init__(self) -> None:
        wanted = QSurfaceFormat()
        wanted.setVersion(*_VERSION)
        wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
        self._context = QOpenGLContext()
        self._context.setFormat(wanted)
        if not self._context.create():
            raise RuntimeError("there is no OpenGL")
        had = self._context.format().version()
        if self._context.isOpenGLES() or (had[0], had[1]) < _VERSION:
            raise RuntimeError("this OpenGL is older than 3.3")
        self._surface = QOffscreenSurface()
        self._surface.setFormat(self._context.format())
        self._surface.create()
        self._begin()
        try:
            self._program = self._linked()
            self._arrays = QOpenGLVertexArrayObject()
            self._arrays.create()
            self._vertices = QOpenGLBuffer(QOpenGLBuffer.Type.VertexBuffer)
            self._indices = QOpenGLBuffer(QOpenGLBuffer.Type.IndexBuffer)
            for buffer in (self._vertices, self._indices):
                buffer.create()
        finally:
            self._context.doneCurrent()
        self._held: tuple[SurfaceMesh, FloatArray] | None = None
        self._frame: QOpenGLFramebufferObject | None = None

    def render(
        self,
        mesh: SurfaceMesh,
        colors: FloatArray,
        projection: Projection,
        factor: float,
        lighting: Lighting | None = None,
    ) -> Relief:
        """Render a surface; see `gdviz.views.surface.rasterizer.render`.

        Raises
        ------
        RuntimeError
            If OpenGL fails.
        """
        self._begin()
        try:
            self._hold(mesh, colors)
            columns, rows = (
                max(round(side * factor), 1) for side in (projection.width, projection.height)
            )
            frame = self._frame_of(columns, rows)
            frame.bind()
            functions = self._context.functions()
            functions.glViewport(0, 0, columns, rows)
            self._context.extraFunctions().glDrawBuffers(2, _ATTACHMENTS)
            functions.glClearColor(0.0, 0.0, 0.0, 0.0)
            functions.glClear(_COLOR_BIT | _DEPTH_BIT)
            functions.glEnable(_DEPTH_TEST)
            self._program.bind()
            self._set_uniforms(projection, lighting or Lighting())
            self._arrays.bind()
            # The stubs say int, where a pointer is wanted: that of the buffer's beginning.
            beginning: Any = VoidPtr(0)
            functions.glDrawElements(_TRIANGLES, mesh.triangles.size, _UNSIGNED, beginning)
            self._arrays.release()
            picture, depth = (_words(frame.toImage(True, place)) for place in (0, 1))
            frame.release()
        finally:
            self._context.doneCurrent()
        return Relief(picture, depth, factor)

    def _begin(self) -> None:
        if not self._context.makeCurrent(self._surface):
            raise RuntimeError("OpenGL can't be used off the screen")

    def _linked(self) -> QOpenGLShaderProgram:
        program = QOpenGLShaderProgram()
        kinds = QOpenGLShader.ShaderTypeBit
        for kind, source in ((kinds.Vertex, _VERTEX), (kinds.Fragment, _FRAGMENT)):
            if not program.addShaderFromSourceCode(kind, source):
                raise RuntimeError(f"OpenGL refuses a shader: {program.log()}")
        for place, name in enumerate(_ATTRIBUTES):
            program.bindAttributeLocation(name, place)
        if not program.link():
            raise RuntimeError(f"OpenGL refuses the shaders: {program.log()}")
        return program

    def _frame_of(self, columns: int, rows: int) -> QOpenGLFramebufferObject:
        frame = self._frame
        if frame is None or (frame.width(), frame.height()) != (columns, rows):
            frame = QOpenGLFramebufferObject(
                columns, rows, QOpenGLFramebufferObject.Attachment.Depth
            )
            frame.addColorAttachment(columns, rows)
            if not frame.isValid():
                raise RuntimeError(f"OpenGL has no room for {columns} by {rows} pixels")
            self._frame = frame
        return frame

    def _hold(self, mesh: SurfaceMesh, colors: FloatArray) -> None:
        """Hand a mesh over, unless OpenGL has it."""
        if self._held is not None and self._held[0] is mesh and self._held[1] is colors:
            return
        data = np.concatenate([mesh.vertices, mesh.normals, colors], axis=1, dtype=np.float32)
        indices = np.ascontiguousarray(mesh.triangles, dtype=np.uint32)
        self._arrays.bind()
        for buffer, array in ((self._vertices, data), (self._indices, indices)):
            buffer.bind()
            buffer.allocate(array.tobytes(), array.nbytes)
        self._program.bind()
        for place in range(len(_ATTRIBUTES)):
            self._program.enableAttributeArray(place)
            self._program.setAttributeBuffer(place, _FLOAT, 12 * place, 3, 36)
        self._arrays.release()
        self._held = (mesh, colors)

    def _set_uniforms(self, projection: Projection, lighting: Lighting) -> None:
        axes = projection.camera.axes
        light = np.array(lighting.light) @ axes / np.linalg.norm(lighting.light)
        half = light + axes[2]
        vectors = {"eye": axes[2], "light": light, "half_way": half / np.linalg.norm(half)}
        numbers = {
            "perspective": projection.camera.perspective,
            "ambient": lighting.ambient,
            "diffuse": lighting.diffuse,
            "gloss": lighting.gloss,
            "shine": lighting.shine,
        }
        program = self._program
        # From pixels, whose rows count downward, to OpenGL's cube from −1 to 1.
        cube = np.array(
            [
                [2.0 / projection.width, 0.0, 0.0, -1.0],
                [0.0, -2.0 / projection.height, 0.0, 1.0],
                [0.0, 0.0, 2.0, -1.0],
                [0.0, 0.0, 0.0, 1.0],
            ]
        )
        matrix = QMatrix4x4((cube @ projection.matrix).ravel().tolist())
        program.setUniformValue(program.uniformLocation("matrix"), matrix)
        for name, vector in vectors.items():
            program.setUniformValue(program.uniformLocation(name), QVector3D(*vector.tolist()))
        for name, number in numbers.items():
            program.setUniformValue1f(program.uniformLocation(name), float(number))


def _words(image: QImage) -> NDArray[np.uint32]:
    """Return the pixels of an image as 0xAARRGGBB, in memory of their own."""
    if image.isNull():
        raise RuntimeError("OpenGL gives no picture back")
    plain = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint32)
    return rows.reshape(plain.height(), plain.bytesPerLine() // 4)[:, : plain.width()].copy()
