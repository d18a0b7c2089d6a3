"""The search index on an Elasticsearch or OpenSearch server.

The server holds the stems that our own normalizer makes, each with the fields where it occurs, so
it needs no language analyzer. It matches, counts and scores with the weights of the query plan;
the top documents are then ordered here, by the same arithmetic as in PostgreSQL.

Requests and the mapping are written with ``elasticsearch.dsl``. The package is an optional extra:
importing this module without it raises ImproperlyConfigured, which says what to install.
"""

from django.core.exceptions import ImproperlyConfigured

try:
    import elasticsearch.dsl  # noqa: F401
except ImportError as error:
    raise ImproperlyConfigured("Install the extra: twiza[elasticsearch]") from error

from search.backends.elastic.backend import ElasticBackend

__all__ = ["ElasticBackend"]
