"""A Django view with nothing around it: no middleware, no addresses, no template."""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse

get_wsgi_application()  # sets Django up

from foundation.front.app import Front  # noqa: E402  once Django is set up: it reads its settings


class Bare(WSGIHandler):
    """Django's own handler, whose chain is one view."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._middleware_chain = bare


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok", content_type="text/plain")


application = Front(Bare())
