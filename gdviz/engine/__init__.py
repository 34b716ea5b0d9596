"""Descents and samples, computed with NumPy alone."""

from gdviz.engine.contour_map import ContourMap, contour_map, cropped, mapped
from gdviz.engine.descend import compute, descend
from gdviz.engine.descent import MOST_STEPS, Descent, check_schedule, check_start, check_steps
from gdviz.engine.field import (
    Field,
    affordable,
    sample_field,
    sample_field_in_parts,
    sample_slice,
)
from gdviz.engine.isolines import Isoline, LevelLines, contour_lines
from gdviz.engine.iterate import iterate
from gdviz.engine.levels import contour_levels, level_labels, round_losses
from gdviz.engine.noise import GradientNoise, MiniBatch, Noise, check_noise
from gdviz.engine.outcome import Outcome
from gdviz.engine.recorded import recorded
from gdviz.engine.recorder import Recorder, joined
from gdviz.engine.recording import Recording
from gdviz.engine.replay import Part, StepDetail, step_detail
from gdviz.engine.scale import SCALES, Scale, scale_of
from gdviz.engine.trajectory import Chunk, Trajectory

__all__ = [
    "MOST_STEPS",
    "SCALES",
    "Chunk",
    "ContourMap",
    "Descent",
    "Field",
    "GradientNoise",
    "Isoline",
    "LevelLines",
    "MiniBatch",
    "Noise",
    "Outcome",
    "Part",
    "Recorder",
    "Recording",
    "Scale",
    "StepDetail",
    "Trajectory",
    "affordable",
    "check_noise",
    "check_schedule",
    "check_start",
    "check_steps",
    "compute",
    "contour_levels",
    "contour_lines",
    "contour_map",
    "cropped",
    "descend",
    "iterate",
    "joined",
    "level_labels",
    "mapped",
    "recorded",
    "round_losses",
    "sample_field",
    "sample_field_in_parts",
    "sample_slice",
    "scale_of",
    "step_detail",
]
