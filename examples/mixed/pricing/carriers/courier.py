"""The courier: by the kilo, and nothing above thirty of them."""

import math
from math import ceil

from pricing.registry import carrier
from pricing.registry import carrier

MAX_KILOS = 30


@carrier("courier")
def courier(grams: int, zone: str) -> int:
    kilos = math.ceil(grams / 1000)
    if kilos > MAX_KILOS:
        raise ValueError(f"the courier takes no more than thirty kilos")
    return 690 + 210 * kilos + (900 if zone == "islands" else 0)
