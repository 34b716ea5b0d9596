"""The living part: the current experiment, its computation, its playback."""
