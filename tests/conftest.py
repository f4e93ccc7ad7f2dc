"""Two lanes: `fast` looks at few examples of each property, `thorough` at many; `make test` and `make check`.

A test that takes seconds is marked slow; a property is tested in both lanes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Sequence
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from xdist.remote import WorkerInteractor

from sitrep.base.values import decode, encode
from sitrep.cli import calm_collector
from sitrep.config.values import Config
from sitrep.feeds import xml_templates
from sitrep.lexicon import forms, phrases
from sitrep.pages import qr
from sitrep.pages.pages import Pages
from sitrep.publish import lexicon_cache, open_site, render
from sitrep.reading import claim_lines
from sitrep.site.folders import packaged_theme
from sitrep.sorting import front_rules
from tests.publishing import COMPILED

calm_collector()  # as in the program: looking for cycles costs a tenth of it all

# No deadline: a busy machine is no fault. Drawing a whole text takes its time.
settings.register_profile("fast", max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("fast"), max_examples=100)
settings.register_profile("search", settings.get_profile("fast"), max_examples=1_000)
settings.load_profile("fast")


def pytest_configure(config: pytest.Config) -> None:
    """Constants of the program are drawn where properties are tried at length: to collect them takes time.

    Several processes tell each other of what a test did, not that nothing went wrong before and after it."""
    if config.getoption("--hypothesis-profile") != "thorough":
        providers._get_local_constants = lambda: providers._local_constants
    for plugin in config.pluginmanager.get_plugins():
        if isinstance(plugin, WorkerInteractor):
            setattr(plugin, "sendevent", partial(_send, plugin.sendevent))  # noqa: B010 - a method


def _send(send: Callable[..., None], name: str, **told: Any) -> None:
    said = told.get("data", {}) if name == "testreport" else {}
    if (said.get("outcome"), said.get("when") == "call") != ("passed", False):
        send(name, **told)


def pytest_collection_finish() -> None:
    """The tests themselves are not gone through by the garbage collector."""
    gc.freeze()


def _made_once(module: ModuleType, name: str, made_of: Callable[..., Hashable]) -> None:
    """What is made of a configuration alone is made once for all sites of one process configured alike."""
    make, known = getattr(module, name), dict[Hashable, Any]()

    def made(*args: Any, **options: Any) -> Any:
        key = made_of(*args, **options)
        if key not in known:
            known[key] = make(*args, **options)
        return known[key]

    setattr(module, name, made)


open_site._read_apart = open_site._read  # what that process would import is here already
_made_once(front_rules, "_compile", lambda config, lang: (encode(config), lang))
_made_once(phrases, "_compile", lambda config, lang: (encode(config), lang))
_made_once(claim_lines, "_compile", lambda config, lang: (encode(config), lang))
for module, name in (
    (forms, "words_of"), (qr, "svg"), (xml_templates, "templates_of"), (lexicon_cache, "decode"),
):  # fmt: skip
    setattr(module, name, cache(getattr(module, name)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Sites configured alike share what lays their pages out, but where a property is drawn at length."""
    thorough = item.config.getoption("--hypothesis-profile") == "thorough"
    own = thorough and item.get_closest_marker("property") is not None
    render.Pages = Pages if own else _shared_pages


@cache
def _pages_of(config: bytes) -> Pages:
    return Pages(decode(config, Config), (packaged_theme(),), cache=Path(COMPILED))


def _shared_pages(config: Config, folders: Sequence[Path], **kept: Any) -> Pages:
    alike = folders == (packaged_theme(),) and not config.site.edition  # which its bytes do not tell
    return _pages_of(encode(config)) if alike else Pages(config, folders, **kept)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the properties, so that what the fast lane has done need not be done again with more examples."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")


@pytest.fixture(scope="module", autouse=True)
def small_heap() -> None:
    """What files of tests before this one keep is not gone through by the garbage collector again and again.

    A test that says how much time something may take would pay for that. To look for what is no more in use
    takes a thirtieth of the fast lane where every file does it, so that one in many does.
    """
    if not next(_FILES) % 16:
        gc.collect()
        gc.freeze()


_FILES = count(1)
