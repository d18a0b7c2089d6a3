"""Between the web server and Django: nobody's slowness takes a thread from others.

A request's body is read here, on the event loop, within limits of time and size, before one of the
few threads that run pages sees it; an answer is kept here until its reader has taken it. Liveness
is answered here too, whatever the threads do. Why so: ``docs/decisions/0017-web-server.md``.
"""
