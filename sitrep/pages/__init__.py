"""Pages: what the archive holds -> the pages of the site as bytes."""
