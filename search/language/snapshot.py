"""The vocabulary and the synonyms as they are now; one small database query keeps them current."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from search.language.synonyms import NO_SYNONYMS, Synonyms, synonyms_at
from search.language.vocabulary import VOCABULARY, Vocabulary

_STATE = """
    SELECT (SELECT min(number) FROM search_searchword), (SELECT max(number) FROM search_searchword),
        (SELECT count(*) FROM search_synonymgroup),
        (SELECT max(changed_at) FROM search_synonymgroup)
"""


@contextmanager
def current_language(*, with_synonyms: bool = True) -> Iterator[tuple[Vocabulary, Synonyms]]:
    """The vocabulary, locked, and the synonyms in force (none if they are not wanted)."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        first_number, last_number, *stamp = cursor.fetchone()
    VOCABULARY.refresh(first_number, last_number)
    synonyms = synonyms_at(tuple(stamp)) if with_synonyms else NO_SYNONYMS
    with VOCABULARY.lock:
        VOCABULARY.use_synonyms(synonyms.words)
        yield VOCABULARY, synonyms
