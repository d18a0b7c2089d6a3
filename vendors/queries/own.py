"""What a cooperative's members change themselves, as it is now."""

from vendors.models import Cooperative, CooperativeText
from vendors.scoping import CooperativeScope


def contact(scope: CooperativeScope) -> dict[str, str | int]:
    """What ``change_contact`` changes, by name."""
    return contact_of(Cooperative.objects.within(scope).get())


def written_texts(scope: CooperativeScope, language: str) -> dict[str, str]:
    """What ``write_texts`` changes in one language, by name."""
    return texts_of(CooperativeText.objects.within(scope).filter(language=language).first())


def contact_of(cooperative: Cooperative) -> dict[str, str | int]:
    """The contact of a row, by name."""
    return {
        "phone": cooperative.phone,
        "email": cooperative.email,
        "handling_days": cooperative.handling_days,
    }


def texts_of(text: CooperativeText | None) -> dict[str, str]:
    """The texts of a row, by name; empty ones where none are written."""
    if text is None:
        return {"name": "", "tagline": "", "story": ""}
    return {"name": text.name, "tagline": text.tagline, "story": text.story}
