"""Rolling situation updates: a dropped text file becomes a static site and feeds.

``publish/spine.py`` is the page to read first; docs/README.md shows the rooms in the order in which an
update passes through them.
"""

__version__ = "0.1.0"
