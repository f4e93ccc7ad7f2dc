"""Reading: the text of a source -> updates with sections and items, and the fate of every line. Pure."""
