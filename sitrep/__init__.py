"""Rolling situation updates: a dropped text file becomes a static site and feeds.

The rooms, in the order an update passes through them: ``reading`` (text to update),
``keeping`` (identity and history), ``rendering`` (pages and feeds as bytes), ``running``
(the edges: folder, disk, clock, network). A module imports only from rooms before its own.
"""

__version__ = "0.1.0"
