"""Legal identifiers of enterprises that pass validation and belong to nobody."""

from random import Random


def ice(chance: Random) -> str:
    """A Moroccan common identifier: fifteen digits, the last two so that 97 divides them all.

    It begins with 999, which is not given to anybody.
    """
    stem = "999" + "".join(str(chance.randrange(10)) for _ in range(6)) + "0000"
    return f"{stem}{(97 - int(stem + '00') % 97) % 97:02d}"


def tax_number(chance: Random) -> str:
    """Eight digits, as a tax identifier (IF) has."""
    return f"{chance.randrange(10_000_000, 99_999_999)}"
