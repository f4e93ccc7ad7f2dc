"""API: what the archive holds -> JSON and lists for newsrooms and machines."""
