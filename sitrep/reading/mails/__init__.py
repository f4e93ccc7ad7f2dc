"""Mails: their bodies as programs keep them, and what programs leave around the words."""
