"""What a surface is drawn from: camera, mesh, renderers and what lies over the picture."""
