"""What the engine tells us and asks us: subscriptions, signatures, the receiver.

An asynchronous event is a hint: it is verified, stored once and answered at once; a job hands it to
the handlers of ``marketplace/events.py``. A synchronous one is verified and answered from local
data by the function of the same table.
"""
