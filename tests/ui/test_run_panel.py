"""With the run panel a user says how the selected run goes."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from gdviz.engine import GradientNoise, MiniBatch
from gdviz.experiment import open_experiment
from gdviz.optimizers import CONSTANT, OPTIMIZERS, SCHEDULES, optimizer
from gdviz.ui.optimizer_box import OptimizerBox
from gdviz.ui.run_panel import RunPanel


class Hand:
    """A panel that shows whatever run it tells of, as the window makes it."""

    def __init__(self, window_of, source="valley", **given):
        panel = RunPanel()
        self.told = []
        self.experiment = open_experiment(source)
        panel.set_experiment(self.experiment)
        panel.run_edited.connect(self._take)
        self.settled = []
        panel.settled.connect(lambda: self.settled.append(len(self.told)))
        self.panel = panel
        self.window = window_of(panel, **given)
        self.type, self.click, self.choose = self.window.type, self.window.click, self.window.choose

    def _take(self, text, run):
        self.told.append(text)
        self.show(replace(self.experiment, runs=(run,), draft=run))

    def show(self, experiment):
        self.experiment = experiment
        self.panel.set_experiment(experiment)

    def show_run(self, **changes):
        run = replace(self.experiment.runs[0], **changes)
        self.show(replace(self.experiment, runs=(run,)))

    @property
    def run(self):
        return self.experiment.current

    def field(self, name):
        return self.panel.fields[name]


@pytest.fixture
def hand(window_of):
    return Hand(window_of)


# --- what is shown ---


def test_the_selected_run_is_shown(hand):
    first = replace(hand.run, steps=10)
    second = replace(hand.run, optimizer=optimizer("momentum"), steps=20, start=(1.0, 2.0))
    hand.show(replace(hand.experiment, runs=(first, second), selection=(1,)))
    assert hand.panel.optimizer.currentText() == "Momentum"
    assert hand.field("steps").value == 20
    assert hand.field("start 0").value == 1.0
    assert hand.told == []


def test_several_selected_runs_are_told_of(hand):
    words = hand.panel._several
    assert not words.isVisible()
    hand.show(replace(hand.experiment, runs=(hand.run,) * 7, selection=(0, 2, 3, 4, 6)))
    assert words.isVisible()
    assert words.text() == "Changes go to 5 selected runs."
    hand.show(replace(hand.experiment, selection=(0,)))
    assert not words.isVisible()


def test_without_runs_the_draft_is_shown(hand):
    hand.show(hand.experiment.cleared())
    assert hand.field("learning_rate").value == hand.experiment.draft.optimizer.learning_rate
    assert not hand.panel._several.isVisible()


def test_until_somebody_comes_near_the_box_holds_the_current_optimizer(qtbot):
    box = OptimizerBox()
    qtbot.addWidget(box)
    box.show_optimizer(OPTIMIZERS["adam"])
    box.show_optimizer(OPTIMIZERS["momentum"])
    assert box.currentData() == "momentum"
    assert box.count() == 2
    told = []
    box.currentIndexChanged.connect(told.append)
    box.complete()
    assert box.currentData() == "momentum"
    assert box.count() == len(OPTIMIZERS) + 2
    assert told == []


def test_optimizers_are_grouped_by_what_they_look_at(hand):
    box = hand.panel.optimizer
    box.setFocus()
    model = box.model()
    headings = [row for row in range(box.count()) if not model.item(row).isEnabled()]
    assert [box.itemText(row) for row in headings] == [
        "First order",
        "With curvature or line search",
    ]
    assert box.count() == len(OPTIMIZERS) + len(headings)
    for key, row in (("gd", headings[0]), ("newton", headings[1])):
        assert box.findData(key) > row


@pytest.mark.parametrize("width", [248, 340])
@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_every_optimizer_fits_the_panel(window_of, kind, width):
    hand = Hand(window_of, width=width)
    hand.show_run(optimizer=OPTIMIZERS[kind]())
    for settings in (hand.panel.hyperparameters, hand.panel.schedule.settings):
        settings.unfold(True)
    QApplication.processEvents()
    page = hand.panel.optimizer.parentWidget()
    assert page.minimumSizeHint().width() <= page.parentWidget().width()
    for field in hand.panel.fields.values():
        if field.isVisible():
            right = field.mapTo(hand.panel, field.rect().topRight()).x()
            assert right <= hand.panel.width() - 12


def test_the_rule_is_typeset_a_while_after_it_is_shown(qtbot, hand):
    sheet = hand.panel.rule.equations.sheet
    assert sheet.accessibleDescription() == hand.run.optimizer.equation
    qtbot.waitUntil(lambda: not sheet.empty)
    assert [line.latex for line in sheet.lines] == [r"x_{k+1} = x_k - \eta g_k"]
    assert sheet.accessibleDescription() == hand.run.optimizer.equation
    assert not hand.panel.rule._plain.isVisible()
    assert hand.panel.rule.equations.height() >= sheet.minimumHeight()


def test_a_hidden_rule_is_not_typeset(qtbot):
    panel = RunPanel()
    qtbot.addWidget(panel)
    panel.set_experiment(open_experiment("valley"))
    assert not panel.rule.equations._due.isActive()
    assert panel.rule.equations.sheet.empty


def test_the_rule_follows_the_hyperparameters(qtbot, hand):
    sheet = hand.panel.rule.equations.sheet
    hand.show_run(optimizer=optimizer("gd", learning_rate=0.1, weight_decay=0.5))
    qtbot.waitUntil(lambda: len(sheet.lines) == 2)
    hand.show_run(optimizer=optimizer("adam"))
    qtbot.waitUntil(lambda: len(sheet.lines) == 5)


def test_the_outcome_stays_in_view(hand):
    hand.panel.set_outcome("Converged at step 47.", "Every 2nd step is kept.")
    hand.show_run(optimizer=optimizer("adam"))
    QApplication.processEvents()
    for label, text in (
        (hand.panel._outcome, "Converged at step 47."),
        (hand.panel._note, "Every 2nd step is kept."),
    ):
        assert label.text() == text
        assert label.isVisible()
        assert hand.panel.rect().contains(label.mapTo(hand.panel, label.rect().bottomRight()))
    hand.panel.set_outcome("Converged at step 47.")
    assert not hand.panel._note.isVisible()


# --- hyperparameters ---


def test_a_hyperparameter_is_told_with_the_whole_run(hand):
    hand.show_run(optimizer=optimizer("momentum", learning_rate=0.05))
    before = hand.run
    hand.type(hand.field("momentum").entry, "0.5")
    assert hand.told == ["Change momentum"]
    wanted = optimizer("momentum", learning_rate=0.05, momentum=0.5)
    assert hand.run == replace(before, optimizer=wanted)
    assert hand.settled[-1] == 1


def test_numbers_that_stand_in_a_name_are_set_apart(hand):
    hand.show_run(optimizer=optimizer("adam"))
    hand.type(hand.field("beta1").entry, "2")
    assert hand.field("beta1").error.text().startswith("beta 1 must be at least 0")
    assert hand.told == []


def test_a_whole_number_takes_no_fractions(hand):
    hand.show_run(optimizer=optimizer("lbfgs"))
    name = next(one.name for one in hand.run.optimizer.hyperparameters() if one.kind == "whole")
    hand.panel.hyperparameters.unfold(True)
    hand.type(hand.field(name).entry, "2.5")
    assert "whole number" in hand.field(name).error.text()
    hand.type(hand.field(name).entry, "4")
    value = getattr(hand.run.optimizer, name)
    assert value == 4
    assert isinstance(value, int)


def test_the_slider_of_a_whole_number_stops_at_whole_numbers(hand):
    hand.show_run(schedule=SCHEDULES["step"]())
    slider = hand.field("schedule period").slider
    for position in (150, 333, 777):
        slider.setValue(position)
        assert hand.run.schedule.period == hand.field("schedule period").value
        assert float(hand.run.schedule.period).is_integer()


def test_a_flag_is_a_check_box(hand):
    hand.show_run(optimizer=optimizer("rmsprop"))
    hand.panel.hyperparameters.unfold(True)
    box = hand.field("centered")
    assert isinstance(box, QCheckBox)
    assert box.toolTip()
    hand.click(box)
    assert hand.told == ["Change centered"]
    assert hand.run.optimizer.centered is True
    assert hand.settled == [0, 1]
    assert box.isChecked()


def test_advanced_ones_are_folded_away_until_asked_for(hand):
    hand.show_run(optimizer=optimizer("adam"))
    field = hand.field("epsilon")
    assert not field.isVisible()
    hand.click(hand.panel.hyperparameters.more)
    assert field.isVisible()
    assert hand.panel.hyperparameters.more.text() == "Less"
    hand.click(hand.panel.hyperparameters.more)
    assert not field.isVisible()


def test_an_unusual_advanced_one_is_unfolded_once(hand):
    hand.show_run(optimizer=optimizer("adam", weight_decay=0.1))
    assert hand.field("weight_decay").isVisible()
    hand.click(hand.panel.hyperparameters.more)
    hand.type(hand.field("learning_rate").entry, "0.02")
    assert not hand.field("weight_decay").isVisible()
    hand.show_run(optimizer=optimizer("adam", weight_decay=0.2))
    assert hand.field("weight_decay").isVisible()


def test_dragging_makes_no_new_fields(hand):
    before = dict(hand.panel.fields)
    slider = hand.field("learning_rate").slider
    for position in (100, 400, 700):
        slider.setValue(position)
    assert len(hand.told) == 3
    assert hand.panel.fields == before


def test_the_field_that_is_edited_keeps_the_focus(hand):
    field = hand.field("learning_rate")
    hand.type(field.entry, "0.05")
    assert field.entry.hasFocus()
    hand.show_run(schedule=SCHEDULES["cosine"](), noise=GradientNoise(1.0))
    assert hand.field("learning_rate") is field
    assert field.entry.hasFocus()


def test_what_is_being_typed_is_not_told_of_another_optimizer(hand):
    hand.show_run(optimizer=optimizer("momentum"))
    entry = hand.field("momentum").entry
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    entry.selectAll()
    QTest.keyClicks(entry, "0.3")
    hand.show_run(optimizer=optimizer("gd"))
    QApplication.processEvents()
    assert hand.told == []


# --- the optimizer ---


def test_another_optimizer_keeps_the_rate_if_both_have_one(hand):
    hand.type(hand.field("learning_rate").entry, "0.03")
    hand.choose(hand.panel.optimizer, "Adam")
    assert hand.run.optimizer == optimizer("adam", learning_rate=0.03)
    assert hand.told[-1] == "Change optimizer"
    assert hand.settled[-1] == len(hand.told)
    hand.choose(hand.panel.optimizer, "Nelder–Mead")
    assert hand.run.optimizer == optimizer("nelder_mead")


def test_home_and_end_go_to_what_can_be_chosen(hand):
    hand.show_run(optimizer=optimizer("adam"))
    hand.choose(hand.panel.optimizer, "Gradient descent")
    assert hand.run.optimizer.key == "gd"
    box = hand.panel.noise.kind
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Space)
    hand.window.qtbot.waitUntil(box.view().isVisible)
    QTest.keyClick(box.view(), Qt.Key.Key_End)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    hand.window.qtbot.waitUntil(lambda: hand.run.noise is not None)
    assert isinstance(hand.run.noise, GradientNoise)


def test_choosing_the_same_optimizer_tells_nothing(hand):
    hand.choose(hand.panel.optimizer, "Gradient descent")
    assert hand.told == []


def test_another_optimizer_leaves_what_it_cannot_use(hand):
    hand.show_run(schedule=SCHEDULES["step"](), noise=GradientNoise(0.5))
    hand.choose(hand.panel.optimizer, "Momentum")
    assert (hand.run.schedule, hand.run.noise) == (SCHEDULES["step"](), GradientNoise(0.5))
    hand.choose(hand.panel.optimizer, "Nelder–Mead")
    assert (hand.run.schedule, hand.run.noise) == (CONSTANT, None)


# --- the schedule ---


def test_a_schedule_brings_its_settings(hand):
    hand.choose(hand.panel.schedule.kind, "Exponential decay")
    assert hand.told == ["Change schedule"]
    assert hand.run.schedule == SCHEDULES["exponential"]()
    hand.type(hand.field("schedule gamma").entry, "0.9")
    assert hand.told[-1] == "Change gamma"
    assert hand.run.schedule == SCHEDULES["exponential"](gamma=0.9)
    hand.choose(hand.panel.schedule.kind, "Constant rate")
    assert hand.run.schedule == CONSTANT
    assert not any(name.startswith("schedule") for name in hand.panel.fields)


def test_another_schedule_keeps_the_warm_up(hand):
    hand.show_run(schedule=SCHEDULES["warmup"](warmup=12))
    hand.choose(hand.panel.schedule.kind, "Cosine decay")
    assert hand.run.schedule == SCHEDULES["cosine"](warmup=12)
    hand.show_run(schedule=SCHEDULES["step"]())
    hand.choose(hand.panel.schedule.kind, "Warm-up")
    assert hand.run.schedule == SCHEDULES["warmup"]()


def test_without_a_learning_rate_a_schedule_is_out_of_reach_and_says_why(hand):
    box = hand.panel.schedule.kind
    assert box.isEnabled()
    hand.show_run(optimizer=optimizer("nelder_mead"))
    assert not box.isEnabled()
    assert box.toolTip() == "Nelder–Mead has no learning rate."


# --- noise ---


def test_noise_begins_at_a_tenth_of_the_slope_at_the_start(hand):
    hand.choose(hand.panel.noise.kind, "Gradient noise")
    slope = hand.experiment.landscape.gradient(np.array([hand.run.start]))[0]
    assert hand.told == ["Change noise"]
    assert hand.run.noise == GradientNoise(float(f"{np.hypot(*slope) / 10:.1g}"), 0)
    hand.type(hand.field("noise scale").entry, "0.25")
    hand.type(hand.field("noise seed").entry, "7")
    assert hand.told[1:] == ["Change noise scale", "Change seed"]
    assert hand.run.noise == GradientNoise(0.25, 7)
    assert isinstance(hand.run.noise.seed, int)
    hand.choose(hand.panel.noise.kind, "Exact gradient")
    assert hand.run.noise is None


def test_a_bad_scale_or_seed_is_refused_beside_its_field(hand):
    hand.show_run(noise=GradientNoise(0.5))
    for name, typed in (("scale", "-1"), ("scale", "inf"), ("seed", "1.5"), ("seed", "-3")):
        field = hand.field(f"noise {name}")
        hand.type(field.entry, typed)
        assert field.error.isVisible(), (name, typed)
        hand.type(field.entry, f"{field.value:g}")
    assert hand.told == []


def test_mini_batches_need_a_table(window_of, hand):
    box = hand.panel.noise.kind
    item = box.model().item(box.findData("batch"))
    assert not item.isEnabled()
    assert "rows" in item.data(Qt.ItemDataRole.ToolTipRole)
    fit = Hand(window_of, "regression")
    box = fit.panel.noise.kind
    assert box.model().item(box.findData("batch")).isEnabled()
    fit.choose(box, "Mini-batches")
    rows = fit.experiment.landscape.rows
    assert fit.run.noise == MiniBatch(rows // 4)
    fit.type(fit.field("noise size").entry, "3")
    assert fit.told[-1] == "Change batch size"
    assert fit.run.noise == MiniBatch(3)
    assert fit.field("noise size").slider.value() < fit.field("noise size").slider.maximum()


def test_an_optimizer_that_looks_further_gets_exact_gradients_and_says_why(hand):
    box = hand.panel.noise.kind
    hand.show_run(optimizer=optimizer("newton"))
    assert not box.isEnabled()
    assert "more than gradients" in box.toolTip()
    hand.show_run(optimizer=optimizer("gd"))
    assert box.isEnabled()


# --- steps and start ---


def test_steps_and_start_are_told(hand):
    hand.type(hand.field("steps").entry, "37")
    hand.type(hand.field("start 1").entry, "-0.5")
    assert hand.told == ["Change steps", "Move start"]
    assert (hand.run.steps, hand.run.start[1]) == (37, -0.5)


def test_another_landscape_brings_fields_for_its_parameters(hand):
    hand.show(open_experiment("parabola"))
    starts = [name for name in hand.panel.fields if name.startswith("start")]
    assert starts == ["start 0"]
    hand.type(hand.field("start 0").entry, "0.5")
    assert hand.run.start == (0.5,)


def test_a_whole_panel_can_be_walked_by_tab(hand):
    hand.panel.optimizer.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(20):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is hand.panel.optimizer:
            break
        seen.append(QApplication.focusWidget())
    for expected in (
        hand.field("learning_rate").entry,
        hand.panel.hyperparameters.more,
        hand.panel.schedule.kind,
        hand.panel.noise.kind,
        hand.field("steps").entry,
        hand.field("start 1").entry,
    ):
        assert expected in seen
    places = [seen.index(hand.field(name).entry) for name in ("learning_rate", "steps", "start 0")]
    assert places == sorted(places)
