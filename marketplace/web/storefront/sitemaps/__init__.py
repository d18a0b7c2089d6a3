"""Where robots may go, and lists of all pages that they shall find.

``robots`` is the rules, ``index`` names the sections, ``sections`` are the lists, ``entries``
writes them. Django's own framework counts and pages with OFFSET, holds a section in memory, takes
the host from the request and has no images.
"""
