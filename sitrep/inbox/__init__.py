"""Inbox: the drop folder -> which files are there, finished and wanted, and which are gone."""
