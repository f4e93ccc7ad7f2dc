"""The schema of config.yaml -> the table of keys in docs/keys.md (``python -m docs.make_keys``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitrep.config.load import config_schema

PAGE = Path(__file__).with_name("keys.md")
BEGIN, END = "<!-- keys: python -m docs.make_keys -->\n", "<!-- end of keys -->\n"


def table() -> str:
    """A row for each key, in the order of the schema: where it stands, its default, what it means."""
    schema = config_schema()
    rows = ["| key | default | |", "| --- | --- | --- |"]
    for name, rule in schema["properties"].items():
        inner = _inner(rule)
        if inner is None or name == "languages":
            rows.append(_row(name, rule))
            continue
        many = "[]" if "items" in rule else ""
        for key, below in schema["$defs"][inner]["properties"].items():
            rows.append(_row(f"{name}{many}.{key}", below))
    rows += [
        _row(f"fronts[].places[].{key}", rule) for key, rule in schema["$defs"]["Place"]["properties"].items()
    ]
    return "\n".join(rows) + "\n"


def _inner(rule: dict[str, Any]) -> str | None:
    """The name of the class whose keys stand below this one."""
    below = rule.get("items", {})
    rules = (rule, below, *below.get("anyOf", ()))
    reference: str = next((one["$ref"] for one in rules if "$ref" in one), "")
    return reference.rpartition("/")[2] or None


def _row(key: str, rule: dict[str, Any]) -> str:
    default = rule.get("default")
    shown = (
        ""
        if default in (None, "", [], {})
        else f"`{str(default).lower() if default in (True, False) else default}`"
    )
    if "enum" in rule:
        shown = f"{shown} of {', '.join(f'`{one}`' for one in rule['enum'])}".strip()
    words = rule.get("description", "").replace("``", "`").replace("|", "\\|")
    return f"| `{key}` | {shown} | {words} |"


def written(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
