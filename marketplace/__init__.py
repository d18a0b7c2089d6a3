"""The Django project of Twiza, a marketplace for cooperatives built on Saleor.

Rooms, top to bottom: ``web`` and ``demo`` → ``impact`` → ``payouts`` → ``payments`` | ``trade`` →
``orders`` → ``search`` → ``catalog`` → ``vendors`` → ``saleor`` → ``core``. Each room's
``__init__`` says what it owns.
"""
