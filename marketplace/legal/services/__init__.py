"""Use cases of legal texts."""

from marketplace.legal.services.accept import accept_texts
from marketplace.legal.services.publish import publish_text
from marketplace.legal.services.set_contact import set_contact

__all__ = ["accept_texts", "publish_text", "set_contact"]
