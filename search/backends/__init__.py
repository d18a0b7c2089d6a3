"""Where the documents are searched; the setting ``SEARCH_BACKEND`` chooses one."""

from search.backends.interface import Backend, backend, backend_name, backend_named

__all__ = ["Backend", "backend", "backend_name", "backend_named"]
