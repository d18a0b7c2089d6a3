"""Texts that the law asks a shop for: terms of sale, privacy, imprint, cookies, withdrawal.

Owns: their versions by programme and market, dated and never changed; which versions a buyer
accepted with an order; and how the programme is reached. Until somebody of the programme has
approved a text, a standard one stands in its place, which says so. Nothing below needs this room.
"""
