"""Base: the nouns and what every room stands on. Values, errors, languages, words for messages, the disk."""
