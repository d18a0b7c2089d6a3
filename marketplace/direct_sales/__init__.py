"""Direct sales: what a cooperative sold outside the shop, as it declares it.

At fairs, in a consignment shop, by telephone, to its own buyers. The money never passes through us,
so nothing of it is posted in the ledger and no commission is charged; the goods come out of the
stock from which the shop sells. A sale is corrected or cancelled with a reason, never deleted.
"""
