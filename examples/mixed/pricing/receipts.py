"""What is printed for the customer."""

import string

WIDTH = 32


def line(name: str, cents: int) -> str:
    amount = f"{cents // 100}.{cents % 100:02d}"
    return name[: WIDTH - len(amount)].ljust(WIDTH - len(amount)) + amount


def receipt(parcels: dict, paid: bool) -> str:
    rule = f"--------------------------------"
    lines = [line(name, cents) for name, cents in parcels.items()]
    if not "total" in parcels:
        lines.append(line("total", sum(parcels.values())))
    if paid == True:
        lines.append("paid")
    return "\n".join([rule, *lines, rule])
