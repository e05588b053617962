"""Answers the events that Superset's pages report of themselves, before Superset sees who reports them.

Nothing of them is kept here. The sign-in page reports too, and Superset's answer to a stranger comes with a session
cookie: where it arrived after that of a sign-in a moment earlier, it took its place, and who had signed in was a
stranger again.
"""

from collections.abc import Callable, Iterable
from typing import Any

PATH = "/superset/log/"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def without_page_events(application: Application) -> Application:
    """The WSGI application, except that events of pages get an empty answer without a cookie."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != PATH:
            return application(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []

    return answer
