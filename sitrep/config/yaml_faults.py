"""What a YAML parser says of a fault in syntax becomes fact and remedy for a person who knows no YAML."""

from __future__ import annotations

import re

from sitrep.base.shipped import shipped_rows


def explain_syntax(said: str) -> tuple[str, str]:
    """Fact and remedy for a parser's words, context and problem together."""
    for pattern, fact, remedy in shipped_rows("config/yaml_faults.tsv"):
        if re.search(pattern, said):
            return fact, remedy
    return f"not valid YAML: {said}", "put the text in quotes, or remove the line"
