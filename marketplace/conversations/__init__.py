"""Conversations: what buyers ask cooperatives, and what they are answered.

Owns: a conversation of one buyer with one cooperative about a listing, an order or the cooperative
itself, its messages, the buyer's links to it, and reports of abuse. A buyer needs no account: a
link of 128 random bits opens the page. A cooperative reads its own conversations; staff see that
there are some, and read the text of a reported one only. Nothing below needs this room.
"""
