"""Running: the edges. The folders, the clock, the network and the terminal are touched only here."""
