"""Pages shared by people: the pictures that previews show, and links that pass a page on.

``drawing`` draws a picture, ``kept_pictures`` keeps drawn ones, ``pictures`` says what a page's is
and where, ``links`` are the ways to share.
"""
