"""Feeds: what the archive holds -> Atom, RSS and JSON Feed as bytes, the past of each included."""
