"""A thousand learning rates at once: which are slow, which do well, which diverge."""

import sys
from pathlib import Path

import numpy as np

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

valley = gdviz.landscape("valley")
rates = np.geomspace(1e-3, 1.0, 1000)
descent = gdviz.optimizer("gd", learning_rate=rates[:, np.newaxis])  # one for each row
trajectory = gdviz.descend(valley, descent, [(-3.0, 4.0)] * rates.size, steps=60)

ended = np.array([outcome.name.lower() for outcome in trajectory.outcome])
steps = np.array(trajectory.outcome_step)
for name in dict.fromkeys(ended.tolist()):
    those = rates[ended == name]
    print(f"{name:>10}: {those.size:4} rates from {those.min():.3f} to {those.max():.3f}")

# The curvatures are 2 and 4: theory has 2/(2 + 4) as the quickest rate, and no more than 2/4.
taken = np.where(ended == "converged", steps, steps.max() + 1)
quickest = rates[taken == taken.min()]
print(
    f"the quickest rates, from {quickest.min():.3f} to {quickest.max():.3f}, "
    f"take {taken.min()} steps; theory says {2 / 6:.3f}"
)

table = np.column_stack([rates, steps, trajectory.loss[-1]])
header = "learning_rate,steps,loss"
np.savetxt(folder / "rates.csv", table, delimiter=",", header=header, comments="")

gdviz.render(
    valley,
    folder / "rates.png",
    runs=[
        f"gd:learning_rate={rate:.3g};start=-3,4;steps=60;name={words}"
        for rate, words in ((0.01, "Slow"), (quickest[0], "Quick"), (0.48, "Nearly too large"))
    ],
    view=["contour", "history"],
    size=(1200, 500),
)
