"""Sorting: the items of an update -> the same items with front, certainty, places and the reason. Pure."""
