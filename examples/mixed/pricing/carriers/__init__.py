"""Every carrier. Whoever imports this can ask for the tariff of each."""

from pricing.carriers import courier, post

__all__ = ["courier", "post"]
