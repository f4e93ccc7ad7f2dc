"""Rendering: what the archive holds -> pages and feeds as bytes, and the plan of a change. Pure."""
