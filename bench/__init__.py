"""Measurements: what a publish costs at different sizes of the archive, beside a peer in the same run."""
