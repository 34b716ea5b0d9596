"""Writing what is seen and what was computed to files."""
