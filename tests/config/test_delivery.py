"""``deploy:`` and ``announce:`` in config.yaml: what is wrong is told with its line and what to write."""

from __future__ import annotations

import pytest

from sitrep.base.errors import ConfigError
from sitrep.config.load import load_config

SITE = "site: {title: Notes}\nfronts: [{id: north, name: Northern front}]\n"


def faults(text: str) -> str:
    with pytest.raises(ConfigError) as fault:
        load_config(SITE + text)
    return str(fault.value)


def test_targets_are_read() -> None:
    """Each way out is one key; a command is a list of words."""
    config = load_config(
        SITE
        + "deploy:\n"
        + "  - {name: web, rsync: 'host:/srv/www/'}\n"
        + "  - {name: s3, store: s3://bucket/live, endpoint: 'https://s3.example', credentials: keys}\n"
        + "  - {name: own, command: [./up, --fast]}\n"
        + "announce: {services: followers}\n"
    )
    assert [target.name for target in config.deploy] == ["web", "s3", "own"]
    assert config.deploy[2].command == ("./up", "--fast")
    assert config.announce.services == "followers"


@pytest.mark.parametrize(
    ("text", "fact", "remedy"),
    [
        ("deploy: [{name: web}]\n", "nothing says where it is", "give one of: folder, rsync"),
        ("deploy: [{name: web, folder: a, git: b}]\n", "folder and git are given", "give one of"),
        ("deploy: [{name: My Web, folder: a}]\n", '"My Web" is not a name', "write it like web"),
        (
            "deploy:\n- {name: a, folder: a}\n- {name: a, folder: b}\n",
            "two targets are called a",
            "of its own",
        ),
        ("deploy: [{name: a, store: bucket}]\n", "bucket is not an object store", "s3://BUCKET"),
        ("deploy: [{name: a, store: s3://b, endpoint: host}]\n", "not an address of the web", "https://"),
        ("deploy: [{folder: a}]\n", "deploy.entry 1.name is missing", "name:"),
        ("deploy: [{name: a, foldr: a}]\n", 'no key "deploy.a.foldr"', "did you mean folder?"),
        ("announce: {service: a}\n", 'no key "announce.service"', "did you mean services?"),
    ],
)
def test_faults_say_what_to_write(text: str, fact: str, remedy: str) -> None:
    """A target that leads nowhere, twice, or to something unknown is told in plain words."""
    said = faults(text)
    assert fact in said
    assert remedy in said


@pytest.mark.parametrize("key", ["rsync: rsync", "git: https", "store: s3"])
def test_a_password_in_an_address_is_refused_unseen(key: str) -> None:
    """A password belongs into a file of one's own; the message does not repeat it."""
    said = faults(f"deploy: [{{name: a, {key}://press:word-7@host/x}}]\n")
    assert "there is a password in its address" in said
    assert "credentials: FILE" in said
    assert "word-7" not in said
