"""Markup: what other languages of marks than Markdown left in a text -> Markdown, or nothing."""
