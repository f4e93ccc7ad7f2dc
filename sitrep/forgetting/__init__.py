"""Forgetting: what must be forgotten -> gone from everything the program has."""
