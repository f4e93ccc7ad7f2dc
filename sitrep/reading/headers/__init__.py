"""The header of a text, and the lines in its place: what they say of it, and whether it must wait."""
