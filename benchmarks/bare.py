"""A Django view with nothing around it but what every request passes."""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse

from foundation.front.app import Front


class Bare(WSGIHandler):
    """Django's own handler, whose chain is one view."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._middleware_chain = bare


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok", content_type="text/plain")


get_wsgi_application()  # sets Django up
application = Front(Bare())
