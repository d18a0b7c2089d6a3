"""What a phone without a network recorded: commands taken once, and what each was answered.

A command has the client's UUID and is one of few kinds: a direct sale, a count of stock, a draft of
a listing, a change of such a draft. The work is done by the rooms below; here stands only that a
command is done once, whose it was, and what it was answered.
"""
