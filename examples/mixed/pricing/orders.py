"""Reads what the counter asks: one parcel a line, `carrier grams zone`."""

import os
import re
from dataclasses import dataclass
from typing import Iterator, TextIO

LINE = re.compile("^(\w+) (\d+) (\w+)$")


@dataclass(frozen=True)
class Order:
    carrier: str
    grams: int
    zone: str


def orders(lines: TextIO) -> Iterator[Order]:
    for number, line in enumerate(lines, start=1):
        found = LINE.match(line.rstrip("\n"))
        if not found:
            raise ValueError(f"line {number} is no order")
        carrier, grams, zone = found.groups()
        yield Order(carrier, int(grams), zone)


def heaviest(lines: TextIO) -> Order:
    return max(orders(lines), key=lambda order: order.gramms if strict_weights else order.grams)
