"""The names of a database's own roles: no other database of the server has them.

Roles belong to the whole server. Names that every installation shared would let a trial restore
beside a running shop change the shop's passwords.
"""

import hashlib

# PostgreSQL cuts names after so many bytes, without an error.
LONGEST_NAME_BYTES = 63
DIGEST_LETTERS = 12
RUNTIME, ENGINE = "twiza_app", "twiza_engine"
# Until December 2026 every database of a server had these two.
SHARED_BEFORE = {RUNTIME: RUNTIME, ENGINE: ENGINE}


class RolesRefused(RuntimeError):
    """The roles cannot be made; the message says what to do. Nothing was changed."""


def role_name(kind: str, database: str) -> str:
    """The role of a database, of the ``kind`` RUNTIME or ENGINE; at most 63 bytes.

    Of a long name the beginning is kept, with a digest of the whole of it.
    """
    name = f"{kind}_{database}"
    if len(name.encode()) <= LONGEST_NAME_BYTES:
        return name
    digest = hashlib.sha256(database.encode()).hexdigest()[:DIGEST_LETTERS]
    kept = name.encode()[: LONGEST_NAME_BYTES - DIGEST_LETTERS - 1]
    return f"{kept.decode(errors='ignore')}_{digest}"


def role_comment(kind: str, database: str) -> str:
    """What is noted at a role, by which it is known as the database's own."""
    return f"Twiza: {kind} of the database {database}"


def kind_of(name: str, comment: str | None) -> str | None:
    """The kind of a role of ours, of whichever database; None of a stranger's."""
    if name in SHARED_BEFORE:
        return SHARED_BEFORE[name]
    for kind in (RUNTIME, ENGINE):
        if comment and comment.startswith(role_comment(kind, "")):
            return kind
    return None
