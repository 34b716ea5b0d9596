"""What is fast and what is not: figures measured against the bare libraries in the same run."""
