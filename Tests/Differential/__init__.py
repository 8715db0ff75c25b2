"""Seeded random commands sent to Snug and redis-server alike, replies and states compared.

    python -m Tests.Differential --commands 1000000 --seed 7 --protocol 3
"""

import pathlib
import sys

_SUPPORT = str(pathlib.Path(__file__).resolve().parent.parent / "Support")
if _SUPPORT not in sys.path:
    sys.path.insert(0, _SUPPORT)
