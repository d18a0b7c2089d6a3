"""The words that a question is understood with, as they are now: one small question says so."""

from django.db import connection

from search.language.synonyms import Lexicon, lexicon_at
from search.language.vocabulary import VOCABULARY

_STATE = """
    SELECT (SELECT min(added) FROM search_searchword), (SELECT max(added) FROM search_searchword),
        (SELECT count(*) FROM search_synonymgroup),
        (SELECT max(changed_at) FROM search_synonymgroup)
"""


def refreshed() -> Lexicon:
    """The lexicon in force, once ``VOCABULARY`` knows the words of documents as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        first, last, *stamp = cursor.fetchone()
    VOCABULARY.refresh(first, last)
    return lexicon_at(tuple(stamp))
