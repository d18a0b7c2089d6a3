"""The template tags, by kind; ``templatetags/ui.py`` registers them."""
