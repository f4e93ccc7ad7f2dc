"""The pictures that stand beside a link where it is shared, drawn from words."""
