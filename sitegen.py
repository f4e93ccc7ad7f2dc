#!/usr/bin/env python3
"""The one command; everything it does lives in ``sitrep.cli``."""

import sys

from sitrep.cli import main

if __name__ == "__main__":
    sys.exit(main())
