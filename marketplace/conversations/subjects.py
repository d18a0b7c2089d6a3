"""What a conversation is about, for its services and as a text."""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.conversations.models import Conversation, Subject
from marketplace.orders.models import VendorOrder
from vendors.models import Cooperative, Programme
from vendors.queries import profiles_by_id
from vendors.scoping import CooperativeScope, Scope, WholeProgrammeScope


@dataclass(frozen=True)
class About:
    """A cooperative, and which of its listings or orders, if any; or a programme and a topic."""

    cooperative: Cooperative | None
    listing_id: UUID | None = None
    titles: dict[str, str] = field(default_factory=dict)
    vendor_order: VendorOrder | None = None
    to_programme: Programme | None = None
    topic: str = ""

    @property
    def programme_id(self) -> UUID:
        if self.cooperative is not None:
            found: UUID = self.cooperative.programme_id
            return found
        if self.to_programme is None:
            raise ValueError("a question to nobody")
        own: UUID = self.to_programme.pk
        return own

    @property
    def scope(self) -> Scope:
        """Whose the conversation becomes."""
        if self.cooperative is not None:
            return CooperativeScope(self.cooperative.pk)
        return WholeProgrammeScope(self.programme_id)

    @property
    def subject(self) -> Subject:
        if self.cooperative is None:
            return Subject.PROGRAMME
        if self.vendor_order is not None:
            return Subject.ORDER
        return Subject.LISTING if self.listing_id else Subject.COOPERATIVE


@dataclass(frozen=True)
class Buyer:
    """Who asks, as typed in a form or known from the order."""

    name: str
    email: str
    # In E.164, of who has no e-mail address.
    phone: str = ""


@dataclass(frozen=True)
class Question:
    """What a buyer asks for the first time, and in which market and language."""

    about: About
    buyer: Buyer
    text: str
    market: str
    language: str

    @property
    def email(self) -> str:
        return self.buyer.email.strip()

    @property
    def contact(self) -> str:
        """What limits count by: the address, the phone, or the order of a buyer who has neither."""
        order = self.about.vendor_order
        return (
            self.email.casefold()
            or self.buyer.phone
            or (f"order {order.order_id}" if order else "")
        )


def subject_title(conversation: Conversation, language: str) -> str:
    """What it is about in a few words: the listing's name, the order's number, the cooperative."""
    if conversation.vendor_order is not None:
        return _("order %(number)s") % {"number": conversation.vendor_order.number}
    if conversation.subject == Subject.LISTING:
        titles: dict[str, str] = conversation.titles
        for key in (language, settings.BASE_LANGUAGE, *titles):
            if titles.get(key):
                return titles[key]
    if conversation.is_to_programme:
        return conversation.get_topic_display()
    return cooperative_name(conversation, language)


def cooperative_name(conversation: Conversation, language: str) -> str:
    """The cooperative's name in a language where it has one; or the programme's."""
    if conversation.cooperative_id is None:
        return conversation.programme.name_in(language)
    return profiles_by_id([conversation.cooperative_id], language)[conversation.cooperative_id].name
