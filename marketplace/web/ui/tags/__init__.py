"""The template tags, by kind; ``templatetags/ui.py`` is the table that names them."""
