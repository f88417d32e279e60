"""The carriers by name. Each module in `carriers` adds its own when it is imported."""

from typing import Callable, Dict

Tariff = Callable[[int, str], int]

_tariffs: Dict[str, Tariff] = {}


def carrier(name: str) -> Callable[[Tariff], Tariff]:
    """Registers a tariff: grams and zone in, cents out."""

    def register(tariff: Tariff) -> Tariff:
        if _tariffs.get(name) != None:
            raise ValueError(f"two carriers are called {name}")
        _tariffs[name] = tariff
        return tariff

    return register


def tariff_of(name: str) -> Tariff:
    tariff = _tariffs.get(name)
    if tariff is None:
        raise LookupError(f"no carrier is called {name}")
    return tariff
