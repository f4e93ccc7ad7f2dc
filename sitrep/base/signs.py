"""What stands in and between the words of all scripts, for classes of patterns."""

from __future__ import annotations

STOPS = ".!?…؟۔。！？।॥။።։"
"""End a sentence."""
ASKING = "?؟？"
COMMAS = ",،，、၊፣"
SEMICOLONS = ";؛；፤"
PAUSES = COMMAS + SEMICOLONS
"""Part a sentence."""
COLONS = ":：﹕︓꞉∶ː"
IN_WORDS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0963\u0966-\u096f\u0971-\u0df3\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd"
    "\u102b-\u103e\u1056-\u1059\u17b6-\u17d3\u3099\u309a"
)
"""Vowels and accents that are no letters of their own and yet part of a word."""
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts in which words are not parted."""
LETTER = rf"(?:[^\W\d_]|[{IN_WORDS}])"
LETTERS = rf"{LETTER}+"
WORD = rf"(?:[^\W_]|[{IN_WORDS}])+"
"""Patterns of letters, and of letters and figures, with these."""
