"""Reading a file of cooperatives to register: CSV in UTF-8 with a heading, one a row."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from marketplace.core.csv_table import CsvUnreadable, read_table
from marketplace.core.phones import BadPhoneNumber, read_phone
from marketplace.core.postal_addresses import BadAddress, read_address
from marketplace.core.word_lists import listed
from vendors import geography
from vendors.errors import UnreadableRegister
from vendors.models import Kind, Programme
from vendors.sectors import SECTORS
from vendors.services.cooperative_facts import CooperativeFacts
from vendors.services.registering import RegisterRow

NEEDED = ("slug", "name", "kind", "sector", "region", "place", "address")
COLUMNS = (
    *NEEDED,
    *("legal_name", "country", "currency", "postal_code", "phone", "email"),
    *("name_ar", "name_fr", "name_en"),
)


def read_register(content: bytes, programme: Programme) -> list[RegisterRow]:
    """Read the file; raises UnreadableRegister, with the line, at the first error.

    Of rows with the same slug the first counts.
    """
    rows: dict[str, RegisterRow] = {}
    try:
        table = read_table(content, COLUMNS)
        missing = [name for name in NEEDED if name not in table.columns]
        if missing:
            words = _("Columns missing from the table: %(columns)s.")
            raise UnreadableRegister({"file": words % {"columns": listed(missing)}})
        for line, cells in table.rows:
            read = _row_of_line(line, cells, programme)
            rows.setdefault(read.facts.slug, read)
    except CsvUnreadable as error:
        raise UnreadableRegister({"file": str(error)}) from error
    return list(rows.values())


def _row_of_line(line: int, cells: Mapping[str, str], programme: Programme) -> RegisterRow:
    try:
        return _row(cells, programme)
    except (ValueError, BadPhoneNumber, BadAddress) as error:
        words = _("Line %(line)s: %(why)s.")
        told = {"line": line, "why": _why(error)}
        raise UnreadableRegister({"file": words % told}) from error


def _why(error: Exception) -> str:
    """What is wrong with a row, without the full stop of a sentence of its own."""
    wrong = error.errors.values() if isinstance(error, BadAddress) else [error]
    return " ".join(str(one) for one in wrong).rstrip(".")


def _row(cells: Mapping[str, str], programme: Programme) -> RegisterRow:
    if empty := [name for name in NEEDED if not cells[name]]:
        raise ValueError(_("%(columns)s is empty") % {"columns": listed(empty)})
    country = cells.get("country") or programme.country_codes[0]
    _check(cells, country)
    legal = cells.get("legal_name") or cells["name"]
    facts = CooperativeFacts(
        slug=cells["slug"],
        legal_name=legal,
        legal_name_latin=legal[:140],
        kind=cells["kind"],
        sector=cells["sector"],
        country_code=country,
        region_code=cells["region"],
        place_name=cells["place"],
        address_line=cells["address"],
        payout_currency=cells.get("currency") or programme.base_currency,
        postal_code=cells.get("postal_code", ""),
        phone=read_phone(cells.get("phone", ""), country),
        email=cells.get("email", ""),
    )
    read_address(facts.pickup_address)
    names = {code: cells.get(f"name_{code}", "") for code in ("ar", "fr", "en")}
    names[settings.BASE_LANGUAGE] = cells["name"]
    return RegisterRow(facts, {code: name for code, name in names.items() if name})


def _check(cells: Mapping[str, str], country: str) -> None:
    try:
        validate_slug(cells["slug"])
    except ValidationError as error:
        raise ValueError(_("the slug may contain only letters, digits and hyphens")) from error
    regions = {region.code for region in geography.regions(country)}
    for column, known in (
        ("kind", set(Kind.values)),
        ("sector", set(SECTORS)),
        ("region", regions),
    ):
        if known and cells[column] not in known:
            words = _("%(column)s “%(value)s” is unknown; accepted values: %(known)s")
            told = {"column": column, "value": cells[column], "known": listed(sorted(known))}
            raise ValueError(words % told)
