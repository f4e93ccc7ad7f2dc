"""Rendering: what the archive holds -> pages and feeds as bytes, and the plan of what a change touches. Pure."""
