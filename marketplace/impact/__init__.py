"""Impact: what market access changed, counted from deliveries less refunds.

This room only reads: sales as accounting knows them (``payouts``) by who made them (``vendors``).
A sale counts in the month of its first delivery, with the goods that the buyer kept, in the
programme's base currency at the rate of that day. Delivery charges do not count.
"""
