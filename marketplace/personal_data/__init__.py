"""What is held about a buyer: shown, taken away, and erased at their wish.

Owns: private links to a buyer's data, and erasures, which go on after a crash. Each room says what
it holds and erases its own (``<room>/personal_data.py``); what stays, and by which law, is dated
data. The books stay: no sum changes. Nothing below needs this room.
"""
