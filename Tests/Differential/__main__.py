"""Runs a differential campaign of any length from the command line."""

import argparse
import random
import sys

from . import __doc__ as description

from snugtest.server import LIKE_REDIS, Server, StartFailed

from .campaign import Failure, run_campaign


def main():
    parser = argparse.ArgumentParser(
        prog="python -m Tests.Differential", description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commands", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--protocol", type=int, choices=(2, 3), default=3)
    options = parser.parse_args()
    print(f"seed {options.seed}, RESP{options.protocol}, {options.commands} commands", flush=True)
    try:
        with Server("snug", LIKE_REDIS) as snug, Server("redis") as redis:
            done = run_campaign(
                snug, redis, options.commands, options.seed, options.protocol,
                report=lambda text: print(f"\r{text}", end="", flush=True))
    except (Failure, StartFailed) as failure:
        print(f"\n{failure}")
        return 1
    print(f"\r{done} commands, no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
