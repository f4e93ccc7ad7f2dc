"""Texts from elsewhere (web pages, pasted articles, exports of other programs) -> drops for feeds/."""
