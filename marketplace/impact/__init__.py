"""Impact: indicators of market access, from deliveries less refunds.

This room only reads: sales as posted (``payouts``) by cooperatives' data (``vendors``). A sale
counts in the month of its first delivery, without returned items, in the programme's base currency
at the rate of that day. Delivery charges do not count.
"""
