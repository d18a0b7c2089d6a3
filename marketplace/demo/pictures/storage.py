"""Keeps the demo's files; a listing's picture is drawn when somebody first opens it.

So a demo opens without waiting for a thousand pictures, and each goes through what a photograph
goes through: a row of the listing, a name in the storage, smaller copies as WebP.
"""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile

from catalog.photos import public_address
from marketplace.core.files import MediaStorage

_DRAWN = re.compile(r"drawn/(?P<photo>[0-9a-f-]{36})\.jpg")


def name_of(listing_id: UUID) -> str:
    """The name in the storage of a listing's picture, whose photograph has the listing's id."""
    return f"drawn/{listing_id}.jpg"


class DrawnStorage(MediaStorage):
    """As ``MediaStorage``, with the pictures of the demo's listings in it from the beginning."""

    def address_for_engine(self, name: str) -> str:
        """Where the embedded engine, which keeps the address only, has a picture from.

        Empty for uploaded photographs, and for a Saleor: both are sent.
        """
        drawn = None if settings.SALEOR_API_URL else _DRAWN.fullmatch(name)
        return f"{settings.PUBLIC_URL}{public_address(UUID(drawn['photo']))}" if drawn else ""

    def _open(self, name: str, mode: str = "rb") -> Any:
        drawn = _DRAWN.fullmatch(name)
        if drawn and not self.exists(name):
            self._draw(name, UUID(drawn["photo"]))
        return super()._open(name, mode)  # type: ignore[misc]  # stubs lack it

    def _draw(self, name: str, listing_id: UUID) -> None:
        # Only here: typst and the whole world's listings take half a second to load.
        from marketplace.demo.pictures import picture

        content = picture(listing_id)
        if content is None:
            raise FileNotFoundError(name)
        # Another process may draw the same at this moment: either one's file is right.
        saved = self._save(f"drawn/{listing_id}.new.jpg", ContentFile(content))
        Path(self.path(saved)).replace(self.path(name))
