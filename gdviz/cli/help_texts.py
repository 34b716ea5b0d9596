"""What the commands say of themselves."""

__all__ = ["COMPLETION", "RENDER_EXAMPLES", "SOURCE", "WINDOW_EXAMPLES"]

SOURCE = (
    "a landscape of 'gdviz list landscapes', a formula in quotes, a table (.csv), "
    "or a measured surface (.h5 .npz .npy .csv .json)"
)

WINDOW_EXAMPLES = """\
commands:
  gdviz [SOURCE]             open the window on a landscape, a formula or a file; a lesson
                             (.yaml) opens in its Learn panel
  gdviz render SOURCE -o OUT draw a figure or a film, write numbers, without a display
  gdviz list [KIND]          tell what there is

examples:
  gdviz valley
  gdviz "e^(2y) sin(x)"
  gdviz table.csv
  gdviz render valley --start -3,4 --learning-rate 0.1 --steps 50 -o valley.png
  gdviz list optimizers

Each command has its own --help.
"""

RENDER_EXAMPLES = """\
examples:
  gdviz render valley -o valley.png
  gdviz render valley --start -3,4 --learning-rate 0.1 --steps 50 -o valley.csv
  gdviz render "e^(2y) sin(x)" --start 0,1 -o wave.png
  gdviz render "a x^2 + b y^2" --set a=1 --set b=20 -o bowl.svg
  gdviz render table.csv --x-column height --y-column weight --view all -o fit.png
  gdviz render surface.h5 --metric test_loss --track run_proj_cos.h5 -o surface.png
  gdviz render regression --view all --size 1280x720 --theme dark -o both.svg
  gdviz render valley --start grid:4x3 --optimizer gd --optimizer momentum:momentum=0.8 -o race.png
  gdviz render rosenbrock --optimizer gd --optimizer adam --optimizer bfgs -o race.csv
  gdviz render himmelblau --start ring:8 --view history -o ring.png
  gdviz render regression --batch-size 4 --schedule cosine:warmup=10 --seed 1 -o batches.csv
  gdviz render valley --noise 0.5 --start random:20 -o noise.png
"""

COMPLETION = """\
for good:
  bash    gdviz completion bash > ~/.local/share/bash-completion/completions/gdviz
  zsh     gdviz completion zsh > ~/.zfunc/_gdviz      (with ~/.zfunc in fpath)
  fish    gdviz completion fish > ~/.config/fish/completions/gdviz.fish
for now:
  eval "$(gdviz completion bash)"
"""
