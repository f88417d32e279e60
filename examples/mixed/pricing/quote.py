"""`python3 -m pricing.quote`: prices in cents for the orders on standard input, a line each."""

import sys

from pricing import carriers
from pricing.orders import orders
from pricing.registry import tariff_of


def main() -> int:
    for order in orders(sys.stdin):
        price = tariff_of(order.carrier)(order.grams, order.zone)
        print(price)
    return 0


if __name__ == "__main__":
    sys.exit(main())
