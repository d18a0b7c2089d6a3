"""Bank account numbers that pass validation and belong to nobody."""

from random import Random

MOROCCAN_BANKS = ("007", "011", "013", "021", "022", "225", "230")


def account_number(chance: Random, country: str) -> str:
    """A RIB (Morocco, Tunisia) or an IBAN (other countries) with valid check digits."""
    if country == "MA":
        return _with_key(chance.choice(MOROCCAN_BANKS) + _digits(chance, 19))
    if country == "TN":
        return _with_key("08" + _digits(chance, 16))
    inside = {
        "EG": "0003" + _digits(chance, 21),
        "JO": "DEMO" + "0010" + _digits(chance, 18),
        "SN": "SN08" + _digits(chance, 20),
    }[country]
    return f"{country}{_check(country, inside)}{inside}"


def _digits(chance: Random, count: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(count))


def _with_key(number: str) -> str:
    key = 97 - int(number + "00") % 97
    return f"{number}{key:02d}"


def _check(country: str, inside: str) -> str:
    letters = "".join(str(int(sign, 36)) for sign in f"{inside}{country}00")
    return f"{98 - int(letters) % 97:02d}"
