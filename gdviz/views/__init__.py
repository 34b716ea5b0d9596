"""Pictures of a landscape and its runs, on the screen and off it."""
