"""Decoding: the bytes of a dropped file -> its text, in whatever page of letters it was written."""
