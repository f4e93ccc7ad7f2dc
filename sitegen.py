#!/usr/bin/env python3
"""The one command; everything it does lives in ``sitrep.cli``. In a checkout it finds its own ``.venv``."""

import os
import sys
from pathlib import Path

OWN = Path(__file__).resolve().parent / ".venv" / "bin" / "python"

try:
    from sitrep.cli import main
except ImportError as fault:
    # Started with another Python than the one that ``make`` has set up.
    if OWN.exists() and Path(sys.prefix) != OWN.parents[1]:
        os.execv(OWN, [str(OWN), *sys.argv])
    sys.exit(f"sitegen.py: a library is not installed: {fault.name}\n  hint: type once: make setup")

if __name__ == "__main__":
    sys.exit(main())
