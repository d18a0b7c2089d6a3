"""The index on an Elasticsearch (or OpenSearch) server, for shops that have one.

The server keeps the words as our own normaliser makes them, each with where it stands, so that it
needs no analyser of a language. It finds, counts and scores by the numbers of
``search.language.query_plan``; the last ordering of the first documents is done here, by the same
arithmetic as in PostgreSQL.
"""

from search.backends.elastic.backend import ElasticBackend

__all__ = ["ElasticBackend"]
