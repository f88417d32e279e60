"""The post: cheap, and slow to the islands."""

import json
import math

from pricing.registry import carrier

ISLANDS_EXTRA = 450


@carrier("post")
def post(grams: int, zone: str) -> int:
    kilos = max(1, math.ceil(grams / 1000))
    price = 399 + 120 * (kilos - 1)
    heavy = kilos > 20
    return price + ISLANDS_EXTRA if zone == "islands" else price
