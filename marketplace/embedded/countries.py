"""The countries that the API knows, as Saleor does."""

from babel import Locale

# Territories of CLDR that are not in ISO 3166, or that Saleor leaves out.
_NOT_COUNTRIES = frozenset(
    "AC CP CQ DG EA EZ IC QO TA UN XA XB ZZ AN BU CS DD FX NT QU SU TP YD YU ZR".split()  # noqa: SIM905
)
COUNTRY_NAMES = {
    code: name
    for code, name in Locale("en").territories.items()
    if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES  # noqa: PLR2004
}
