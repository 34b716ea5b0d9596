"""What the commands say of themselves."""

__all__ = ["COMPLETION", "RENDER_EXAMPLES", "SOURCE", "WINDOW_EXAMPLES"]

SOURCE = (
    "a landscape of 'gdviz list landscapes', a formula in quotes, a saved experiment (.gdviz), "
    "a table (.csv), or a measured surface (.h5 .npz .npy .csv .json)"
)

WINDOW_EXAMPLES = """\
commands:
  gdviz [SOURCE]             open the window on a landscape, a formula or a file; a lesson
                             (.yaml) opens in its Learn panel
  gdviz render SOURCE -o OUT draw a figure or a film, write numbers, without a display
  gdviz list [KIND]          tell what there is
  gdviz completion SHELL     print what lets a shell complete these words

examples:
  gdviz valley
  gdviz "e^(2y) sin(x)"
  gdviz table.csv
  gdviz mine.gdviz
  gdviz render valley --start -3,4 --learning-rate 0.1 --steps 50 -o valley.png
  gdviz list optimizers

Each command has its own --help.
"""

RENDER_EXAMPLES = """\
The ending of OUT chooses the format (see 'gdviz list formats'); an option that says nothing
about such a file is refused. Of a saved experiment, all is as it was saved but for what the
options say; starts and optimizers, or runs, take the place of its runs.

examples:
  gdviz render valley -o valley.png
  gdviz render valley --start -3,4 --learning-rate 0.1 --steps 50 -o valley.csv
  gdviz render "e^(2y) sin(x)" --start 0,1 -o wave.png
  gdviz render "a x^2 + b y^2" --set a=1 --set b=20 -o bowl.svg
  gdviz render valley --start grid:4x3 --optimizer gd --optimizer momentum:momentum=0.8 -o race.png
  gdviz render rosenbrock --optimizer gd --optimizer adam --optimizer bfgs -o race.csv
  gdviz render himmelblau --start ring:8 --view contour,history --preset slide -o ring.png
  gdviz render himmelblau --view surface --camera -40,50,1.2 --show tangent_plane -o tangent.png
  gdviz render valley --noise 0.5 --start random:20 -o noise.png
  gdviz render valley --run "gd;start=-3,4" --run "adam;start=1,4;name=Second" -o two.png
  gdviz render regression --batch-size 4 --schedule cosine:warmup=10 --seed 1 -o batches.csv
  gdviz render regression --view all --size 1280x720 --theme dark -o all.svg
  gdviz render valley --size 88x66mm --dpi 300 --title "A valley" --colorbar -o paper.pdf
  gdviz render himmelblau --start ring:6 --seconds 5 --easing out --preset slide -o slide.mp4
  gdviz render rosenbrock --optimizer adam --from 10 --to 60 --fps 15 --hold 0 -o loop.gif
  gdviz render rosenbrock --data field --samples 101x101 -o field.npz
  gdviz render himmelblau --view swarm --swarm random:20000 --at 3 -o swarm.png
  gdviz render himmelblau --view basins --against momentum -o basins.png
  gdviz render valley --view sweep --sweep learning_rate=0.01:1 --measure steps -o rates.png
  gdviz render himmelblau --data basins --samples 64x64 -o basins.csv
  gdviz render "x^2 + 12 y^2" --optimizer momentum --start -4,2 --steps 30 -o momentum.py
  gdviz render table.csv --x-column height --y-column weight --view all -o fit.png
  gdviz render surface.h5 --metric test_loss --track run_proj_cos.h5 -o surface.png
  gdviz render valley --start -3,4 --optimizer momentum --show arrows -o mine.gdviz
  gdviz render mine.gdviz --at 12 --theme dark -o mine.png
"""

COMPLETION = """\
for good:
  bash    gdviz completion bash > ~/.local/share/bash-completion/completions/gdviz
  zsh     gdviz completion zsh > ~/.zfunc/_gdviz      (with ~/.zfunc in fpath)
  fish    gdviz completion fish > ~/.config/fish/completions/gdviz.fish
for now, in bash:
  eval "$(gdviz completion bash)"
"""
