"""A commune by what somebody types: its name in either language, with its province if need be."""

from marketplace.core.vocabulary import plain
from vendors import geography
from vendors.geography import Commune


def label_of(commune: Commune, language: str) -> str:
    """The name as it is offered, with the province: two communes of a region may share a name."""
    province = geography.province_name(geography.province_of(commune.code), language)
    return f"{commune.name(language)} ({province})"


def offered(region_code: str, language: str) -> list[str]:
    """The names to offer while somebody types, in the order of the list."""
    return [label_of(commune, language) for commune in geography.communes(region_code)]


def communes_called(region_code: str, typed: str) -> list[Commune]:
    """The communes of a region that are called so: exactly, else those that contain the text."""
    wanted = plain(typed)
    known = [(commune, _names(commune)) for commune in geography.communes(region_code)]
    exact = [commune for commune, names in known if wanted in names]
    if exact or not wanted:
        return exact
    return [commune for commune, names in known if any(wanted in name for name in names)]


def _names(commune: Commune) -> set[str]:
    names = {commune.name_ar, commune.name_fr, label_of(commune, "ar"), label_of(commune, "fr")}
    return {plain(name) for name in names}
