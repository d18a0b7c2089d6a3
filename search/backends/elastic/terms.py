"""How a stem and the fields of a listing where it occurs are written as one index term.

Fields fall into four groups by their weight: name, kind of goods, about (cooperative, region,
category, marks, materials), description. A set of groups is a number of four bits.
"""

from search.indexing.documents import ABOUT, KIND, LANGUAGES, NAME, TEXT
from search.language.query_plan import field_weight

# Between a stem and its digit; stems have only letters and digits.
_SEPARATOR = "|"
_GROUPS = (sum(NAME.values()), sum(KIND.values()), ABOUT, TEXT)
# Bit of a field → where the index has the length of that name.
NAME_LENGTHS = {NAME[lang]: f"name_{lang}" for lang in LANGUAGES}
KIND_LENGTHS = {KIND[lang]: f"kind_{lang}" for lang in LANGUAGES}


def field_groups(fields: int) -> int:
    """The groups to which any of the fields belongs, as bits."""
    return sum(1 << n for n, bits in enumerate(_GROUPS) if fields & bits)


def _fields(groups: int) -> int:
    return sum(bits for n, bits in enumerate(_GROUPS) if groups & 1 << n)


# Groups of fields → the weight of a stem that occurs in exactly these.
GROUP_WEIGHTS = tuple(field_weight(_fields(groups)) for groups in range(1 << len(_GROUPS)))


def field_term(stem: str, groups: int) -> str:
    """The term of a stem that occurs in exactly these groups of fields."""
    return f"{stem}{_SEPARATOR}{groups:x}"


def name_term(stem: str, bit: int) -> str:
    """The term of a stem that occurs in a name, or the name of a kind, of one language."""
    return f"{stem}{_SEPARATOR}{bit.bit_length()}"
