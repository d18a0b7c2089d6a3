"""Files that only the application can read: encrypted in the storage, a megabyte at a time.

So that a large file is never in memory as a whole, each line of a stored file is a chunk.
"""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

from marketplace.core.encryption import decrypt, encrypt

CHUNK = 1024 * 1024


def save_private(name: str, content: IO[bytes] | Iterable[bytes]) -> None:
    """Store a file (from where it stands) or chunks under a name; raises OSError."""
    chunks = iter(lambda: content.read(CHUNK), b"") if hasattr(content, "read") else content
    with SpooledTemporaryFile(max_size=CHUNK) as encrypted:
        for chunk in chunks:
            encrypted.write(encrypt(chunk) + b"\n")
        encrypted.seek(0)
        default_storage.save(name, File(encrypted))


def read_private(name: str) -> Iterator[bytes]:
    """The content, chunk by chunk; raises OSError when it is gone."""
    with default_storage.open(name) as stored:
        for line in stored:
            yield decrypt(line.strip())


def delete_private(name: str) -> None:
    """Delete a file, if it is there."""
    default_storage.delete(name)
