"""Words and lines by which people say that a text must wait."""
