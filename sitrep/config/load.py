"""The text of config.yaml becomes a Config: checked, defaults filled in, word lists merged.

The one door to pydantic, imported only when a configuration is read: a start that finds a checked copy in the
archive does without it.
"""

from __future__ import annotations

import ast
import codecs
import functools
import inspect
import itertools
import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

from sitrep.base.countries import country_named
from sitrep.base.errors import ConfigError
from sitrep.base.nouns import Problem
from sitrep.base.values import converted, replace
from sitrep.config import delivery, values, word_lists
from sitrep.config.all_fronts import all_fronts
from sitrep.config.checks import check, remark
from sitrep.config.faults import SECTIONS, Faults, explain
from sitrep.config.fronts import completed
from sitrep.config.namesakes import told_apart
from sitrep.config.parts import ConfigPart
from sitrep.config.values import Config, Front, Place, Site
from sitrep.config.word_lists import Lexicon
from sitrep.config.yaml import Document, YamlError, load

_T = TypeVar("_T", bound=ConfigPart)

_VALUES = (values, word_lists, delivery)
"""The modules whose classes make up a configuration."""

# Lists that people write on one line, with commas; a comma in a phrase or heading is part of it.
_ENUMERATIONS = frozenset(
    ("places", "aliases", "actors", "words", "hubs", "at", "map", "fronts", "formerly", "ended")
)


def config_text(content: bytes, path: str) -> str:
    """The text of a config file: UTF-8, or UTF-16 with its mark, as some editors save. Raises ConfigError."""
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ConfigError(
            Problem(
                path=path,
                line=content.count(b"\n", 0, fault.start) + 1,
                fact="this is not UTF-8",
                remedy="open the file in an editor and save it as UTF-8",
            )
        ) from fault


def load_config(text: str, path: str = "config.yaml", *, base_url: str | None = None) -> Config:
    """Read a configuration. ``path`` names the file in messages; ``base_url`` stands in for the site's own.

    Missing parts get their defaults: a final slash, a front for rumors and one for what no other has, the
    fronts' short names and codes, and the shipped word lists of English and of every language named.
    Raises ConfigError with every fault found, in order of lines.
    """
    text = unicodedata.normalize("NFC", text)
    document = _document(text, path)
    faults = Faults(path, document)
    if not isinstance(document.value, dict):
        fact = "nothing is configured here" if document.value is None else "this is not a list of keys"
        remedy = "begin with site: and below it, indented, title: and the name of the site"
        raise ConfigError(Problem(path=path, line=document.line(), fact=fact, remedy=remedy))
    raw = _normal(document.value, Config)
    check(raw, faults)
    config = _typed(Config, _in_order(raw), faults)
    if config is None or faults.found:
        raise ConfigError(*sorted(faults.found, key=lambda problem: problem.line or 0))
    if base_url:
        config = replace(config, site=replace(config.site, base_url=base_url))
    return _completed(config, {code: set(given) for code, given in raw.get("languages", {}).items()})


def remarks(text: str, path: str = "config.yaml") -> tuple[Problem, ...]:
    """What is worth knowing of a configuration that ``load_config`` takes, in order of lines."""
    document = _document(unicodedata.normalize("NFC", text), path)
    faults = Faults(path, document)
    if isinstance(document.value, dict):
        remark(_normal(document.value, Config), faults)
    return tuple(sorted(faults.found, key=lambda problem: problem.line or 0))


@functools.cache
def shipped_lexicon(lang: str) -> Lexicon | None:
    """The package's word lists for a language (``ar`` serves ``ar-SY``); None if it ships none.

    They are read without pydantic, whose start takes longer than all else: a test has checked them.
    """
    for code in dict.fromkeys((lang, lang.partition("-")[0])):
        source = files("sitrep") / "lexicon" / "words" / f"{code}.yaml"
        if re.fullmatch("[a-zA-Z0-9-]+", code) and source.is_file():
            raw: Any = load(source.read_text(encoding="utf-8"), source.name).value
            return converted(_normal(raw, Lexicon), Lexicon)
    return None


