"""The composition root: what starts the window and wires its parts together."""
