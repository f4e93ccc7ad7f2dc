"""Lexicon: the word lists of a language -> phrases that are quick to look for."""