def config_schema() -> dict[str, Any]:
    """The JSON Schema of config.yaml, for editors; descriptions are those of ``sitrep.config``."""
    schema: dict[str, Any] = _adapter(Config).json_schema()
    described = _descriptions()
    for name, part in ((schema["title"], schema), *schema["$defs"].items()):
        for key, rule in part.get("properties", {}).items():
            rule.pop("title", None)
            if words := described.get((name, key)):
                rule["description"] = words
            if rule.get("items") == {"type": "string"}:
                rule["type"] = ["array", "string"]
    front = schema["$defs"]["Front"]
    front["required"] = ["name"]
    for bare in (front["properties"]["places"], schema["properties"]["fronts"]):
        bare["items"] = {"anyOf": [{"type": "string"}, bare["items"]]}
        bare["type"] = ["array", "string"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@functools.lru_cache(maxsize=1)
def _document(text: str, path: str) -> Document:
    """The YAML as it stands, never changed: ``load_config`` and ``remarks`` ask for the same one in turn."""
    try:
        return load(text, path)
    except YamlError as error:
        raise ConfigError(*error.problems) from None


@functools.cache
def _adapter(kind: Any) -> Any:
    import pydantic

    return pydantic.TypeAdapter(kind)


def _typed(kind: type[_T], raw: Any, faults: Faults) -> _T | None:
    """The value of that type; None where there are faults, which are added."""
    import pydantic

    key: Any = kind  # mypy does not see that a class is hashable
    try:
        value: _T = _adapter(key).validate_python(raw)
    except pydantic.ValidationError as error:
        for finding in error.errors(include_url=False):
            explain(finding, raw, faults, kind)
        return None
    return value


def _normal(raw: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The values in the shape the types want: shorthands written out, keys without a value left out.

    Lists keep their length and order, so that a keypath means the same line before and after.
    """
    lists = {name for name, said in kind.__annotations__.items() if said == "tuple[str, ...]"}
    normal: dict[str, Any] = {}
    for key, value in raw.items():
        if value is None:
            continue
        value = value.strip() if isinstance(value, str) else value
        if (
            isinstance(value, str)
            and key in _ENUMERATIONS
            and (key in lists or kind in (Front, Place) or key == "fronts")
        ):
            value = [part.strip() for part in value.split(",")]
        elif isinstance(value, str) and key in lists:
            value = [value]
        elif isinstance(value, list) and key in lists:
            value = [_normal_text(entry) for entry in value]
        normal[key] = _normal_part(key, value, kind)
    return normal


def _in_order(value: Any) -> Any:
    """The value with sorted keys all the way down, as the copy has them that is kept: pages tell it."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value, key=str)}
    return [_in_order(entry) for entry in value] if isinstance(value, list) else value


def _normal_part(key: str, value: Any, kind: type[Any]) -> Any:
    if kind is Config and key in SECTIONS and isinstance(value, dict):
        return _normal(value, SECTIONS[key])
    if kind is Config and key == "languages" and isinstance(value, dict):
        return {
            code: _normal(v or {}, Lexicon) if isinstance(v, dict | None) else v for code, v in value.items()
        }
    if kind is Config and key == "fronts" and isinstance(value, list):
        return completed([_normal(entry, Front) if isinstance(entry, dict) else entry for entry in value])
    if kind is Front and key == "places" and isinstance(value, list):
        return [_normal_place(entry) for entry in value]
    return value


def _normal_text(entry: Any) -> Any:
    """A phrase with a colon in it (``- share this:``) is YAML for a key; in a list of texts it is a text."""
    if isinstance(entry, dict) and len(entry) == 1:
        ((before, after),) = entry.items()
        if after is None or isinstance(after, str):
            return f"{before}: {after or ''}".strip()
    return entry.strip() if isinstance(entry, str) else entry


def _normal_place(entry: Any) -> Any:
    if isinstance(entry, str) and entry.strip():
        return {"name": entry.strip()}
    return _normal(entry, Place) if isinstance(entry, dict) else entry


def _completed(config: Config, given: Mapping[str, set[str]]) -> Config:
    site = config.site
    if not site.base_url.endswith("/"):
        site = replace(site, base_url=site.base_url + "/")
    return replace(
        config,
        site=site,
        map=tuple(c.code for name in config.map if (c := country_named(name, site.language))),
        fronts=told_apart(all_fronts(config.fronts, site.language)),
        languages=_languages(site, config.languages, given),
    )


def _languages(site: Site, own: Mapping[str, Lexicon], given: Mapping[str, set[str]]) -> dict[str, Lexicon]:
    return {
        code: _merged(shipped_lexicon(code) or Lexicon(), own.get(code, Lexicon()), given.get(code, set()))
        for code in sorted({site.language, "en", *own})
    }


def _merged(shipped: Lexicon, own: Lexicon, given: set[str]) -> Lexicon:
    """The shipped lists with the site's own added, or with ``replace`` each list given in its place."""
    lists: dict[str, Any] = {}
    for name in given - {"replace"}:
        before: tuple[str, ...] = () if own.replace else getattr(shipped, name)
        lists[name] = tuple({word.casefold(): word for word in (*before, *getattr(own, name))}.values())
    return replace(shipped, **lists)


def _descriptions() -> dict[tuple[str, str], str]:
    """The docstring under each field of ``sitrep.config``, by class and field."""
    found: dict[tuple[str, str], str] = {}
    for kind in itertools.chain(*(ast.parse(inspect.getsource(value_type)).body for value_type in _VALUES)):
        body = kind.body if isinstance(kind, ast.ClassDef) else []
        for entry, after in itertools.pairwise(body):
            if not (isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name)):
                continue
            match after:
                case ast.Expr(value=ast.Constant(value=str() as words)):
                    found[kind.name, entry.target.id] = " ".join(words.split())  # type: ignore[attr-defined]
    return found
