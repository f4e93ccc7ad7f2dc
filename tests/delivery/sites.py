"""Small published sites, and what their targets must hold."""

from __future__ import annotations

from pathlib import Path

from sitrep.config.delivery import Target
from sitrep.delivery.deploy import Delivered, deploy
from sitrep.delivery.held import Held
from tests.publishing import Studio, tree

FIRST = "Update 30-05-2025\n\n# Northern front\n\n- The road at Alder is open again.\n"
SECOND = "Update 31-05-2025\n\n# Southern front\n\n- The mill at Elm has flour.\n"
LATER = "Update 01-06-2025\n\n# Rumors\n\n- Allegedly the bridge at Birch is closed.\n"


def site(root: Path) -> Studio:
    """A site with one update online."""
    studio = Studio(root)
    studio.drop("a.txt", FIRST)
    studio.publish()
    return studio


def bring(studio: Studio, target: Target, *, everything: bool = False) -> Delivered:
    """Deliver as one run of the program would."""
    return deploy(target, studio.folders, Held(studio.folders.work), everything=everything)


def holds(studio: Studio, root: Path) -> bool:
    """True if a folder holds what output/ holds, byte for byte and nothing else."""
    return tree(root) == studio.tree()
