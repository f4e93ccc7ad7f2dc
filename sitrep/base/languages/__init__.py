"""A language code -> what CLDR (Babel) knows of it: names of months, dates and times as text, direction."""
