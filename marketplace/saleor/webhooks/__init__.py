"""What the engine tells us and asks us: subscriptions, signatures, the receiver.

An asynchronous event says that something changed, not what it is now: it is verified, stored once
and answered at once; a job reads it (``events.read_event``) and hands it to the handlers of
``marketplace/events.py``, which fetch the object. A synchronous one is verified and answered from
local data by the function of the same table.
"""
