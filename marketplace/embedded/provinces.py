"""Provinces in addresses, as Saleor checks them."""

# Countries of ours of which Saleor knows the provinces by their codes, and wants one.
_WITH_PROVINCES = frozenset({"ES", "IT"})
_OWN_PROVINCES = frozenset({"EG"})


def area_problem(country: str, area: str, *, required: bool) -> str | None:
    """Why Saleor would refuse a province, as a code: it takes ``B`` in Spain, and not ``ES-B``.

    Of a country that it has no provinces of it takes anything.
    """
    if country in _WITH_PROVINCES and not area:
        return "REQUIRED" if required else None
    listed = _WITH_PROVINCES | _OWN_PROVINCES
    return "INVALID" if country in listed and area.startswith(f"{country}-") else None
