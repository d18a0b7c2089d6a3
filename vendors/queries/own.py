"""What a cooperative's members change themselves, as it is now."""

from vendors.models import Cooperative, CooperativeText, ShownMember
from vendors.scoping import CooperativeScope
from vendors.shown_member_errors import MemberNotShown


def contact(scope: CooperativeScope) -> dict[str, str | int]:
    """What ``change_contact`` changes, by name."""
    return contact_of(Cooperative.objects.within(scope).get())


def written_texts(scope: CooperativeScope, language: str) -> dict[str, str]:
    """What ``write_texts`` changes in one language, by name."""
    return texts_of(CooperativeText.objects.within(scope).filter(language=language).first())


def shown_members(scope: CooperativeScope) -> list[ShownMember]:
    """The members whom a cooperative presents, in their order."""
    return list(ShownMember.objects.within(scope))


def find_shown_member(scope: CooperativeScope, member_id: int) -> ShownMember:
    """One of them; raises MemberNotShown."""
    rows = ShownMember.objects.within(scope).select_related("cooperative")
    found: ShownMember | None = rows.filter(pk=member_id).first()
    if found is None:
        raise MemberNotShown
    return found


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
