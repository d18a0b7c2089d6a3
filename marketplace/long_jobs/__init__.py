"""Long work that a person asks for and waits for: with progress, a result to fetch, and an end.

A room above names what it can do in ``marketplace/long_kinds.py``; a page calls ``ask_for``, the
worker does it in the bulk queue with the rights that the person has then, and the result is theirs
alone. See ``docs/developer/long-jobs.md``.
"""
