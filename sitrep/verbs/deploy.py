"""``deploy``: bring the targets up to date now, or say what that would send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitrep.base.errors import SiteError
from sitrep.base.nouns import Problem
from sitrep.config.delivery import Target
from sitrep.config.values import Config
from sitrep.delivery.background import Deployers
from sitrep.delivery.deploy import outstanding
from sitrep.delivery.held import Held
from sitrep.delivery.order import Shipment
from sitrep.site.folders import Folders

_FEW = 20


def targets_of(config: Config, names: Sequence[str]) -> tuple[Target, ...]:
    """The targets of these names, or all. Raises SiteError if there is none, or none of a name."""
    known = {target.name: target for target in config.deploy}
    if not known:
        remedy = (
            "add deploy: and below it  - {name: web, folder: ../public}; "
            "more ways: python sitegen.py help delivery"
        )
        raise SiteError(Problem(path="config.yaml", fact="no target is configured", remedy=remedy))
    for name in names:
        if name not in known:
            remedy = f"the targets are: {', '.join(known)}"
            raise SiteError(Problem(path=name, fact="there is no target of that name", remedy=remedy))
    return tuple(known[name] for name in dict.fromkeys(names)) if names else config.deploy


def deploy(
    folders: Folders, targets: tuple[Target, ...], *, everything: bool
) -> tuple[bool, tuple[str, ...]]:
    """Bring targets up to date; whether all went well, and a line on each."""
    said: list[str] = []
    done = Deployers(folders, said.append).run_once(targets, everything=everything)
    return done, tuple(said)


def preview(folders: Folders, targets: tuple[Target, ...], *, everything: bool) -> dict[str, Shipment]:
    """What each target would be sent, by name; nothing is sent, and no server is asked."""
    held = Held(folders.work)
    return {target.name: outstanding(target, folders, held, everything=everything) for target in targets}


def tell_preview(shipments: dict[str, Shipment]) -> Iterator[str]:
    """For a terminal: the first files in their order, and how many more."""
    for name, due in shipments.items():
        if not due.size:
            yield f"  {name}: up to date"
            continue
        yield f"  {name}: {len(due.sent):,} files to send, {len(due.removed):,} to remove"
        lines = [*(f"put     {place}" for place in due.sent), *(f"remove  {place}" for place in due.removed)]
        yield from (f"    {line}" for line in lines[:_FEW])
        if len(lines) > _FEW:
            yield f"    and {len(lines) - _FEW:,} more"
