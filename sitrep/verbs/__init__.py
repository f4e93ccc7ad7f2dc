"""Verbs: what the command line calls."""
