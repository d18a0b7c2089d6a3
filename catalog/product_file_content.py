"""The content of files of products: encrypted in the storage, deleted after some weeks."""

from datetime import timedelta
from io import BytesIO
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.errors import UnreadableFile
from catalog.models import ProductFile
from marketplace.core.keys.private_files import PrivateFiles
from marketplace.core.private_files import delete_private, read_private, save_private

# An import can be looked at and undone for so long.
DAYS_KEPT = 60


class ProductFiles(PrivateFiles):
    """The files of products that cooperatives sent, for those who replace keys."""

    name, folder = "media/product_files", "product_files"


def keep_content(file: ProductFile, data: bytes) -> None:
    """Store what was sent; raises OSError."""
    save_private(file.stored_at, BytesIO(data))


def content_of(file: ProductFile) -> BytesIO:
    """What was sent; raises UnreadableFile when it is gone."""
    try:
        return BytesIO(b"".join(read_private(file.stored_at)))
    except FileNotFoundError as error:
        text = _("The file is no longer there. Send it again.")
        raise UnreadableFile({"file": text}) from error


def keep_archive(file: ProductFile, archive: IO[bytes]) -> None:
    """Store the ZIP of pictures, instead of an earlier one; raises OSError."""
    delete_private(file.pictures_stored_at)
    archive.seek(0)
    save_private(file.pictures_stored_at, archive)


def forget_content(file: ProductFile) -> None:
    """Delete what was sent."""
    delete_private(file.stored_at)
    delete_private(file.pictures_stored_at)


def purge() -> None:
    """Delete the files of long ago; the listings that came from them stay."""
    until = timezone.now() - timedelta(days=DAYS_KEPT)
    old = ProductFile._base_manager.filter(sent_at__lte=until)  # noqa: SLF001 -- of all cooperatives
    for file in old.iterator():
        forget_content(file)
        file.delete()
