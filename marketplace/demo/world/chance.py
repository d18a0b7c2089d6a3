"""Repeatable random numbers: each object draws from its own stream."""

import random
from uuid import UUID, uuid5

SEED = 1447
NAMESPACE = UUID("0d9b1c5a-8f0e-5d7a-9c55-6e1f4a3b7c20")


def stream(*key: object, seed: int = SEED) -> random.Random:
    """The random stream of an object, by name."""
    return random.Random(f"{seed}/" + "/".join(str(part) for part in key))


def named(*key: object, seed: int = SEED) -> UUID:
    """The id of an object, by name."""
    return uuid5(NAMESPACE, f"{seed}/" + "/".join(str(part) for part in key))
