"""How a cooperative comes in: invited, filled in by its members, decided by the programme's staff.

``checklist`` says what is missing, ``filling`` writes it, ``deciding`` moves it; ``sheet`` reads
many invitations at once.
"""
